"""Findings: added, said in other words, taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.success.reviews.about import subjects_of
from keepwell.success.reviews.editing import lock_unfrozen, text
from keepwell.success.reviews.models import Ending, Finding, Review
from keepwell.success.reviews.refusals import ReviewRefused
from keepwell.success.reviews.states import Area, Severity


@dataclass(frozen=True, kw_only=True)
class FindingWords:
    """A finding as it is to stand there."""

    area: str
    severity: str
    evidence: str
    recommendation: str = ""
    is_shown: bool = True


@all_or_nothing()
def add_finding(review: Review, wanted: FindingWords, *, by: Actor, at: datetime | None = None) -> Finding:
    """It was found. Effects: finding.added. Errors: IsDelivered, ReviewRefused."""
    lock_unfrozen(review, by=by)
    finding = Finding.objects.create(review=review, added_at=clock.instant(at), **_checked(wanted))
    record_finding("finding.added", finding, by=by, at=at)
    return finding


@all_or_nothing()
def change_finding(finding: Finding, wanted: FindingWords, *, by: Actor, at: datetime | None = None) -> None:
    """It says this; one that was proposed is ours from now on. The same is no news. Effects: finding.changed.

    Errors: IsDelivered, ReviewRefused.
    """
    lock_unfrozen(finding.review, by=by)
    finding.refresh_from_db()
    columns = _checked(wanted)
    if all(getattr(finding, name) == value for name, value in columns.items()):
        return
    for name, value in columns.items():
        setattr(finding, name, value)
    finding.is_proposed = False
    finding.save()
    record_finding("finding.changed", finding, by=by, at=at)


@all_or_nothing()
def remove_finding(finding: Finding, *, by: Actor, at: datetime | None = None) -> None:
    """It is no finding. Effects: finding.removed. Errors: IsDelivered; ReviewRefused once something became
    of it."""
    lock_unfrozen(finding.review, by=by)
    if Ending.objects.filter(finding=finding).exists():
        raise ReviewRefused(_("Something became of it already: it stays. Nothing was changed."))
    record_finding("finding.removed", finding, by=by, at=at)
    finding.delete()


def record_finding(
    kind: str, finding: Finding, more: dict[str, Any] | None = None, *, by: Actor, at: datetime | None
) -> None:
    facts = {"review": finding.review_id, "finding": finding.pk, **(more or {})}
    about = subjects_of(finding.review, ("finding", finding.pk))
    record(kind, by=by, at=at, subjects=about, facts=facts)


def _checked(wanted: FindingWords) -> dict[str, Any]:
    evidence = text(wanted.evidence)
    if not evidence:
        raise ReviewRefused(_("Say what is seen. Nothing was saved."))
    return {
        "area": Area(wanted.area).value,
        "severity": Severity(wanted.severity).value,
        "evidence": evidence,
        "recommendation": text(wanted.recommendation),
        "is_shown": wanted.is_shown,
    }
