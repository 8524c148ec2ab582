"""Dana's case, and a question of Maria's to Rosa, who runs the servers elsewhere."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE
from keepwell.channels.models import Mailbox
from keepwell.conversations.words import Words
from keepwell.outbox.models import Outgoing
from keepwell.people.models import User
from keepwell.side_threads.asked import asked
from keepwell.side_threads.models import SideThread
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.verbs.beginning import begin

ROSA, JOE = "rosa@hosting.example", "joe@hosting.example"


def ask(case: Case, by: User, to: str = f"Rosa Lind <{ROSA}>", **more: object) -> SideThread:
    given = {"subject": "Is node 4 up?", "words": Words(body="Please look at **node 4**."), **more}
    return begin(case, NewSideThread(asked=asked(to), **given), by=by, at=NINE)  # type: ignore[arg-type]


def mail_to(address: str) -> Outgoing:
    """The newest mail to this address."""
    return Outgoing.objects.filter(to_address=address).latest("pk")


@pytest.fixture
def aside(mail_at_nine: None, mailbox: Mailbox, case: Case, maria: User) -> SideThread:
    return ask(case, maria)


@pytest.fixture
def asked_by(aside: SideThread) -> Outgoing:
    """The mail that Rosa got."""
    return mail_to(ROSA)
