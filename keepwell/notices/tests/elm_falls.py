"""What these tests do again and again, through the verbs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.writing import AT_ONCE
from keepwell.conversations.words import Words
from keepwell.notices.models import Notice
from keepwell.people.models import User

# A Tuesday; Elm Falls is in Chicago, five hours behind.
NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
ENOUGH = HandOff(
    known="The printer prints blank pages only",
    tried="Another cable, another driver, both without effect",
    needed="Somebody who reads the spooler log",
)


def wall(written: str) -> datetime:
    """An instant of June 2026 on the wall of Elm Falls: wall("9 21:00")."""
    day, clock = written.split()
    return datetime.fromisoformat(f"2026-06-{int(day):02}T{clock}:00-05:00")


def open_for(who: User, **known: Any) -> Case:
    told = {"subject": "The printer is silent", "contact": who.contact, "words": Words(body="Help"), **known}
    return open_case(NewCase(**told), by=who)


def write_again(case: Case, who: User) -> None:
    customer_replies(case, Words(body="It still is."), by=who)


def answer(case: Case, by: User) -> Message:
    message = reply(case, Reply(words=Words(body="We look into it."), undo_for=AT_ONCE), by=by)
    release(message)
    return message


def told(happening: str = "") -> list[tuple[str, str]]:
    """(happening, name) of each notice, in the order in which they came."""
    rows = Notice.objects.filter(happening=happening) if happening else Notice.objects.all()
    return list(rows.order_by("entry", "user__name").values_list("happening", "user__name"))
