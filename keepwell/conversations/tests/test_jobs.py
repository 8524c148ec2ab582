from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.conversations.models import Message, MessageState
from keepwell.conversations.tests.elm_falls import NOON, elm_falls, kinds_about, words
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.verbs.writing import write
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = timedelta(microseconds=1)


def work() -> None:
    """A real worker takes all that is due, and ends."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def test_the_worker_lets_a_reply_leave():
    elm, maria = elm_falls(), cast.maria_the_specialist()
    message = write(elm.conversation, words(), undo_for=A_MOMENT, by=maria)
    work()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert kinds_about(elm.conversation).count("message.sent") == 1


def test_the_worker_leaves_alone_what_was_taken_back():
    elm, maria = elm_falls(), cast.maria_the_specialist()
    message = write(elm.conversation, words(), undo_for=A_MOMENT, by=maria)
    undo(message, by=maria)
    work()
    message.refresh_from_db()
    assert message.state == MessageState.UNDONE


def test_a_reply_whose_transaction_failed_leaves_no_job():
    elm, maria = elm_falls(), cast.maria_the_specialist()

    @transaction.atomic
    def write_and_break() -> None:
        write(elm.conversation, words(), undo_for=A_MOMENT, by=maria, at=NOON)
        raise ConnectionError

    jobs = ProcrastinateJob.objects.filter(task_name="conversations.release")
    # The queue is not emptied between tests.
    before = jobs.count()
    with pytest.raises(ConnectionError):
        write_and_break()
    assert not Message.objects.exists()
    assert jobs.count() == before
