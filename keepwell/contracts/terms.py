"""Terms of a contract: when each ends, by when notice is given, and where the contract stands on a day.

Days are whole and both ends of a term belong to it. So many months after a day is the same day of the month;
where that month is too short, the first of the month after it: a year from 29 February ends on 28 February.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)
# How long before the last day for notice somebody at the vendor turns to it, where no budget asks for more.
LOOKED_AT_BEFORE = timedelta(days=30)


class Renews(StrEnum):
    """Whether a contract goes on by itself."""

    BY_AGREEMENT = "by_agreement"
    AFTER_NOTICE = "after_notice"
    AT_END = "at_end"


class Phase(StrEnum):
    """Where a contract stands on a day."""

    UPCOMING = "upcoming"
    IN_TERM = "in_term"
    NOTICE_WINDOW = "notice_window"
    EXPIRED = "expired"


class Outcome(StrEnum):
    """What came of a renewal; contracted: it goes on with less."""

    RENEWED = "renewed"
    CONTRACTED = "contracted"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included. Errors: ValueError where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} lies before {self.first}")

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What was agreed about time. `minimum_months` and the leads in days are 0 where nothing was.

    `began_on` is the contract's first day: its years are counted from there.
    """

    began_on: date
    term_months: int = 12
    renews: str = Renews.AFTER_NOTICE
    minimum_months: int = 0
    notice_days: int = 0
    budget_lead_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What follows from a term. `ends_on` is the first day at whose end the contract may end.

    `notice_on`: the last day for notice. `budget_on`: by then the customer has to ask for the money, None
    where that is not needed. `window_on`: from then on the renewal is to be worked on. `goes_on_from`: on
    this day the contract renews itself, None where it does so only by agreement.
    """

    ends_on: date
    notice_on: date
    budget_on: date | None
    window_on: date
    goes_on_from: date | None


@dataclass(frozen=True, kw_only=True)
class TermState:
    """A term, what came of its renewal ("" while open), and on which day that was decided."""

    span: Span
    outcome: str = ""
    decided_on: date | None = None


def months_after(on: date, months: int) -> date:
    """The day so many months later, by the rule above. Months may be 0, not less."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    try:
        return date(year, month + 1, on.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def span_of(first: date, months: int) -> Span:
    """So many months from this day on."""
    return Span(first=first, last=months_after(first, months) - A_DAY)


def following(span: Span, months: int) -> Span:
    """The term after this one."""
    return span_of(span.last + A_DAY, months)


def minimum_last(conditions: Conditions) -> date | None:
    """The last day of the minimum term; None where none was agreed."""
    if not conditions.minimum_months:
        return None
    return span_of(conditions.began_on, conditions.minimum_months).last


def may_end(span: Span, conditions: Conditions) -> bool:
    """Whether the contract may end with this term: not before the minimum term is over."""
    bound = minimum_last(conditions)
    return bound is None or span.last >= bound


def dates_of(span: Span, conditions: Conditions) -> Dates:
    """What follows from this term: within the minimum term from the one at whose end it is over."""
    ending = span
    while not may_end(ending, conditions):
        ending = following(ending, conditions.term_months)
    notice_on = ending.last - timedelta(days=conditions.notice_days)
    lead = conditions.budget_lead_days
    budget_on = ending.last - timedelta(days=lead) if lead else None
    looked_at_on = notice_on - LOOKED_AT_BEFORE
    return Dates(
        ends_on=ending.last,
        notice_on=notice_on,
        budget_on=budget_on,
        window_on=min(budget_on, looked_at_on) if budget_on else looked_at_on,
        goes_on_from=_goes_on_from(span, conditions, notice_on),
    )


def _goes_on_from(span: Span, conditions: Conditions, notice_on: date) -> date | None:
    """Where it may not end yet, it goes on when the term ends, whatever else was agreed."""
    if not may_end(span, conditions) or conditions.renews == Renews.AT_END:
        return span.last + A_DAY
    # A notice longer than the term would lie before it: it cannot go on before it has begun.
    return max(notice_on + A_DAY, span.first) if conditions.renews == Renews.AFTER_NOTICE else None


def goes_on_by_itself(span: Span, conditions: Conditions, on: date) -> bool:
    """Whether an undecided term has renewed itself by this day."""
    from_day = dates_of(span, conditions).goes_on_from
    return from_day is not None and on >= from_day


def phase_on(on: date, terms: Sequence[TermState], conditions: Conditions) -> Phase:
    """Where the contract stands on this day, by what was decided until then; terms oldest first, one or more.

    Once the last term is over, a contract that renews itself is in the next term, also while nobody has
    recorded that.
    """
    if on < terms[0].span.first:
        return Phase.UPCOMING
    current = next((term for term in terms if on in term.span), None)
    if current is None:
        return _after(on, terms[-1], conditions)
    is_decided = current.decided_on is not None and current.decided_on <= on
    if is_decided or on < dates_of(current.span, conditions).window_on:
        return Phase.IN_TERM
    return Phase.NOTICE_WINDOW


def _after(on: date, last: TermState, conditions: Conditions) -> Phase:
    is_open = not last.outcome and on > last.span.last
    return Phase.IN_TERM if is_open and goes_on_by_itself(last.span, conditions, on) else Phase.EXPIRED


def contract_year(began_on: date, on: date) -> Span:
    """The year of the contract that has this day. Errors: ValueError for a day before it began."""
    if on < began_on:
        raise ValueError(f"{on} lies before {began_on}")
    years = on.year - began_on.year
    if months_after(began_on, 12 * years) > on:
        years -= 1
    first, after = months_after(began_on, 12 * years), months_after(began_on, 12 * (years + 1))
    return Span(first=first, last=after - A_DAY)


def contract_years(began_on: date, through: date) -> Iterator[Span]:
    """Each year of the contract that begins up to this day, the first one first."""
    years = 0
    while (first := months_after(began_on, 12 * years)) <= through:
        yield contract_year(began_on, first)
        years += 1
