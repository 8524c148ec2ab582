from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

ONLY = 1
ACCENT = "#1f5fbf"


class Brand(models.Model):
    """What the vendor is called, who mail comes from and how it looks. There is one row.

    `signature`, `answer_frame` and `acknowledgement` may name variables (`outbox.variables`). The frame holds
    what is written around each answer; an empty acknowledgement is the one that the product words.
    """

    id = models.SmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name"), max_length=100)
    sender_name = models.CharField(_("sender's name"), max_length=100)
    sender_address = models.EmailField(_("sender's address"))
    signature = models.TextField(_("signature"), max_length=2000, blank=True)
    answer_frame = models.TextField(_("around an answer"), max_length=4000, default="{answer}")
    acknowledgement = models.TextField(_("acknowledgement"), max_length=4000, blank=True)
    accent = models.CharField(
        _("colour"), max_length=7, default=ACCENT, validators=[RegexValidator(r"^#[0-9a-f]{6}\Z")]
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(pk=ONLY), name="one_brand"),
            models.CheckConstraint(condition=models.Q(accent__regex="^#[0-9a-f]{6}$"), name="accent_is_hex"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sender_domain(self) -> str:
        return self.sender_address.rpartition("@")[2]
