from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from keepwell.side_threads.models.side_thread import SideThread


class SideParty(models.Model):
    """Somebody who is asked in a side thread: an address and, where it was said, a name; both empty once
    erased. No contact, no sign-in."""

    thread = models.ForeignKey(SideThread, on_delete=models.PROTECT, related_name="parties", db_index=False)
    address = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "thread", Lower("address"), condition=~Q(address=""), name="side_party_once"
            ),
            models.CheckConstraint(
                condition=Q(address="", name="", erased_at__isnull=False)
                | (~Q(address="") & Q(erased_at__isnull=True)),
                name="side_party_erased_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thread"], name="side_party_thread"),
            models.Index(Lower("address"), name="side_party_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.address
