from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# The one that pages, notices and codes speak as.
OWN = 1
ACCENT = "#1f5fbf"


class Brand(models.Model):
    """Under which name customers are written to, from which address, and how that looks.

    The first is the vendor's own. Others speak for a product, or for who writes to a mailbox. None is ever
    removed: one that nothing speaks as is not seen.

    `signature`, `answer_frame` and `acknowledgement` may name variables (`outbox.variables`). The frame holds
    what is written around each answer; an empty acknowledgement is the one that the product words.
    """

    id = models.SmallIntegerField(primary_key=True, default=OWN, editable=False)
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
            models.UniqueConstraint(Lower("sender_address"), name="brand_sender_once"),
            models.CheckConstraint(condition=models.Q(accent__regex="^#[0-9a-f]{6}$"), name="accent_is_hex"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_own(self) -> bool:
        return self.pk == OWN

    @property
    def sender_domain(self) -> str:
        return self.sender_address.rpartition("@")[2]
