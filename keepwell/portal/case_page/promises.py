"""What was promised for a case, and how it stands, in the customer's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.kit import clock_face, wording
from keepwell.portal.next_steps import Now
from keepwell.service_levels import clock_state
from keepwell.service_levels.models import Clock
from keepwell.service_levels.queries import clocks_of, promised_update_of
from keepwell.service_levels.showing import shown_clock
from keepwell.service_levels.terms import FOLLOW_UP, INITIAL_CONTACT, RESOLUTION

SHOWN = (INITIAL_CONTACT, FOLLOW_UP, RESOLUTION)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """`shown` is the clock for the component; `words` the promise; `under` how it stands."""

    shown: clock_face.Clock
    words: str
    under: str


def promises_of(case: Case, now: Now) -> list[Promise]:
    """First answer, the next word from us, solution; and an update that somebody promised. Two queries."""
    latest: dict[str, Clock] = {}
    for row in clocks_of([case.pk]).get(case.pk, ()):
        if row.state != clock_state.VOID:
            latest[row.metric] = row
    promises = [_promise(latest[metric], now) for metric in SHOWN if metric in latest]
    return [*promises, *_promised_update(case, now)]


def _promise(row: Clock, now: Now) -> Promise:
    allowance = {"allowance": wording.allowance(row.amount, row.unit)}
    words = {
        INITIAL_CONTACT: _("First answer %(allowance)s") % allowance,
        FOLLOW_UP: _("You hear from us again %(allowance)s") % allowance,
        RESOLUTION: _("Most cases like this are solved %(allowance)s") % allowance,
    }
    return Promise(shown=shown_clock(row, now.at), words=words[row.metric], under=_under(row, now))


def _under(row: Clock, now: Now) -> str:
    state = row.state_at(now.at)
    if state == clock_state.PAUSED:
        return _("waits for your answer")
    if row.stopped_at:
        return _stopped(row, state, now)
    due_at = row.missed_at or row.due_at
    if due_at is None:
        return ""
    words = {"moment": now.moment(due_at)}
    return _("it was due %(moment)s") % words if state == clock_state.MISSED else _("by %(moment)s") % words


def _stopped(row: Clock, state: str, now: Now) -> str:
    words = {"moment": now.moment(row.stopped_at) if row.stopped_at else ""}
    if state == clock_state.MET:
        return _("kept, %(moment)s") % words
    return _("later than promised, %(moment)s") % words


def _promised_update(case: Case, now: Now) -> list[Promise]:
    update = promised_update_of(case)
    if update is None:
        return []
    state = clock_state.MISSED if update.due_at < now.at else clock_state.RUNNING
    shown = clock_face.Clock(state=state, started_at=update.promised_at, due_at=update.due_at)
    words = _("%(who)s promised to write again") % {"who": update.promised_by.name}
    return [
        Promise(shown=shown, words=words, under=_("by %(moment)s") % {"moment": now.moment(update.due_at)})
    ]
