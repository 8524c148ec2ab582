"""Rosa, who runs the servers elsewhere: what these tests do again and again, through the verbs."""

from __future__ import annotations

from typing import Any

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE
from keepwell.conversations.words import Words
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.side_threads.asked import asked
from keepwell.side_threads.heard import Heard
from keepwell.side_threads.models import SideMessage, SideThread
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.verbs.beginning import begin
from keepwell.side_threads.verbs.receiving import receive

ROSA, JOE = "rosa@hosting.example", "joe@hosting.example"
SUBJECT = "Is node 4 up?"
ASKED = "Please look at node 4."
ANSWERED = "It is down since Monday."
BY = System("email")


def question(to: str = ROSA, body: str = ASKED, *, subject: str = SUBJECT, **more: Any) -> NewSideThread:
    return NewSideThread(asked=asked(to), subject=subject, words=Words(body=body, **more))


def ask(case: Case, by: User, to: str = ROSA, **more: Any) -> SideThread:
    return begin(case, question(to, **more), by=by, at=NINE)


def hear(thread: SideThread, body: str = ANSWERED, *, address: str = ROSA, **more: Any) -> SideMessage:
    party = thread.parties.filter(address=address).first()
    words = Words(body=body, channel="email", attachments=more.pop("files", ()))
    heard = Heard(words=words, party=party, address=address, is_unconfirmed=party is None)
    return receive(thread, heard, by=BY, at=NINE)
