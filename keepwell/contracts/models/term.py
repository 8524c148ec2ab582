from __future__ import annotations

from datetime import UTC
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from keepwell.contracts.models.contract import Contract
from keepwell.contracts.terms import Span, TermState


class Term(models.Model):
    """One term of a contract, both days included; they do not overlap. Written by verbs only."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "starts_on"], name="term_starts_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_start"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ends_on"], name="term_by_end")]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"

    @property
    def span(self) -> Span:
        return Span(first=self.starts_on, last=self.ends_on)

    @property
    def state(self) -> TermState:
        """As the rules know it; the day of a decision is that in UTC."""
        renewal = self.renewal
        decided_on = renewal.decided_at.astimezone(UTC).date() if renewal.decided_at else None
        return TermState(span=self.span, outcome=renewal.outcome, decided_on=decided_on)
