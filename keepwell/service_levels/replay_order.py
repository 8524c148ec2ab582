"""In which order, and at which instant, recorded facts act on the clocks of their case."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from keepwell.service_levels import clock_facts as kinds
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.replay_walk import TermsAt

_ANSWERED = {
    kinds.CUSTOMER_MESSAGE: (kinds.WAIT,),
    kinds.TAKE_BACK: (kinds.WAIT,),
    kinds.REOPENED: (kinds.RESOLVED, kinds.WITHDRAWN),
}
"""What a fact of this kind puts an end to."""


def in_acting_order(known: Iterable[Fact], terms_at: TermsAt) -> list[Fact]:
    """Facts in recorded order, as they act: by the instant they happened, in recorded order within one.

    A contact entered later than one business day acts when it was entered. What ends a wait or reopens,
    recorded after the wait or the resolution but come in before it (mail is fetched, not felt), ends it in
    the second it began: nobody waited for somebody who had already answered.
    """
    acting: list[Fact] = []
    for fact in known:
        if fact.kind in _ANSWERED:
            acting.extend(_answering(fact, acting))
        else:
            acting.append(_placed(fact, terms_at))
    acting.sort(key=attrgetter("at"))
    return acting


def _placed(fact: Fact, terms_at: TermsAt) -> Fact:
    if fact.entered_at is None:
        return fact
    reach = terms_at(fact.at).working_time.due(fact.at, 1, "business_days")
    return fact if fact.entered_at <= reach else fact._replace(at=fact.entered_at)


def _answering(fact: Fact, recorded: Sequence[Fact]) -> tuple[Fact, ...]:
    answered = _ANSWERED[fact.kind]
    begun = [other.at for other in recorded if other.kind in answered and other.at > fact.at]
    if not begun:
        return (fact,)
    if fact.kind == kinds.REOPENED:
        # It starts a run, so it acts once; a message may have ended an earlier wait as well.
        return (fact._replace(at=max(begun)),)
    return (fact, *(fact._replace(at=at) for at in begun))
