from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What the virus scanner said. An infected blob is never handed out."""

    CLEAN = "clean", _("No virus found")
    UNSCANNED = "unscanned", _("Not scanned yet: the scanner did not answer")
    NO_SCANNER = "no_scanner", _("Not scanned: no scanner is set up")
    INFECTED = "infected", _("A virus was found")


class Blob(models.Model):
    """Some content, kept once whoever sent it, under its SHA-256 in hexadecimal."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.UNSCANNED)
    stored_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="blob_not_empty"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="blob_sha256"),
            models.CheckConstraint(
                condition=models.Q(scan_state__in=ScanState.values), name="blob_scan_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                condition=models.Q(scan_state__in=["unscanned", "no_scanner"]),
                name="blob_to_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
