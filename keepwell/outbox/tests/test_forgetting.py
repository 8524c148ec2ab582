from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing, Purpose, State
from keepwell.outbox.tests.mails import queued
from keepwell.outbox.tests.postbox import Postbox
from keepwell.outbox.verbs.forgetting import (
    forget_mail_about,
    forget_mail_to,
    forget_old_contents,
)
from keepwell.outbox.verbs.handing_over import deliver_what_is_due
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.people.actors import System

pytestmark = pytest.mark.django_db
TEST = System("test")
CANARY = "canary.of.the.old.mine@elm-falls.example"


def columns_holding(text: str) -> list[str]:
    """The outbox's tables whose rows still hold the text, in words or in bytes."""
    found = []
    with connection.cursor() as cursor:
        for model in ("outgoing", "try"):
            table = f"keepwell_outbox_{model}"
            raw = "replace(encode(raw, 'escape'), E'=\\r\\n', '')" if model == "outgoing" else "''"
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s OR {raw} ILIKE %s", [f"%{text}%"] * 2
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_nothing_is_left_of_an_address_in_any_mail(
    kept: Path, noon: datetime, django_capture_on_commit_callbacks: Any
):
    sent = queued(CANARY, at=noon)
    deliver_what_is_due(at=noon)
    named = queued("theo@vendor.example", at=noon, body=f"{'x' * 60} {CANARY.upper()} wrote to us")
    copied = EmailMessage("Hi", "Text", "help@vendor.example", ["a@x.example"], cc=[f"Canary <{CANARY}>"])
    enqueue(copied, purpose=Purpose.REPLY, by=TEST, at=noon)
    untouched = queued("theo@vendor.example", at=noon)
    assert columns_holding(CANARY) == ["keepwell_outbox_outgoing"]
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_mail_to([CANARY], by=TEST, at=noon) == 4
    assert columns_holding(CANARY) == []
    assert not (kept / f"{sent.pk}.eml").exists()
    assert Outgoing.objects.get(pk=sent.pk).state == State.SENT
    assert Outgoing.objects.get(pk=named.pk).state == State.CANCELLED
    assert Outgoing.objects.get(pk=untouched.pk).state == State.QUEUED
    assert Entry.objects.get(kind="mail.forgotten").facts == {"mails": 4}


def test_the_servers_words_are_forgotten_too(postbox: Postbox, noon: datetime):
    postbox.at_recipient = f"550 <{CANARY}> is unknown here"
    queued(CANARY, at=noon)
    deliver_what_is_due(at=noon)
    assert columns_holding(CANARY) == ["keepwell_outbox_outgoing", "keepwell_outbox_try"]
    forget_mail_to([CANARY], by=TEST)
    assert columns_holding(CANARY) == []


def test_what_mails_said_is_forgotten_after_ninety_days_and_a_code_after_one(kept: Path, noon: datetime):
    code, reply = queued(purpose=Purpose.CODE, at=noon), queued(at=noon)
    deliver_what_is_due(at=noon)
    waiting = queued(at=noon)
    assert forget_old_contents(at=noon + timedelta(days=1)) == 0
    assert forget_old_contents(at=noon + timedelta(days=1, seconds=1)) == 1
    assert forget_old_contents(at=noon + timedelta(days=90, seconds=1)) == 1
    assert bytes(Outgoing.objects.get(pk=code.pk).raw) == bytes(Outgoing.objects.get(pk=reply.pk).raw) == b""
    assert bytes(Outgoing.objects.get(pk=waiting.pk).raw)


def test_nobody_to_forget_is_nothing_done(noon: datetime):
    queued(at=noon)
    assert forget_mail_to([], by=TEST) == 0
    assert not Entry.objects.filter(kind="mail.forgotten").exists()


def test_what_a_mail_said_about_something_is_forgotten_but_not_to_whom_it_went(
    kept: Path, noon: datetime, django_capture_on_commit_callbacks: Any
):
    def about(number: int) -> Outgoing:
        mail = EmailMessage("Your case", "It is zanzibar.", to=["dana@elmfalls.example"])
        [row] = enqueue(
            mail, purpose=Purpose.REPLY, about=[("case", 1), ("message", number)], by=TEST, at=noon
        )
        return row

    sent = about(7)
    deliver_what_is_due(at=noon)
    waiting, other = about(7), about(8)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_mail_about([("message", 7)], by=TEST, at=noon) == 2
    for mail in (sent, waiting, other):
        mail.refresh_from_db()
    assert (bytes(sent.raw), sent.to_address, sent.state) == (b"", "dana@elmfalls.example", State.SENT)
    assert (bytes(waiting.raw), waiting.state) == (b"", State.CANCELLED)
    assert b"zanzibar" in bytes(other.raw)
    assert not (kept / f"{sent.pk}.eml").exists()


def test_forgetting_about_nothing_forgets_nothing(noon: datetime):
    mail = queued("theo@vendor.example", at=noon)
    assert forget_mail_about([], by=TEST, at=noon) == 0
    assert Outgoing.objects.get(pk=mail.pk).state == State.QUEUED
