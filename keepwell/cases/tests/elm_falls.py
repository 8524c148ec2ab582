"""What these tests do again and again, through the verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.models import Channel, Message
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.people.models import User

# A Tuesday; Elm Falls is in Chicago, five hours behind.
NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SYSTEM = System("test")
ENOUGH = HandOff(
    known="The printer prints blank pages only",
    tried="Another cable, another driver, both without effect",
    needed="Somebody who reads the spooler log",
)
SOLVED = Resolution(how="corrected", root_cause="The driver was of another model")


def words(body: str = "The printer is silent since Monday.", channel: str = Channel.PORTAL) -> Words:
    return Words(body=body, channel=channel)


def open_for(who: User, *, at: datetime | None = None, **known: Any) -> Case:
    told: dict[str, Any] = {
        "subject": "The printer is silent",
        "contact": who.contact,
        "words": words(),
        **known,
    }
    return open_case(NewCase(**told), by=who, at=at)


def answer(case: Case, by: User, at: datetime, *, undo_for: timedelta = timedelta(0), **more: Any) -> Message:
    """An answer that leaves at once."""
    message = reply(
        case, Reply(words=words("We look into it.", Channel.DESK), undo_for=undo_for, **more), by=by, at=at
    )
    release(message, at=at + undo_for)
    return message


def write_again(case: Case, by: User, at: datetime, body: str = "It still is.") -> Case:
    return customer_replies(case, words(body), by=by, at=at)


def kinds(case: Case) -> list[str]:
    """What was recorded about the case, in order, but for its clocks and mails."""
    beside = ("clock.", "mail.")
    return [entry.kind for entry in Entry.objects.about("case", case.pk) if not entry.kind.startswith(beside)]


def facts(case: Case, kind: str) -> dict[str, Any]:
    """The facts of the newest entry of that kind about the case."""
    return Entry.objects.about("case", case.pk).filter(kind=kind).latest("pk").facts


def now(case: Case) -> Case:
    """The case as it stands now."""
    return Case.objects.get(pk=case.pk)
