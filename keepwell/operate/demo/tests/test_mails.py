"""Mail that comes at the end of the demonstration: each kind that a desk meets, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.mails import STRANGERS_ACCOUNT, post
from keepwell.people.actors import System

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_one_begins_a_case_one_is_placed_by_hand_one_waits_and_one_is_put_aside_and_each_comes_once():
    furnish(7, at=ENDS_AT - timedelta(days=90), accounts=STRANGERS_ACCOUNT + 1)
    words = Words(body="Nothing can be printed.", channel="portal")
    contact = Contact.objects.order_by("pk")[0]
    open_case(NewCase(subject="Printing", contact=contact, words=words), by=System("test"), at=ENDS_AT)
    for _time in range(2):
        post(ENDS_AT + timedelta(hours=1))
    became = [understand(mail.pk).decision for mail in InboundMail.objects.order_by("pk")]
    assert became == ["open_known", "auto_reply", "open_triage", "held_reply"]
