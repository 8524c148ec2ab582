"""How long a case was at which level: one stay at a time while there is work to do, none otherwise."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.models import Case, LevelStay


def enter(case: Case, at: datetime) -> None:
    """The case begins to be where it now stands."""
    LevelStay.objects.create(case=case, level=case.level, team_id=case.team_id, entered_at=at)


def leave(case: Case, at: datetime) -> None:
    """The stay ends; without one nothing happens."""
    for stay in LevelStay.objects.filter(case=case, left_at__isnull=True):
        # Something entered for an earlier instant does not make a stay end before it began.
        stay.left_at = max(at, stay.entered_at)
        stay.save(update_fields=["left_at"])


def move(case: Case, *, level: int, team_id: int | None, at: datetime) -> None:
    """One stay ends and the next begins, if this is another place; the case's columns are set, not saved."""
    if (case.level, case.team_id) == (level, team_id):
        return
    leave(case, at)
    case.level, case.team_id = level, team_id
    enter(case, at)
