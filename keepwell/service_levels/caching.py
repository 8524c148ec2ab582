"""Keeping the clocks of a case as its entries say: replay, compare with the rows, write what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from keepwell.calendars.compiled import working_time_by_id
from keepwell.cases.models import Case
from keepwell.journal.models import Entry
from keepwell.service_levels import clock_state
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.consumption import consumption
from keepwell.service_levels.history import History, histories_of, history_from
from keepwell.service_levels.models import Clock, PolicyVersion, PromisedUpdate, Standing
from keepwell.service_levels.models.standing import NOTHING_DUE
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.replay import replay
from keepwell.service_levels.telling import tell_missed
from keepwell.service_levels.terms import FOLLOW_UP, INITIAL_CONTACT

NAME = ("metric", "started_by")
READ_OF_CASE = ("pk", "account_id", "state", "is_spam", "is_imported")
COLUMNS = tuple(
    field.attname for field in Clock._meta.concrete_fields if field.attname not in ("id", "case_id")
)
KEPT = tuple(column for column in COLUMNS if column not in NAME)
# `warn_at` follows from the others, and is emptied once people were warned.
COMPARED = tuple(column for column in KEPT if column != "warn_at")


def refresh(case_id: int, *, at: datetime | None = None) -> int:
    """Brings the clocks and the standing of one case up to its newest entry, or to `at` if later.

    Takes the case's row lock, so that two writers of one case cannot leave the older picture. Gives how
    many misses came to light. Effects: clock.missed for each.
    """
    case = Case.objects.select_for_update(of=("self",)).only(*READ_OF_CASE).get(pk=case_id)
    history = histories_of([case_id], Promises()).get(case_id)
    if history is None:
        return 0
    as_of = max(history.last_known_at, at) if at else history.last_known_at
    wanted = rows_of(case_id, history, as_of=as_of)
    newly_missed = _write(case, wanted, kept=Clock.objects.filter(case=case))
    keep_standing(case, wanted, PromisedUpdate.objects.filter(case=case, ended_at=None))
    return tell_missed(newly_missed, at=as_of)


def begin(case_id: int, entries: Sequence[Entry]) -> int:
    """`refresh` for a case whose whole history is these entries: it was opened in the change under way.

    Nobody else sees it yet, and there are no clocks of it to compare with.
    """
    case = Case.objects.only(*READ_OF_CASE).get(pk=case_id)
    history = history_from(list(entries), Promises())
    wanted = rows_of(case_id, history, as_of=history.last_known_at)
    newly_missed = _write(case, wanted)
    keep_standing(case, wanted)
    return tell_missed(newly_missed, at=history.last_known_at)


def rows_of(case_id: int, history: History, *, as_of: datetime) -> list[Clock]:
    """The clocks that the replay gives, as unsaved rows."""
    states = replay(history.facts, terms_at=history.terms_at, as_of=as_of)
    rows = [dict(zip(COLUMNS, values_of(state), strict=True)) for state in states]
    return [Clock(case_id=case_id, **row) for row in rows]


def keep_standing(case: Case, clocks: Sequence[Clock], promised: Iterable[PromisedUpdate] = ()) -> None:
    """One row says what is due next on the case; none, once it has ended and nothing on it is open."""
    standing = standing_of(case, clocks, promised)
    if standing is None:
        Standing.objects.filter(case=case).delete()
        return
    Standing.objects.bulk_create(
        [standing],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["next_due_at", "next_metric", "next_started_at", "misses"],
    )


def standing_of(
    case: Case, clocks: Sequence[Clock | ClockState], promised: Iterable[PromisedUpdate] = ()
) -> Standing | None:
    """What is due next on the case, as an unsaved row; None once it has ended and nothing on it is open.

    An open case always has one, whatever its guidelines promise: the lists of the desk follow these rows.
    """
    still_open = [clock for clock in clocks if clock.is_open]
    if not still_open and not case.is_open:
        return None
    dues = [(clock.due_at, clock.metric, clock.started_at) for clock in _that_matter(still_open)]
    dues += [(update.due_at, "update", update.promised_at) for update in promised]
    due_at, metric, started_at = min(
        ((due, metric, started) for due, metric, started in dues if due is not None),
        default=(NOTHING_DUE, "", None),
    )
    return Standing(
        case_id=case.pk,
        next_due_at=due_at,
        next_metric=metric,
        next_started_at=started_at,
        misses=sum(clock.missed_at is not None for clock in clocks),
    )


def _that_matter(still_open: Sequence[Clock | ClockState]) -> Sequence[Clock | ClockState]:
    """What can still be kept, and contacts that are late: there somebody waits to hear from us.

    A missed resolution would otherwise stand before every promise that can still be kept, for ever.
    """
    chosen = [
        clock
        for clock in still_open
        if clock.state != clock_state.MISSED or clock.metric in (INITIAL_CONTACT, FOLLOW_UP)
    ]
    return chosen or still_open


def _write(case: Case, wanted: Sequence[Clock], kept: Iterable[Clock] = ()) -> list[Clock]:
    """Writes what differs; gives the clocks that were not known to be missed before."""
    known = {_name(clock): clock for clock in kept}
    changed = [clock for clock in wanted if differences(known.get(_name(clock)), clock)]
    gone = known.keys() - {_name(clock) for clock in wanted}
    if gone:
        Clock.objects.filter(pk__in=[known[name].pk for name in gone]).delete()
    if changed:
        Clock.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["case", *NAME], update_fields=list(KEPT)
        )
    for clock in changed:
        clock.case = case
    return [clock for clock in changed if clock.missed_at and not _was_missed(known.get(_name(clock)))]


def _was_missed(kept: Clock | None) -> bool:
    return kept is not None and kept.missed_at is not None


def differences(kept: Clock | None, wanted: Clock) -> list[str]:
    """The columns in which the kept row is not what the replay gives; all of them for a missing row."""
    if kept is None:
        return list(KEPT)
    return [name for name in COMPARED if getattr(kept, name) != getattr(wanted, name)]


def _name(clock: Clock) -> tuple[Any, ...]:
    return tuple(getattr(clock, part) for part in NAME)


def values_of(state: ClockState) -> tuple[Any, ...]:
    """What the row of a clock keeps, in the order of COLUMNS."""
    policy_version, calendar_version = state.terms
    spent = consumption(state, working_time_by_id(calendar_version))
    return (
        state.metric,
        state.started_by,
        state.severity,
        state.run,
        state.started_at,
        state.due_at,
        state.due_kept,
        state.due_without_pauses,
        state.state,
        state.missed_at,
        state.stopped_at,
        _entry(state.stopped_by),
        state.ended_at,
        state.paused_at,
        [[begins.isoformat(), ends.isoformat()] for begins, ends in state.pauses],
        policy_version,
        calendar_version,
        state.allowance.amount,
        state.allowance.unit,
        state.void_reason or "",
        _entry(state.void_by),
        state.is_corrected,
        state.entered_later,
        *spent,
        warn_at_of(state),
    )


def _entry(fact_id: Any) -> int | None:
    return fact_id if isinstance(fact_id, int) else None


def warn_at_of(state: ClockState) -> datetime | None:
    """When people are warned: at so many percent of the time from start to due, in whole seconds."""
    if state.state != clock_state.RUNNING or state.due_at is None:
        return None
    span = state.due_at - state.started_at
    return state.started_at + timedelta(seconds=int(span.total_seconds()) * _warns_at(state.terms[0]) // 100)


_warns: dict[int, int] = {}


def _warns_at(policy_version: int) -> int:
    if policy_version not in _warns:
        _warns[policy_version] = PolicyVersion.objects.values_list("warns_at", flat=True).get(
            pk=policy_version
        )
    return _warns[policy_version]
