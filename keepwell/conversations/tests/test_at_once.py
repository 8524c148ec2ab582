"""Two at the same time, each with a connection of his own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from keepwell.conversations.models import Draft, Message, MessageState, Participant
from keepwell.conversations.seeing import SomethingNew
from keepwell.conversations.tests.elm_falls import NOON, elm_falls, kinds_about, said, words
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.participating import add_participant
from keepwell.conversations.verbs.releasing import release, release_due
from keepwell.conversations.verbs.seeing import require_nothing_new
from keepwell.conversations.verbs.undoing import AlreadyLeft, undo
from keepwell.conversations.verbs.writing import write
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(minutes=1)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Runs the acts together, from one starting line; gives what each gave, or the refusal it met."""
    line = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        line.wait(5)
        try:
            return act()
        except (AlreadyLeft, SomethingNew) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(20) for done in [pool.submit(run, act) for act in acts]]


def copy_of(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize("_time", range(5))
def test_two_releases_at_once_send_once(_time):
    elm, maria = elm_falls(), cast.maria_the_specialist()
    message = write(elm.conversation, words(), by=maria, at=NOON)
    gave = at_once(*(lambda: release(copy_of(message), at=LATER) for _n in range(3)))
    assert sorted(gave) == [False, False, True]
    assert kinds_about(elm.conversation).count("message.sent") == 1


def test_two_sweeps_at_once_send_each_message_once():
    elm, maria = elm_falls(), cast.maria_the_specialist()
    for number in range(6):
        write(elm.conversation, words(f"m{number}"), by=maria, at=NOON)
    gave = at_once(lambda: release_due(at=LATER), lambda: release_due(at=LATER))
    assert sum(gave) == 6
    assert kinds_about(elm.conversation).count("message.sent") == 6


@pytest.mark.parametrize("_time", range(8))
def test_either_it_is_taken_back_or_it_leaves(_time):
    elm, maria = elm_falls(), cast.maria_the_specialist()
    message = write(elm.conversation, words("now"), by=maria, at=NOON)
    left, undone = at_once(
        lambda: release(copy_of(message), at=LATER), lambda: undo(copy_of(message), by=maria, at=LATER)
    )
    message.refresh_from_db()
    if left:
        assert (undone, message.state, message.body) == (AlreadyLeft, MessageState.SENT, "now")
        assert not Draft.objects.exists()
    else:
        assert (undone.body, message.state, message.body) == ("now", MessageState.UNDONE, "")
    told = kinds_about(elm.conversation)
    assert told.count("message.sent") + told.count("message.undone") == 1


def test_whoever_undoes_waits_for_a_release_that_is_on_its_way():
    elm, maria = elm_falls(), cast.maria_the_specialist()
    message = write(elm.conversation, words("now"), by=maria, at=NOON)
    started = threading.Event()

    def undo_meanwhile() -> Any:
        started.set()
        return undo(copy_of(message), by=maria, at=LATER)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert release(message, at=LATER)
            meanwhile = pool.submit(_closing, undo_meanwhile)
            assert started.wait(5)
            assert not meanwhile.done()
        with pytest.raises(AlreadyLeft):
            meanwhile.result(20)


def test_of_two_who_answer_at_once_the_second_learns_of_the_first():
    elm, maria, theo = elm_falls(), cast.maria_the_specialist(), cast.theo_at_level_two()
    read = said(elm.conversation, elm.dana)

    def answer(by: Any) -> Any:
        with transaction.atomic():
            require_nothing_new(elm.conversation, seen_through=read.pk, by=by)
            return write(elm.conversation, words(f"from {by.pk}"), by=by, at=NOON)

    gave = at_once(lambda: answer(maria), lambda: answer(theo))
    assert len([one for one in gave if one is SomethingNew]) == 1
    assert Message.objects.filter(state=MessageState.PENDING).count() == 1


def test_a_customer_is_not_held_up_by_one_who_answers():
    elm, maria = elm_falls(), cast.maria_the_specialist()
    read = said(elm.conversation, elm.dana)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        require_nothing_new(elm.conversation, seen_through=read.pk, by=maria)
        # Finishes while the other transaction is still open, or not at all.
        pool.submit(_closing, lambda: said(elm.conversation, elm.dana, "meanwhile")).result(5)
    assert Message.objects.filter(body="meanwhile").exists()


def test_saving_one_draft_in_two_tabs_keeps_one_of_them():
    elm, maria = elm_falls(), cast.maria_the_specialist()
    at_once(
        *(
            lambda body=body: save_draft(elm.conversation, kind="reply", body=body, by=maria, at=NOON)
            for body in ("one", "two", "three")
        )
    )
    assert Draft.objects.get().body in {"one", "two", "three"}


def test_two_who_add_the_same_participant_add_him_once():
    elm, maria, theo = elm_falls(), cast.maria_the_specialist(), cast.theo_at_level_two()
    carl = cast.carl_the_administrator_of_elm_falls().contact
    at_once(*(lambda by=by: add_participant(elm.conversation, carl, by=by, at=NOON) for by in (maria, theo)))
    assert Participant.objects.filter(contact=carl).count() == 1
    assert kinds_about(elm.conversation).count("participant.added") == 1


def _closing(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()
