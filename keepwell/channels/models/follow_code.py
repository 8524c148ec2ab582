from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.cases.models import Case
from keepwell.customers.models import ContactAddress


class FollowCode(models.Model):
    """A code sent by mail: whoever enters it has shown that the address is his, and follows this one case.

    Only a seal of it is kept. It is used once, within its time, and not tried without end.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_codes")
    address = models.ForeignKey(ContactAddress, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=128)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-sent_at"], name="follow_newest")
        ]

    def __str__(self) -> str:
        return f"case {self.case_id}, sent {self.sent_at}"
