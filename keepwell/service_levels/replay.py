"""Why every promise stands as it does: the clocks of one case, replayed from its recorded entries.

`replay` is a pure function of the case's facts, the versions in force (`terms_at`) and the instant asked
about. What is stored beside a case is a cache of it. Nothing here reads a clock, a row or a setting.

    replay(facts, *, terms_at, as_of)         -> tuple[ClockState, ...]
    carried(facts, *, terms_at, at)           -> tuple[Carried, ...]   what a merged case hands over
    without_late_entries(facts)               -> the figure without contacts entered later: replay these
    replay_mapping(mapping)                   -> list[dict]   one history in the shape of vectors/clocks.json
    read_history(entries, terms_at)           -> list[Fact]   its entries as facts

The values: `Fact`, `Carried` (clock_facts), `Terms`, `Allowance`, `METRICS` (terms), `ClockState`, `Step`
(clock_state). `terms_at(instant)` answers the terms in force then, as they stood then, never as edited
since; make it cheap, every clock asks once when it starts.

Facts are given in the order in which they were recorded; they act in the order in which they happened, and
within one second in recorded order. A fact not yet known at `as_of` (it happens later, or was entered
later) is left out, so that an old question gets its old answer.

Readings, where the design leaves room:

- A clock keeps the versions of its start: raises and corrections use its own terms, each follow-up run
  the terms of the moment it starts.
- Fetched mail. A message recorded after a wait began, but come in before it, ends that wait in the second it
  began; likewise a reopening and the resolution before it.
- Late entry. A contact entered by hand counts when it happened if that is at most one business day before
  (`business_days` 1 from then reaches the entry); else it counts when it was entered. A clock that had been
  missed by the time of the entry stays missed: it stops at the entry, not before. The contact's own
  follow-up run starts when it happened.
- Contact withdrawn. Its delivery finally failed, so it stops and starts nothing: the clock it stopped runs
  on from its start, the run it started is gone. If that run had been missed by then, the miss stays, its
  run ending at the withdrawal. A resolution whose message failed still resolves, but is no initial contact.
- Withdrawn by the customer. The case ends as by a resolution: undecided initial contact is void, all else
  stops; the case can be reopened.
- Merged. The void clock's pause ends at the merge. If the surviving clock is paused, the other due is taken
  at resumption, less the rest of the pause, in order with other changes. A severity never moves by a merge.
- Spam. Every clock is void as it stood at the marking (`missed_at` tells those missed before). Marked by
  mistake (`not_spam`): as if it had never been.
- A severity for which a policy promises nothing leaves a clock as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from keepwell.service_levels import clock_facts as kinds
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock_facts import Carried, Fact
from keepwell.service_levels.clock_state import ClockState, Step
from keepwell.service_levels.replay_misses import keep_misses
from keepwell.service_levels.replay_order import in_acting_order
from keepwell.service_levels.replay_shape import (
    as_mapping,
    read_entries,
    read_instant,
    read_terms,
)
from keepwell.service_levels.replay_walk import TermsAt, walk
from keepwell.service_levels.terms import METRICS, Allowance, Terms

__all__ = [
    "METRICS",
    "Allowance",
    "Carried",
    "ClockState",
    "Fact",
    "Step",
    "Terms",
    "carried",
    "read_history",
    "replay",
    "replay_mapping",
    "without_late_entries",
]


_MARKINGS = (kinds.SPAM, kinds.NOT_SPAM)


def replay(facts: Iterable[Fact], *, terms_at: TermsAt, as_of: datetime) -> tuple[ClockState, ...]:
    """The clocks of one case as of an instant, as known at that instant.

    Order: initial contact, resolution, overall, then follow-up runs by their start. Empty before the
    opening. Raises what the working time raises for instants outside its prepared years.
    """
    known = [fact for fact in facts if fact.known_at <= as_of]
    marking = _spam_in_force(known)
    if marking is None:
        return _replay(_without(known, *_MARKINGS), terms_at=terms_at, as_of=as_of)
    spam = known[marking]
    before = [*_without(known[:marking], *_MARKINGS), spam]
    return tuple(_voided(clock, spam) for clock in _replay(before, terms_at=terms_at, as_of=spam.at))


def carried(facts: Iterable[Fact], *, terms_at: TermsAt, at: datetime) -> tuple[Carried, ...]:
    """What a case merged away at an instant hands over: its undecided clocks, for a `merged_in` fact.

    `facts` are those of the merged case; its own `merged_away` may be among them or not.
    """
    leaving = Fact(kind=kinds.MERGED_AWAY, at=at, id=None)
    ended = replay([*facts, leaving], terms_at=terms_at, as_of=at)
    return tuple(_handed_over(clock) for clock in ended if clock.void_reason == states.BY_MERGE)


def without_late_entries(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without contacts entered later, for the figure that stands beside."""
    return [fact for fact in facts if not fact.is_entered_later]


def read_history(entries: Sequence[Mapping[str, Any]], terms_at: TermsAt) -> list[Fact]:
    """The facts of entries in that shape, `merged` cases replayed for what they hand over."""
    facts = read_entries(entries)
    for index, entry in enumerate(entries):
        if "merged" in entry:
            other = read_history(entry["merged"], terms_at)
            taken = carried(other, terms_at=terms_at, at=facts[index].at)
            facts[index] = facts[index]._replace(carried=taken)
    return facts


def replay_mapping(mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One history in the shape of vectors/clocks.json, as its clocks in that shape.

    Keys: `entries`, `as_of`, and either `policy` and `calendar` or `policies`: a list of
    {`from`, `policy`, `calendar`} in order of time, the first without `from`. Beyond the vectors an entry
    may have `id`; a contact `entered_at`; `contact_withdrawn` names a `contact` by id; `merged_in` has the
    entries of the merged case under `merged`.
    """
    terms_at = read_terms(mapping)
    facts = read_history(mapping["entries"], terms_at)
    clocks = replay(facts, terms_at=terms_at, as_of=read_instant(mapping["as_of"]))
    return [as_mapping(clock) for clock in clocks]


def _replay(known: Sequence[Fact], *, terms_at: TermsAt, as_of: datetime) -> tuple[ClockState, ...]:
    """Walk the facts, and let no late entry or withdrawal erase a miss that was known before it."""
    latest = _latest_rewriting(known)
    if latest is None:
        return walk(in_acting_order(known, terms_at), terms_at=terms_at, as_of=as_of)
    failed = frozenset(fact.contact for fact in known if fact.kind == kinds.CONTACT_WITHDRAWN)
    counted = in_acting_order(_without(known, kinds.CONTACT_WITHDRAWN), terms_at)
    clocks = walk(counted, terms_at=terms_at, as_of=as_of, undelivered=failed)
    rewriting = known[latest]
    before = _replay(known[:latest], terms_at=terms_at, as_of=rewriting.known_at)
    return keep_misses(clocks, before, rewriting)


def _latest_rewriting(known: Sequence[Fact]) -> int | None:
    for index in range(len(known) - 1, -1, -1):
        if known[index].entered_at is not None or known[index].kind == kinds.CONTACT_WITHDRAWN:
            return index
    return None


def _spam_in_force(known: Sequence[Fact]) -> int | None:
    marking = None
    for index, fact in enumerate(known):
        if fact.kind == kinds.SPAM and marking is None:
            marking = index
        elif fact.kind == kinds.NOT_SPAM:
            marking = None
    return marking


def _without(known: Iterable[Fact], *left_out: str) -> list[Fact]:
    return [fact for fact in known if fact.kind not in left_out]


def _voided(clock: ClockState, spam: Fact) -> ClockState:
    step = Step(
        spam.at,
        states.VOIDED,
        spam.id,
        clock.due_at,
        clock.due_at,
        clock.severity,
        clock.allowance,
    )
    return clock._replace(
        state=states.VOID,
        void_reason=states.BY_SPAM,
        void_by=spam.id,
        ended_at=clock.ended_at or spam.at,
        steps=(*clock.steps, step),
    )


def _handed_over(clock: ClockState) -> Carried:
    if clock.due_at is None:
        raise ValueError("A clock ends its pause before it is handed over.")
    return Carried(
        metric=clock.metric,
        severity=clock.severity,
        started_at=clock.started_at,
        due_at=clock.due_at,
        due_without_pauses=clock.due_without_pauses,
        allowance=clock.allowance,
        pauses=clock.pauses,
    )
