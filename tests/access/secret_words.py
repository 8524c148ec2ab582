"""Everything that staff write about a case and no customer may read, each with a word of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.detailing import change_tags
from keepwell.cases.verbs.escalating import Destination, escalate, return_
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.withdrawing import withdraw_for_customer
from keepwell.conversations.models import DraftKind
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.words import Words
from keepwell.people.models import User

SECRET = (
    "heron-in-a-note",
    "heron-that-is-known",
    "heron-that-was-tried",
    "heron-that-is-needed",
    "heron-sent-back",
    "heron-of-a-correction",
    "heron-of-an-entry",
    "heron-tagged",
    "heron-that-waits",
    "heron-undone",
    "heron-half-written",
    "heron-at-the-root",
    "heron-who-wished",
)
# What the customer is told on the way: where it is missing, nothing was looked at.
TOLD = "otter-in-an-answer"
MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)


def write_them(case: Case, *, maria: User, theo: User, at: datetime) -> None:
    """A case through everything that is written beside the customer: each of SECRET stands somewhere."""
    add_note(case, Words(body="heron-in-a-note"), by=maria, at=at)
    parts = ("heron-that-is-known", "heron-that-was-tried", "heron-that-is-needed")
    known, tried, needed = (f"{word} and a few more words" for word in parts)
    escalate(
        _now(case), Destination(level=2), HandOff(known=known, tried=tried, needed=needed), by=maria, at=at
    )
    return_(_now(case), "heron-sent-back", by=theo, at=at)
    severity = "normal" if case.severity != "normal" else "low"
    corrected = Reassessment(severity=severity, is_correction=True, reason="heron-of-a-correction")
    change_severity(_now(case), corrected, by=maria, at=at)
    spoken = HandEntry(
        happened_at=at, said="We spoke.", reason="heron-of-an-entry", enter_until_at=at + AN_HOUR
    )
    log_contact(_now(case), spoken, by=maria, at=at)
    change_tags(_now(case), ["heron-tagged"], by=maria, at=at)
    _answer(case, "heron-that-waits", maria, at, undo_for=24 * AN_HOUR)
    save_draft(case.conversation, kind=DraftKind.REPLY, body="heron-half-written", by=theo)
    # After all that: what goes out to the customer could take some of it along.
    _answer(case, TOLD, maria, at)
    undo(_answer(case, "heron-undone", maria, at, undo_for=AN_HOUR), by=maria, at=at)
    resolve(_now(case), Resolution(root_cause="heron-at-the-root"), by=maria, at=at)
    reopen(_now(case), by=maria, at=at + MINUTE)
    withdraw_for_customer(_now(case), "heron-who-wished", by=maria, at=at + 2 * MINUTE)


def heard_in(text: str) -> list[str]:
    """Those of the words that stand in it, in any capitals."""
    return [word for word in SECRET if word in text.lower()]


def _answer(case: Case, body: str, by: User, at: datetime, *, undo_for: timedelta = timedelta(0)):
    message = reply(_now(case), Reply(words=Words(body=body), undo_for=undo_for), by=by, at=at)
    if not undo_for:
        release(message, at=at)
    return message


def _now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
