from keepwell.conversations.models import MessageState
from keepwell.conversations.tests.elm_falls import NOON, answered, kinds_about, last_entry, words
from keepwell.conversations.verbs.failing import deliver_after_all, fail
from keepwell.conversations.verbs.writing import write


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
