"""How a case stands and what happens next, in the customer's words.

Pure: a case and what is due in, words out. Nothing is promised here that the clocks do not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.states import State
from keepwell.kit import wording

# A due so far ahead stands for "nothing is due".
NEVER = 9000


@dataclass(frozen=True, kw_only=True)
class Now:
    """Whose now, and where."""

    at: datetime
    zone: tzinfo

    def moment(self, at: datetime) -> str:
        return wording.moment(at, self.at, self.zone)

    def day(self, at: datetime) -> str:
        return wording.day(at.astimezone(self.zone).date(), self.at.astimezone(self.zone).date())


@dataclass(frozen=True, kw_only=True)
class Due:
    """What comes next by the promises. `metric` as the clocks name it, or "update" for a promised one."""

    metric: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Step:
    """`chip` and `tone` say how it stands, `words` what happens next."""

    chip: str
    tone: str
    words: str


def next_step(case: Any, due: Due | None, now: Now) -> Step:
    """How the case stands for the customer."""
    if case.merged_into_id is not None:
        return Step(chip=_("Merged"), tone="", words=_("It goes on in another case."))
    chip, tone = _chip(case)
    return Step(chip=chip, tone=tone, words=_words(case, due, now))


def may_reopen(case: Any, at: datetime) -> bool:
    """Whether it has ended and its window is still open."""
    until_at = case.reopenable_until_at
    return case.state in (State.RESOLVED, State.CLOSED) and until_at is not None and at <= until_at


def steps_of(case: Any) -> list[tuple[str, str]]:
    """The way of a case as (words, state): done, now, or "" for what is still to come."""
    reached = _reached(case.state)
    middle = _("Your turn") if case.state == State.WAITING_ON_CUSTOMER else _("We work on it")
    last = _("Closed") if case.state == State.CLOSED else _("Solved")
    names = [_("We have it"), middle, last]
    return [(name, _state_of(place, reached)) for place, name in enumerate(names)]


def _reached(state: str) -> int:
    return {State.NEW: 0, State.RESOLVED: 3, State.CLOSED: 3}.get(State(state), 1)


def _state_of(place: int, reached: int) -> str:
    if place == reached:
        return "now"
    return "done" if place < reached else ""


def _chip(case: Any) -> tuple[str, str]:
    chips = {
        State.NEW: (_("We have it"), "on"),
        State.OPEN: (_("We are working on it"), "on"),
        State.WAITING_ON_CUSTOMER: (_("Your turn"), "warn"),
        State.WAITING_ON_ENGINEERING: (_("With our engineers"), "on"),
        State.SCHEDULED: (_("Scheduled"), ""),
        State.RESOLVED: (_("Solved"), "good"),
        State.CLOSED: (_("Closed"), ""),
    }
    return chips[State(case.state)]


def _words(case: Any, due: Due | None, now: Now) -> str:
    if case.state == State.WAITING_ON_CUSTOMER:
        return _("We asked you something: %(day)s") % {"day": now.day(case.state_changed_at)}
    if case.state in (State.RESOLVED, State.CLOSED):
        return _ended(case, now)
    if case.state == State.SCHEDULED and case.scheduled_until_at:
        return _("Planned for %(day)s") % {"day": now.day(case.scheduled_until_at)}
    return _due_words(case, due, now)


def _ended(case: Any, now: Now) -> str:
    if not may_reopen(case, now.at):
        return _("This case is closed. If it comes back, write again: a new case will be linked to it.")
    return _("Not solved? You can reopen it until %(moment)s.") % {
        "moment": now.moment(case.reopenable_until_at)
    }


def _due_words(case: Any, due: Due | None, now: Now) -> str:
    if due is None or due.at.year > NEVER:
        return _("We will write to you.")
    words = {"moment": now.moment(due.at), "who": _owner(case)}
    if due.at < now.at:
        return _("We are late: you should have heard from us by %(moment)s.") % words
    if due.metric in ("resolution", "overall"):
        return _("We aim to have it solved by %(moment)s.") % words
    if words["who"]:
        return _("%(who)s writes to you by %(moment)s.") % words
    if case.state == State.NEW:
        return _("Somebody answers you by %(moment)s.") % words
    return _("You hear from us again by %(moment)s.") % words


def _owner(case: Any) -> str:
    return case.owner.name if case.owner_id else ""
