"""Up to five times at which both sides can. Pure: spans of instants in, spans out.

Both sides' hours come as instants, so what the clocks do in between is settled before it comes here. A time
begins on the half hour of the customer's wall. One a day is offered first, by turns before and after noon,
so that somebody who has every morning full finds one all the same; only then more of the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from heapq import merge

Span = tuple[datetime, datetime]

STEP = timedelta(minutes=30)
NOON = 12
OFFERED_AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Between which instants a time is wanted, how long it takes, and the zone of the customer's wall."""

    earliest: datetime
    latest: datetime
    lasts_for: timedelta
    zone: tzinfo
    at_most: int = OFFERED_AT_MOST


def free_times(wish: Wish, ours: Iterable[Span], theirs: Iterable[Span], busy: Iterable[Span]) -> list[Span]:
    """The times to offer, in order; none where there are none.

    `ours` and `theirs` are the open hours of both sides, `busy` is when our person has no time: in any order,
    overlapping as they will.
    """
    open_to_both = shared(joined(ours), joined(theirs))
    free = left_of(open_to_both, joined(busy))
    found = [span for whole in free for span in _within(whole, wish)]
    return sorted(_chosen(found, wish))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same instants as spans that neither overlap nor touch, in order; empty ones are left out."""
    found: list[Span] = []
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def shared(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """What lies in both, which come joined."""
    marks = merge(
        *(
            ((at, step) for span in spans for at, step in zip(span, (1, -1), strict=True))
            for spans in (one, other)
        )
    )
    found, depth, since = [], 0, None
    for at, step in marks:
        depth += step
        if depth == 2:
            since = at
        elif since is not None:
            found.append((since, at))
            since = None
    return [span for span in found if span[0] < span[1]]


def left_of(whole: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of the spans without what is taken; both come joined."""
    return [left for span in whole for left in _left(span, taken)]


def is_free(span: Span, taken: Iterable[Span]) -> bool:
    """Whether nothing that is taken lies in the span. One that ends as it begins does not."""
    return not any(begins < span[1] and span[0] < ends for begins, ends in taken)


def _left(span: Span, taken: Sequence[Span]) -> Iterator[Span]:
    begins, ends = span
    for taken_from, taken_to in taken:
        if taken_to <= begins or ends <= taken_from:
            continue
        if begins < taken_from:
            yield begins, taken_from
        begins = max(begins, taken_to)
    if begins < ends:
        yield begins, ends


def _within(free: Span, wish: Wish) -> Iterator[Span]:
    """Every time in a free span that begins on the half hour, also such as overlap."""
    begins, ends = max(free[0], wish.earliest), min(free[1], wish.latest)
    at = _on_the_half_hour(begins, wish.zone)
    while at + wish.lasts_for <= ends:
        yield at, at + wish.lasts_for
        # On the wall again: there are zones that change by half an hour, and once did by other steps.
        at = _on_the_half_hour(at + timedelta(minutes=1), wish.zone)


def _on_the_half_hour(at: datetime, zone: tzinfo) -> datetime:
    """The first instant from `at` on at which the wall shows a full or a half hour."""
    wall = at.astimezone(zone)
    over = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond) % STEP
    return at + (STEP - over) % STEP


def _chosen(found: list[Span], wish: Wish) -> list[Span]:
    chosen: list[Span] = []
    for on in dict.fromkeys(_day(span, wish.zone) for span in found):
        of_day = [span for span in found if _day(span, wish.zone) == on]
        wants_afternoon = len(chosen) % 2 == 1
        fitting = (span for span in of_day if (span[0].astimezone(wish.zone).hour >= NOON) == wants_afternoon)
        chosen.append(next(fitting, of_day[0]))
        if len(chosen) == wish.at_most:
            return chosen
    for span in found:
        if len(chosen) < wish.at_most and is_free(span, chosen):
            chosen.append(span)
    return chosen


def _day(span: Span, zone: tzinfo) -> str:
    return span[0].astimezone(zone).date().isoformat()
