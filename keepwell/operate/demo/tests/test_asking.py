"""Somebody outside is asked in the demonstration, and answers by a mail that goes the whole way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.operate.demo.asking import ask_outside
from keepwell.operate.demo.furnishing import furnish
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.side_threads.models import SideState, SideThread

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_supplier_is_asked_once_and_his_answer_stands_in_the_side_thread(clock_at):
    clock_at(ENDS_AT)
    furnish(7, at=ENDS_AT - timedelta(days=90), accounts=1)
    worker = User.objects.get(email="ruiz@causeway.example")
    contact, words = Contact.objects.order_by("pk")[0], Words(body="Nothing runs.", channel="portal")
    case = open_case(NewCase(subject="Jobs", contact=contact, words=words), by=System("test"), at=ENDS_AT)
    assign(case, Assignment(to=worker), by=System("test"), at=ENDS_AT)
    for _time in range(2):
        ask_outside(ENDS_AT + timedelta(hours=4))
    thread = SideThread.objects.get()
    mail = understand(InboundMail.objects.get().pk)
    thread.refresh_from_db()
    assert (thread.case, thread.begun_by, thread.state) == (case, worker, SideState.OPEN)
    assert (mail.decision, mail.side_thread, thread.messages.count()) == ("aside_join", thread, 2)
