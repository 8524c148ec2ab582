from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.mail import EmailMessage
from django.db import connection, connections, transaction

from keepwell.journal.models import Entry
from keepwell.journal.reacting import _reactions
from keepwell.outbox.models import Outcome, Outgoing, Purpose, State
from keepwell.outbox.tests.mails import queued
from keepwell.outbox.tests.postbox import Postbox
from keepwell.outbox.transports import smtp
from keepwell.outbox.verbs.handing_over import claim, deliver_what_is_due
from keepwell.outbox.verbs.queuing import AddressRefused, enqueue
from keepwell.outbox.verbs.withdrawing import TooLate, cancel, try_again
from keepwell.people.actors import System

pytestmark = pytest.mark.django_db
TEST = System("test")
MINUTE = timedelta(minutes=1)


def told(kind: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("facts", flat=True))


def test_a_mail_leaves_once_and_the_servers_answer_is_kept(postbox: Postbox, noon: datetime):
    mail = queued(at=noon, about=[("message", 7)])
    assert deliver_what_is_due(at=noon) == 1
    assert deliver_what_is_due(at=noon + MINUTE) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.transport, mail.sent_at, mail.attempts) == (State.SENT, "smtp", noon, 1)
    assert mail.tries.get().reply == "250 taken as 4711"
    [arrived] = postbox.arrived
    assert arrived.recipients == ["dana@elm-falls.example"]
    assert arrived.mail["Message-ID"] == mail.message_id
    assert told("mail.sent") == [
        {"outgoing": mail.pk, "transport": "smtp", "attempts": 1, "maybe_twice": False}
    ]
    assert Entry.objects.about("message", 7).filter(kind="mail.sent").count() == 1


def test_a_mail_asked_for_in_a_change_that_fails_never_leaves(postbox: Postbox, noon: datetime):
    with transaction.atomic():
        queued(at=noon)
        transaction.set_rollback(True)
    assert deliver_what_is_due(at=noon) == 0
    assert not Outgoing.objects.exists()
    assert not postbox.arrived


@pytest.mark.parametrize("step", ["at_sender", "at_recipient", "at_data"])
def test_a_final_refusal_is_shown_as_a_failure_with_the_servers_words(
    postbox: Postbox, noon: datetime, step: str
):
    setattr(postbox, step, "550 no such mailbox")
    mail = queued(at=noon)
    deliver_what_is_due(at=noon)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, mail.next_attempt_at) == (State.FAILED, "550 no such mailbox", None)
    assert told("mail.failed") == [{"outgoing": mail.pk, "reason": "refused", "attempts": 1}]
    assert deliver_what_is_due(at=noon + timedelta(days=1)) == 0


@pytest.mark.parametrize("step", ["at_sender", "at_recipient", "at_data"])
def test_a_server_that_says_later_gets_the_same_mail_later(postbox: Postbox, noon: datetime, step: str):
    setattr(postbox, step, "451 come back later")
    mail = queued(at=noon)
    deliver_what_is_due(at=noon)
    mail.refresh_from_db()
    assert (mail.state, mail.next_attempt_at) == (State.QUEUED, noon + MINUTE)
    assert mail.last_error == "451 come back later"
    assert deliver_what_is_due(at=noon + timedelta(seconds=59)) == 0
    setattr(postbox, step, "")
    assert deliver_what_is_due(at=noon + MINUTE) == 1
    assert postbox.ids == [mail.message_id]
    assert not Outgoing.objects.get().is_maybe_twice


def test_after_five_days_of_later_the_mail_is_given_up_and_said_to_have_failed(
    postbox: Postbox, noon: datetime
):
    postbox.at_data = "451 come back later"
    mail = queued(at=noon)
    at, tries = noon, 0
    while Outgoing.objects.get().state == State.QUEUED:
        at = Outgoing.objects.get().next_attempt_at
        tries += deliver_what_is_due(at=at)
    assert at == noon + timedelta(days=5)
    assert told("mail.failed") == [{"outgoing": mail.pk, "reason": "expired", "attempts": tries}]
    assert 20 < tries < 40


@pytest.mark.parametrize("fault", ["hang", "drop"])
def test_an_answer_never_heard_means_once_more_under_the_same_id_and_no_third_time(
    postbox: Postbox, noon: datetime, monkeypatch: pytest.MonkeyPatch, fault: str
):
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.2)
    postbox.at_data = fault
    mail = queued(at=noon)
    deliver_what_is_due(at=noon)
    mail.refresh_from_db()
    assert (mail.state, mail.is_maybe_twice) == (State.QUEUED, True)
    assert mail.tries.get().outcome == Outcome.UNKNOWN
    assert mail.next_attempt_at == noon + timedelta(minutes=30)
    deliver_what_is_due(at=mail.next_attempt_at)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert told("mail.failed") == [{"outgoing": mail.pk, "reason": "unknown", "attempts": 2}]
    assert postbox.ids == [mail.message_id] * 2


def test_when_only_the_answer_was_lost_the_second_try_is_marked(postbox: Postbox, noon: datetime):
    postbox.at_data = "drop"
    mail = queued(at=noon)
    deliver_what_is_due(at=noon)
    postbox.at_data = ""
    deliver_what_is_due(at=noon + timedelta(minutes=30))
    assert postbox.ids == [mail.message_id] * 2
    assert told("mail.sent")[0]["maybe_twice"] is True


def test_a_server_that_is_away_is_not_knocked_at_for_every_mail(settings: Any, noon: datetime):
    settings.KEEPWELL_MAIL_URL = "smtp://127.0.0.1:1"
    queued(at=noon)
    queued(at=noon)
    assert deliver_what_is_due(at=noon) == 1
    assert deliver_what_is_due(at=noon + timedelta(seconds=29)) == 0
    assert deliver_what_is_due(at=noon + timedelta(seconds=30)) == 1
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_mail_that_waited_for_a_server_leaves_within_five_minutes_of_its_return(
    postbox: Postbox, settings: Any, noon: datetime
):
    working = settings.KEEPWELL_MAIL_URL
    settings.KEEPWELL_MAIL_URL = "smtp://127.0.0.1:1"
    mail = queued(at=noon)
    at = noon
    while at < noon + timedelta(hours=2):
        deliver_what_is_due(at=at)
        mail.refresh_from_db()
        assert mail.next_attempt_at - at <= timedelta(minutes=5)
        at = mail.next_attempt_at
    settings.KEEPWELL_MAIL_URL = working
    deliver_what_is_due(at=at)
    assert postbox.ids == [mail.message_id]


def test_one_connection_carries_all_that_is_due(postbox: Postbox, noon: datetime):
    for number in range(5):
        queued(f"person{number}@elm-falls.example", at=noon)
    assert deliver_what_is_due(at=noon) == 5
    assert len(postbox.arrived) == 5


def test_a_refused_mail_does_not_hold_up_the_next_one(postbox: Postbox, noon: datetime):
    postbox.at_recipient = "550 no such mailbox"
    queued("gone@elm-falls.example", at=noon)
    deliver_what_is_due(at=noon)
    postbox.at_recipient = ""
    queued(at=noon)
    assert deliver_what_is_due(at=noon) == 1


def test_codes_leave_first_then_receipts_then_replies(postbox: Postbox, noon: datetime):
    for purpose in (Purpose.OTHER, Purpose.NOTICE, Purpose.REPLY, Purpose.RECEIPT, Purpose.CODE):
        queued(f"{purpose}@elm-falls.example", purpose=purpose, at=noon)
    deliver_what_is_due(at=noon)
    first_three = [one.recipients[0].partition("@")[0] for one in postbox.arrived][:3]
    assert first_three == ["code", "receipt", "reply"]


def test_a_code_nobody_could_use_any_more_is_not_sent(postbox: Postbox, noon: datetime):
    code, reply = queued(purpose=Purpose.CODE, at=noon), queued(at=noon)
    deliver_what_is_due(at=noon + timedelta(minutes=15))
    assert postbox.ids == [reply.message_id]
    assert told("mail.failed") == [{"outgoing": code.pk, "reason": "expired", "attempts": 0}]


def test_a_code_that_is_good_for_a_day_is_tried_for_a_day(postbox: Postbox, noon: datetime):
    message = EmailMessage("Code", "ABCD-EFGH", "help@vendor.example", ["dana@elm-falls.example"])
    [code] = enqueue(message, purpose=Purpose.CODE, good_for=timedelta(days=1), by=TEST, at=noon)
    postbox.at_data = "451 come back later"
    deliver_what_is_due(at=noon)
    postbox.at_data = ""
    deliver_what_is_due(at=noon + timedelta(hours=23))
    assert postbox.ids == [code.message_id]


def test_nobody_is_the_sender_of_a_receipt_unless_the_server_wants_one(postbox: Postbox, noon: datetime):
    queued(purpose=Purpose.RECEIPT, at=noon)
    queued(purpose=Purpose.REPLY, at=noon)
    deliver_what_is_due(at=noon)
    assert [one.sender for one in postbox.arrived] == ["", "help@vendor.example"]
    postbox.takes_null_sender = False
    queued(purpose=Purpose.RECEIPT, at=noon)
    deliver_what_is_due(at=noon)
    assert postbox.arrived[-1].sender == "help@vendor.example"


def test_dots_long_lines_and_other_letters_arrive_as_they_were_written(postbox: Postbox, noon: datetime):
    body = f".\n..\n. a line\n{'long ' * 400}\nGrüße, 東京, שלום\n"
    queued(at=noon, body=body, subject="Straßenlaterne 🌉 " * 8)
    deliver_what_is_due(at=noon)
    [arrived] = postbox.arrived
    assert arrived.content.isascii()
    assert max(len(line) for line in arrived.content.split(b"\r\n")) <= 998
    assert arrived.mail.get_payload(decode=True).decode() == body.replace("\n", "\r\n")


def test_an_address_in_other_letters_is_sent_to_as_mail_servers_know_it(postbox: Postbox, noon: datetime):
    mail = queued("dana@elmfälle.example", at=noon)
    assert mail.to_address == "dana@xn--elmflle-8wa.example"
    with pytest.raises(AddressRefused, match="not an address"):
        queued("not an address", at=noon)


def test_whoever_reacts_and_fails_does_not_make_a_mail_leave_twice(
    postbox: Postbox, noon: datetime, monkeypatch: pytest.MonkeyPatch
):
    def failing(_entry: Entry) -> None:
        raise RuntimeError("a bug elsewhere")

    monkeypatch.setitem(_reactions, "mail.sent", [failing])
    queued(at=noon)
    deliver_what_is_due(at=noon)
    deliver_what_is_due(at=noon + timedelta(hours=1))
    assert len(postbox.arrived) == 1
    assert Outgoing.objects.get().state == State.SENT


def test_a_postman_who_died_is_noticed_and_his_mail_sent_once_more(postbox: Postbox, noon: datetime):
    mail = queued(at=noon)
    assert claim(at=noon) == mail
    other = queued(at=noon)
    assert claim(at=noon + timedelta(seconds=14)) is None
    assert deliver_what_is_due(at=noon + timedelta(seconds=15)) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.is_maybe_twice) == (State.QUEUED, True)
    assert postbox.ids == [other.message_id]
    deliver_what_is_due(at=mail.next_attempt_at)
    assert postbox.ids == [other.message_id, mail.message_id]


def test_a_waiting_mail_can_be_stopped_and_a_failed_one_tried_again(postbox: Postbox, noon: datetime):
    stopped, failed = queued(at=noon), queued(at=noon)
    cancel(stopped, by=TEST, at=noon)
    postbox.at_data = "554 looks like spam"
    deliver_what_is_due(at=noon)
    postbox.at_data = ""
    with pytest.raises(TooLate):
        cancel(failed, by=TEST)
    with pytest.raises(TooLate):
        try_again(stopped, by=TEST)
    later = noon + timedelta(days=9)
    try_again(failed, by=TEST, at=later)
    deliver_what_is_due(at=later)
    assert postbox.ids == [failed.message_id]
    assert Outgoing.objects.get(pk=stopped.pk).state == State.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_being_sent_cannot_be_stopped(postbox: Postbox, noon: datetime):
    mail = queued(at=noon)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Outgoing.objects.select_for_update().get(pk=mail.pk)
            holding.set()
            done.wait(10)
        connections.close_all()

    with ThreadPoolExecutor() as pool:
        pool.submit(hold)
        assert holding.wait(10)
        try:
            with pytest.raises(TooLate, match="at this moment"):
                cancel(mail, by=TEST)
        finally:
            done.set()


@pytest.mark.django_db(transaction=True)
def test_several_postmen_at_once_send_each_mail_once(postbox: Postbox, noon: datetime):
    mails = [queued(f"person{number}@elm-falls.example", at=noon) for number in range(12)]

    def round_of_one(_number: int) -> None:
        deliver_what_is_due(at=noon)
        connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(round_of_one, range(8)))
    assert sorted(postbox.ids) == sorted(mail.message_id for mail in mails)


WORKER = """
import django
django.setup()
from keepwell.outbox.verbs.handing_over import deliver_what_is_due
deliver_what_is_due()
"""


def _worker(settings: Any) -> subprocess.Popen[bytes]:
    """A process of its own that delivers what is due in the database of this test, on the real clock."""
    database = connection.settings_dict
    place = f"{database['USER']}@{quote(database['HOST'], safe='')}"
    port = f":{database['PORT']}" if database["PORT"] else ""
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{place}{port}/{database['NAME']}",
        "KEEPWELL_MAIL_URL": settings.KEEPWELL_MAIL_URL,
        "DJANGO_SETTINGS_MODULE": "keepwell.config.settings_test",
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], env=environment)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("step", "copies"), [("at_recipient", 1), ("at_data", 2)])
def test_a_worker_killed_at_work_loses_no_mail_and_doubles_one_at_most(
    postbox: Postbox, settings: Any, step: str, copies: int
):
    now = datetime.now(UTC).replace(microsecond=0)
    mail = queued(at=now)
    process: list[subprocess.Popen[bytes]] = []
    setattr(postbox, step, "kill")
    postbox.kills = lambda: process[0].pid
    process.append(_worker(settings))
    assert process[0].wait(60) == -9
    setattr(postbox, step, "")
    mail.refresh_from_db()
    assert mail.state == State.SENDING
    found_at = mail.handed_over_at + timedelta(seconds=15)
    deliver_what_is_due(at=found_at)
    deliver_what_is_due(at=found_at + timedelta(minutes=30))
    mail.refresh_from_db()
    assert (mail.state, mail.is_maybe_twice) == (State.SENT, True)
    assert postbox.ids == [mail.message_id] * copies
