"""How bad it is, as it turns out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.locking import lock_for, person_id
from keepwell.cases.models import Case, SeverityChange
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.severities import Severity
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@dataclass(frozen=True, kw_only=True)
class Reassessment:
    """The severity from now on, and why.

    `situation` replaces what justified the old one; empty: that stays. `is_correction`: it was entered
    wrongly in the first place, which needs a reason and is counted beside every figure.
    """

    severity: str
    situation: str = ""
    is_correction: bool = False
    reason: str = ""


@all_or_nothing()
def change_severity(
    case: Case, to: Reassessment, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The case has this severity from now on; the same one again changes nothing.

    Effects: case.severity_changed. Errors: CaseRefused for a correction without a reason, CaseHasChanged,
    NotNow, NotPermitted; ValueError for an unknown severity.
    """
    locked = lock_for("change_severity", case, permit="case.change_severity", by=by, seen=seen)
    at, severity = clock.instant(at), Severity(to.severity).value
    if to.is_correction and not to.reason.strip():
        raise CaseRefused(
            _("Say why the severity was entered wrongly: corrections are listed beside the figures.")
        )
    if severity == locked.severity:
        return locked
    facts = {"from_severity": locked.severity, "to_severity": severity, "correction": to.is_correction}
    _keep(locked, to, severity, by, at)
    situation = to.situation.replace("\x00", "").strip() or locked.situation
    columns = {"severity": severity, "situation": situation}
    return change(locked, "case.severity_changed", by=by, at=at, facts=facts, columns=columns)


def _keep(case: Case, to: Reassessment, severity: str, by: Actor, at: datetime) -> None:
    SeverityChange.objects.create(
        case=case,
        from_severity=case.severity,
        to_severity=severity,
        is_correction=to.is_correction,
        reason=to.reason.replace("\x00", "").strip(),
        changed_by_id=person_id(by),
        changed_at=at,
    )
