"""One act on many cases, each by itself: what could be done is done, and each refusal says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseHasChanged, CaseRefused
from keepwell.people.permits import NotPermitted


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one case; `refusal` is "" where the act was done."""

    case: Case
    refusal: str = ""

    @property
    def is_done(self) -> bool:
        return not self.refusal


def to_each(cases: Iterable[Case], act: Callable[[Case], object]) -> list[Outcome]:
    """Does the act to each case in its own transaction: `to_each(found, lambda case: close(case, by=me))`.

    Gives one outcome a case, in the order given. A refused case stops no other; any other error does.
    """
    return [_tried(case, act) for case in cases]


def _tried(case: Case, act: Callable[[Case], object]) -> Outcome:
    try:
        act(case)
    except (CaseRefused, CaseHasChanged, NotPermitted) as refusal:
        return Outcome(case=case, refusal=str(refusal))
    return Outcome(case=case)
