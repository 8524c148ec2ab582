"""A road map drawn over time: where everything lies between its first and its last day (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keepwell.contracts.terms import Span, months_after

if TYPE_CHECKING:
    from keepwell.success.road_maps.showing import Shown, ShownAction, ShownMilestone

MOST_TICKS = 13
# So near the end its words would not fit.
LAST_TICK = 0.95


@dataclass(frozen=True, kw_only=True)
class Mark:
    """`at` is a share of the width from 0 to 1; `through` where it ends, the same for a point."""

    at: float
    through: float
    title: str
    kind: str
    tone: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Row:
    """`is_goal`: the rows that follow belong to it."""

    title: str
    marks: Sequence[Mark]
    is_goal: bool = False


@dataclass(frozen=True, kw_only=True)
class TimeLine:
    """`ticks` are first days of months, with where they stand; `now` None where the day lies outside."""

    span: Span
    rows: Sequence[Row]
    ticks: Sequence[tuple[date, float]]
    now: float | None


def time_line(shown: Shown, on: date, without_goal: str) -> TimeLine:
    """A row for each goal with its milestones, below it one for each of its actions that has a day.

    What has no goal stands below the words that are given for it.
    """
    span = _span(shown, on)
    rows: list[Row] = []
    for goal in shown.goals:
        rows += _rows(goal.statement, goal.actions, goal.milestones, span)
    if shown.loose_actions or shown.loose_milestones:
        rows += _rows(without_goal, shown.loose_actions, shown.loose_milestones, span)
    return TimeLine(span=span, rows=rows, ticks=ticks(span), now=_share(on, span) if on in span else None)


def _rows(
    title: str, actions: Sequence[ShownAction], milestones: Sequence[ShownMilestone], span: Span
) -> list[Row]:
    drawn = [one for one in actions if one.due_on and one.state != "dropped"]
    return [
        Row(title=title, marks=[_point(one, span) for one in milestones], is_goal=True),
        *(Row(title=one.title, marks=[_bar(one, span)]) for one in drawn),
    ]


def ticks(span: Span) -> list[tuple[date, float]]:
    """First days of months within it, at most MOST_TICKS, evenly many months apart."""
    first = months_after(span.first.replace(day=1), 0 if span.first.day == 1 else 1)
    months = (span.last.year - first.year) * 12 + span.last.month - first.month + 1
    step = max(1, -(-months // MOST_TICKS))
    days = [months_after(first, month) for month in range(0, max(months, 0), step)]
    return [(on, _share(on, span)) for on in days if on in span and _share(on, span) <= LAST_TICK]


def _span(shown: Shown, on: date) -> Span:
    begins = [one.added_on for one in shown.actions] or [on]
    ends = [one.due_on for one in shown.actions if one.due_on] + [one.due_on for one in shown.milestones]
    first = min(*begins, on, *(one.due_on for one in shown.milestones))
    last = max([shown.horizon_on, first + timedelta(days=1), *ends])
    return Span(first=first, last=last)


def _bar(action: ShownAction, span: Span) -> Mark:
    assert action.due_on is not None
    ends_on = action.done_on or action.due_on
    begins_on = min(action.added_on, ends_on)
    tone = (
        "good"
        if action.state == "done"
        else "bad"
        if action.is_late
        else "warn"
        if action.blocked_by
        else "plain"
    )
    return Mark(
        at=_share(max(begins_on, span.first), span),
        through=_share(min(max(ends_on, span.first), span.last), span),
        title=action.title,
        kind="ours" if action.is_ours else "theirs",
        tone=tone,
        on=ends_on,
    )


def _point(milestone: ShownMilestone, span: Span) -> Mark:
    at = _share(milestone.due_on, span)
    tone = "good" if milestone.reached_on else "bad" if milestone.is_late else "plain"
    return Mark(at=at, through=at, title=milestone.title, kind="milestone", tone=tone, on=milestone.due_on)


def _share(on: date, span: Span) -> float:
    return (on - span.first).days / (span.days - 1)
