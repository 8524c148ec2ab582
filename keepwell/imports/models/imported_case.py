from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.cases.models import Case
from keepwell.imports.models.imported_log import ImportedLog, OtherDesk


class ImportedCase(models.Model):
    """The case that another desk's case became here, and how far it has come in.

    `part` counts from 1: reopened after the window it goes on as another case. `events` came in up to and
    with those at `through_at`, whose `digests` stand here; `standing` is the state that the log said last.
    `log` is the file that added to it last.
    """

    desk = models.ForeignKey(OtherDesk, on_delete=models.PROTECT, related_name="+", db_index=False)
    external = models.CharField(max_length=200)
    part = models.PositiveSmallIntegerField(default=1)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey(ImportedLog, on_delete=models.PROTECT, related_name="+")
    events = models.PositiveIntegerField()
    through_at = models.DateTimeField()
    standing = models.CharField(max_length=32, blank=True)
    digests = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["desk", "external", "part"], name="imported_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.external} of {self.desk_id}"
