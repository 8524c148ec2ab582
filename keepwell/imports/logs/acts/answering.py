"""A contact, and the customer's word. A log has no words, so no message is kept: it was sent, or came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.cases.states import State, after_contact, after_customers_word
from keepwell.conversations.models import Direction
from keepwell.imports.logs.acts.waiting import take_back
from keepwell.imports.logs.under_way import UnderWay


def contact(work: UnderWay, at: datetime) -> None:
    if work.case.is_spam:
        return
    work.record("message.sent", at, _facts(work), is_said=True)
    _note_word(work, Direction.OUT.value, at, after_contact(work.case.state))


def answer(work: UnderWay, at: datetime) -> None:
    """A contact after which it is our turn again, whomever the case waited for."""
    take_back(work, at)
    contact(work, at)


def customers_word(work: UnderWay, at: datetime) -> None:
    """A wait has an end. It reopens nothing: a log says by itself what it reopened."""
    work.record("message.received", at, _facts(work), is_said=True)
    _note_word(work, Direction.IN.value, at, after_customers_word(work.case.state))


def _facts(work: UnderWay) -> dict[str, Any]:
    return {
        "message": None,
        "channel": work.case.channel,
        "contact_live": False,
        "automatic": False,
        "entered_later": False,
        "entered_at": None,
    }


def _note_word(work: UnderWay, direction: str, at: datetime, state: State) -> None:
    columns: dict[str, Any] = {"last_message_at": at, "last_message_direction": direction}
    if state != work.case.state:
        columns |= {"state": state.value, "state_changed_at": at}
    work.write(at, **columns)
