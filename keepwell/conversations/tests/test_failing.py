from django.core.mail import EmailMessage

from keepwell.conversations.models import MessageState
from keepwell.conversations.tests.elm_falls import (
    NOON,
    TEST,
    answered,
    carried_to,
    kinds_about,
    last_entry,
    words,
)
from keepwell.conversations.verbs.failing import deliver_after_all, fail
from keepwell.conversations.verbs.writing import write
from keepwell.outbox.models import Outcome, Purpose
from keepwell.outbox.transports.answers import Answer
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.outbox.verbs.settling import fail as give_up
from keepwell.outbox.verbs.settling import settle

ACCEPTED = Answer(outcome=Outcome.ACCEPTED, reply="250 ok")


def test_a_reply_that_failed_says_so_once(elm, maria):
    message = answered(elm.conversation, maria)
    assert fail(message, at=NOON)
    assert not fail(message, at=NOON)
    assert (message.state, message.failed_at) == (MessageState.FAILED, NOON)
    assert kinds_about(elm.conversation).count("message.failed") == 1


def test_its_writer_is_told(elm, maria):
    fail(answered(elm.conversation, maria), at=NOON)
    entry = last_entry(elm.conversation)
    assert entry.subjects.filter(kind="person", subject_id=maria.pk).exists()
    assert entry.facts["sent_at"] == NOON.isoformat()


def test_what_has_not_left_cannot_fail(elm, maria):
    message = write(elm.conversation, words(), by=maria, at=NOON)
    assert not fail(message, at=NOON)
    assert message.state == MessageState.PENDING


def test_one_that_arrives_after_all_counts_from_then(elm, maria):
    message = answered(elm.conversation, maria)
    assert not deliver_after_all(message, at=NOON)
    fail(message, at=NOON)
    assert deliver_after_all(message, at=NOON.replace(hour=15))
    assert (message.state, message.failed_at) == (MessageState.SENT, None)
    assert last_entry(elm.conversation).kind == "message.sent"
    assert last_entry(elm.conversation).occurred_at == NOON.replace(hour=15)


def test_a_reply_fails_once_it_is_lost_to_all(elm, maria):
    message = answered(elm.conversation, maria)
    to_dana, to_carl = carried_to(message, "dana@elmfalls.example", "carl@elmfalls.example")
    give_up(to_carl, reason="refused", at=NOON)
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    give_up(to_dana, reason="expired", at=NOON)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_a_reply_that_reached_one_has_not_failed(elm, maria):
    message = answered(elm.conversation, maria)
    to_dana, to_carl = carried_to(message, "dana@elmfalls.example", "carl@elmfalls.example")
    settle(to_dana, ACCEPTED, transport="kept", at=NOON)
    give_up(to_carl, reason="refused", at=NOON)
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert kinds_about(elm.conversation).count("message.sent") == 1


def test_a_mail_that_arrives_after_all_makes_the_reply_sent_again(elm, maria):
    message = answered(elm.conversation, maria)
    [mail] = carried_to(message, "dana@elmfalls.example")
    give_up(mail, reason="refused", at=NOON)
    settle(mail, ACCEPTED, transport="kept", at=NOON.replace(hour=16))
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.SENT, NOON.replace(hour=16))


def test_a_mail_that_carries_no_message_fails_by_itself(elm, maria):
    message = answered(elm.conversation, maria)
    [other] = enqueue(
        EmailMessage("A code", "123", to=["dana@elmfalls.example"]), purpose=Purpose.CODE, by=TEST, at=NOON
    )
    give_up(other, reason="refused", at=NOON)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_reply_whose_mail_may_have_come_twice_is_marked(elm, maria):
    message = answered(elm.conversation, maria)
    [mail] = carried_to(message, "dana@elmfalls.example")
    mail.is_maybe_twice = True
    settle(mail, ACCEPTED, transport="smtp", at=NOON)
    message.refresh_from_db()
    assert (message.state, message.is_maybe_twice) == (MessageState.SENT, True)
