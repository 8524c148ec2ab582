"""The coming weeks of being on call as a picture: a strip a week, its gaps by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django.utils import timezone

from keepwell.kit.elements import GOLDEN_ANGLE
from keepwell.people.models import User
from keepwell.staffing.on_call import Span, Stretch, Turns, gaps, line_of_all, stretches
from keepwell.staffing.queries import closed_spans, is_support_closed

WEEKS = 4
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Who is on call now, whether that is needed now, and the coming weeks.

    `weeks` are {"starts_at", "pieces": [{"share", "hue", "is_gap", "names", "starts_at", "ends_at"}]}. In a
    piece without names nobody is on call; that is a gap unless it is over. `gaps` are those spans of the
    coming ones in which support is closed.
    """

    now: Sequence[User]
    is_needed: bool
    weeks: Sequence[Mapping[str, Any]]
    gaps: Sequence[Span]

    @property
    def is_gap(self) -> bool:
        """Whether somebody has to be on call now, and nobody is."""
        return self.is_needed and not self.now


def coming_weeks(rotas: Sequence[Turns], at: datetime) -> Coming:
    """The present and the next four weeks, from Monday on the reader's wall; one query for the names."""
    zone = timezone.get_current_timezone()
    people = User.objects.in_bulk({person for turns in rotas for person in _people_of(turns)})
    begins = [_monday(at, zone, week) for week in range(WEEKS + 1)]
    return Coming(
        now=[people[person] for person in line_of_all(rotas, at)],
        is_needed=is_support_closed(at),
        weeks=[_week(rotas, people, span, at) for span in zip(begins, begins[1:], strict=False)],
        gaps=gaps(rotas, closed_spans(at, begins[-1])),
    )


def _people_of(turns: Turns) -> set[int]:
    return {*turns.people, *(one.person for one in turns.stand_ins)}


def _monday(at: datetime, zone: tzinfo, week: int) -> datetime:
    today = at.astimezone(zone).date()
    on = today - timedelta(days=today.weekday()) + week * A_WEEK
    return datetime.combine(on, time(0), zone)


def _week(rotas: Sequence[Turns], people: Mapping[int, User], span: Span, at: datetime) -> dict[str, Any]:
    pieces = [_piece(one, people, span, at) for one in stretches(rotas, *span)]
    return {"starts_at": span[0], "pieces": pieces}


def _piece(stretch: Stretch, people: Mapping[int, User], span: Span, at: datetime) -> dict[str, Any]:
    first = stretch.line[0] if stretch.line else None
    share = (stretch.ends_at - stretch.starts_at) / (span[1] - span[0])
    return {
        "share": f"{share:.5f}",
        "hue": round((first or 0) * GOLDEN_ANGLE % 360),
        # What is over asks nobody to do anything.
        "is_gap": not stretch.line and stretch.ends_at > at,
        "names": [people[person].name for person in stretch.line],
        "starts_at": stretch.starts_at,
        "ends_at": stretch.ends_at,
    }
