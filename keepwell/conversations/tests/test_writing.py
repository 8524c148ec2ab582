from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.conversations.models import Draft, Message, MessageState
from keepwell.conversations.queries import messages_visible_to
from keepwell.conversations.tests.elm_falls import NOON, TEST, file_of, kinds_about, last_entry, words
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.entering import NotYetHappened, enter_later
from keepwell.conversations.verbs.releasing import release, release_due
from keepwell.conversations.verbs.undoing import AlreadyLeft, undo
from keepwell.conversations.verbs.writing import AT_ONCE, write
from keepwell.conversations.words import NothingSaid, Words
from keepwell.people.permits import NotPermitted

TEN_SECONDS = timedelta(seconds=10)


def jobs_of(message: Message) -> list[ProcrastinateJob]:
    return list(
        ProcrastinateJob.objects.filter(task_name="conversations.release", args={"message": message.pk})
    )


def test_a_reply_waits_before_it_leaves(elm, maria, settings):
    settings.KEEPWELL_UNDO_SECONDS = 25
    message = write(elm.conversation, words(), by=maria, at=NOON)
    assert message.state == MessageState.PENDING
    assert message.release_at == NOON + timedelta(seconds=25)
    assert last_entry(elm.conversation).kind == "message.written"


def test_a_customer_does_not_see_a_reply_that_waits(elm, maria):
    message = write(elm.conversation, words(), by=maria, at=NOON)
    assert not messages_visible_to(elm.dana.user).filter(pk=message.pk).exists()
    assert messages_visible_to(maria).filter(pk=message.pk).exists()
    release(message, at=NOON + TEN_SECONDS)
    assert messages_visible_to(elm.dana.user).filter(pk=message.pk).exists()


def test_a_reply_is_sent_at_the_moment_it_leaves_in_the_name_of_its_writer(elm, maria):
    message = write(elm.conversation, words(), about=[("engagement", 7)], by=maria, at=NOON)
    assert release(message, at=NOON + TEN_SECONDS)
    entry = last_entry(elm.conversation)
    assert entry.kind == "message.sent"
    assert entry.occurred_at == NOON + TEN_SECONDS == message.sent_at
    assert entry.actor_ref == maria.actor_ref
    assert set(entry.subjects.values_list("kind", "subject_id")) == {
        ("engagement", 7),
        ("conversation", elm.conversation.pk),
    }
    assert entry.facts == {
        "message": message.pk,
        "channel": "portal",
        "contact_live": False,
        "automatic": False,
        "entered_later": False,
        "entered_at": None,
    }


def test_a_reply_leaves_once_however_often_it_is_released(elm, maria):
    message = write(elm.conversation, words(), by=maria, at=NOON)
    assert release(message, at=NOON + TEN_SECONDS)
    assert not release(message, at=NOON + 2 * TEN_SECONDS)
    assert kinds_about(elm.conversation).count("message.sent") == 1
    assert message.sent_at == NOON + TEN_SECONDS


def test_its_recipients_are_those_who_take_part_when_it_leaves(elm, maria):
    message = write(elm.conversation, words(), by=maria, at=NOON)
    release(message, at=NOON)
    assert message.recipients == [elm.dana.contact.pk]


def test_the_job_that_lets_it_leave_is_deferred_with_it(elm, maria):
    # Ten seconds of the world outside, wherever the clock of the product stands.
    before = datetime.now(UTC)
    message = write(elm.conversation, words(), undo_for=TEN_SECONDS, by=maria)
    [job] = jobs_of(message)
    assert before + TEN_SECONDS <= job.scheduled_at <= datetime.now(UTC) + TEN_SECONDS


def test_without_a_time_to_undo_no_job_waits_and_the_caller_lets_it_leave(elm, maria):
    message = write(elm.conversation, words(), undo_for=AT_ONCE, by=maria, at=NOON)
    assert not jobs_of(message)
    assert release(message, at=NOON)
    assert message.sent_at == NOON


def test_the_sweep_takes_what_a_dead_worker_left_and_nothing_that_is_not_due(elm, maria):
    left = write(elm.conversation, words("left"), undo_for=TEN_SECONDS, by=maria, at=NOON)
    waiting = write(
        elm.conversation, words("waiting"), undo_for=TEN_SECONDS, by=maria, at=NOON + timedelta(minutes=5)
    )
    assert release_due(at=NOON + timedelta(minutes=5)) == 1
    left.refresh_from_db()
    waiting.refresh_from_db()
    assert (left.state, waiting.state) == (MessageState.SENT, MessageState.PENDING)
    assert left.sent_at == NOON + timedelta(minutes=5)


def test_one_that_cannot_leave_holds_up_no_other(elm, maria, monkeypatch):
    stuck = write(elm.conversation, words("stuck"), undo_for=AT_ONCE, by=maria, at=NOON)
    other = write(elm.conversation, words("other"), undo_for=AT_ONCE, by=maria, at=NOON)
    # What is kept of the first is beyond repair: its subjects cannot be read any more.
    type(stuck).objects.filter(pk=stuck.pk).update(about=[["engagement", "none"]])
    assert release_due(at=NOON) == 1
    stuck.refresh_from_db()
    other.refresh_from_db()
    assert (stuck.state, other.state) == (MessageState.PENDING, MessageState.SENT)


def test_a_reply_taken_back_is_a_draft_again_with_its_files(elm, maria):
    picture = file_of(maria)
    message = write(elm.conversation, words("Try this.", picture), by=maria, at=NOON)
    draft = undo(message, by=maria, at=NOON)
    assert draft.body == "Try this."
    assert [row.attachment for row in draft.attached.all()] == [picture]
    assert (message.state, message.body, message.attached.count()) == (MessageState.UNDONE, "", 0)
    assert last_entry(elm.conversation).kind == "message.undone"


def test_a_reply_taken_back_never_leaves_and_is_seen_by_nobody(elm, maria):
    message = write(elm.conversation, words(), undo_for=AT_ONCE, by=maria, at=NOON)
    undo(message, by=maria, at=NOON)
    assert not release(message, at=NOON)
    assert release_due(at=NOON + timedelta(days=1)) == 0
    assert not messages_visible_to(elm.dana.user).exists()
    assert not messages_visible_to(maria).exists()


def test_what_was_begun_meanwhile_stands_after_what_comes_back(elm, maria):
    message = write(elm.conversation, words("First."), by=maria, at=NOON)
    save_draft(elm.conversation, kind="reply", body="Second.", by=maria, at=NOON)
    assert undo(message, by=maria, at=NOON).body == "First.\n\nSecond."


def test_taking_back_twice_changes_nothing_more(elm, maria):
    message = write(elm.conversation, words("Once."), by=maria, at=NOON)
    save_draft(elm.conversation, kind="note", body="Hm.", by=maria, at=NOON)
    undo(message, by=maria, at=NOON)
    assert undo(message, by=maria, at=NOON).body == "Once."
    assert kinds_about(elm.conversation).count("message.undone") == 1


def test_what_has_left_cannot_be_taken_back(elm, maria):
    message = write(elm.conversation, words("Gone."), by=maria, at=NOON)
    release(message, at=NOON)
    with pytest.raises(AlreadyLeft, match="the customer can read it already"):
        undo(message, by=maria, at=NOON)
    message.refresh_from_db()
    assert (message.state, message.body) == (MessageState.SENT, "Gone.")


def test_only_the_writer_takes_a_reply_back(elm, maria, theo):
    message = write(elm.conversation, words(), by=maria, at=NOON)
    for other in (theo, elm.dana.user, elm.dana.contact):
        with pytest.raises(NotPermitted):
            undo(message, by=other, at=NOON)


def test_sending_is_the_end_of_the_draft(elm, maria, theo):
    for writer in (maria, theo):
        save_draft(elm.conversation, kind="reply", body="begun", by=writer, at=NOON)
    write(elm.conversation, words(), by=maria, at=NOON)
    assert [draft.user for draft in Draft.objects.all()] == [theo]


def test_a_customer_does_not_speak_as_staff(elm):
    for by in (elm.dana.user, elm.dana.contact):
        with pytest.raises(NotPermitted):
            write(elm.conversation, words(), by=by, at=NOON)


def test_what_the_product_writes_is_automatic_and_no_contact_by_a_person(elm):
    message = write(elm.conversation, words("We have your case."), undo_for=AT_ONCE, by=TEST, at=NOON)
    release(message, at=NOON)
    entry = last_entry(elm.conversation)
    assert entry.facts["automatic"] is True
    assert entry.actor_kind == "system.conversations"


def test_an_answer_in_a_chat_is_live(elm, maria):
    live = Words(body="Hello", channel="chat")
    release(write(elm.conversation, live, undo_for=AT_ONCE, by=maria, at=NOON), at=NOON)
    assert last_entry(elm.conversation).facts["contact_live"] is True


def test_saying_nothing_is_refused_in_words():
    with pytest.raises(NothingSaid, match="nothing written yet"):
        Words(body="  \n ")


def test_a_file_alone_is_something_said(elm, maria):
    message = write(elm.conversation, words("", file_of(maria)), by=maria, at=NOON)
    assert message.attached.count() == 1


def test_what_is_entered_later_counts_when_it_happened_and_says_so(elm, maria):
    earlier = NOON - timedelta(hours=2)
    message = enter_later(
        elm.conversation, Words(body="We spoke.", channel="phone"), happened_at=earlier, by=maria, at=NOON
    )
    entry = last_entry(elm.conversation)
    assert entry.occurred_at == earlier == message.happened_at
    assert entry.facts["entered_later"] is True
    assert entry.facts["entered_at"] == NOON.isoformat()
    assert entry.facts["contact_live"] is True


def test_what_has_not_happened_yet_cannot_be_entered(elm, maria):
    with pytest.raises(NotYetHappened):
        enter_later(elm.conversation, words(), happened_at=NOON + TEN_SECONDS, by=maria, at=NOON)
