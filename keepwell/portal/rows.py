"""Cases as the rows of a list: each with how it stands and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from keepwell.cases.models import Case
from keepwell.kit import clock
from keepwell.portal.next_steps import Due, Now, Step, next_step
from keepwell.service_levels.models import Standing
from keepwell.service_levels.queries import standings_of


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    case: Case
    step: Step


def rows_of(cases: Sequence[Case]) -> list[CaseRow]:
    """In the same order. One query, whatever their number."""
    standings = standings_of([case.pk for case in cases])
    now = now_here()
    return [CaseRow(case=case, step=next_step(case, due_of(standings.get(case.pk)), now)) for case in cases]


def now_here() -> Now:
    """The present instant in the reader's zone."""
    return Now(at=clock.now(), zone=timezone.get_current_timezone())


def due_of(standing: Standing | None) -> Due | None:
    return Due(metric=standing.next_metric, at=standing.next_due_at) if standing else None
