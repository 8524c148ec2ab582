from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.files.kinds import is_picture
from keepwell.files.models.blob import Blob, ScanState


class Attachment(models.Model):
    """One upload: somebody's name for some content. `draft_key` is empty once a message took it."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    uploaded_by_kind = models.CharField(max_length=40)
    uploaded_by_id = models.BigIntegerField(null=True)
    draft_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["draft_key"], condition=~models.Q(draft_key=""), name="attachment_in_draft"),
            models.Index(fields=["created_at"], name="attachment_age"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(name=""), name="attachment_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_infected(self) -> bool:
        return self.blob.scan_state == ScanState.INFECTED

    @property
    def is_picture(self) -> bool:
        """Whether it may stand among words: a few kinds, and none that waits for its scan."""
        return is_picture(self.media_type) and not (self.is_unscanned or self.is_infected)

    @property
    def is_unscanned(self) -> bool:
        """Whether a scan is still to come; said beside the file."""
        return self.blob.scan_state == ScanState.UNSCANNED
