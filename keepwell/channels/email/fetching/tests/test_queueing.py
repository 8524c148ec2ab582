"""Which mail is fetched next, and when again after a failure."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from keepwell.channels.email.fetching.backing_off import mail_again_after, server_again_after
from keepwell.channels.email.fetching.queueing import TOGETHER, TOGETHER_BYTES, Queue, bundles


def test_what_comes_in_goes_before_what_had_piled_up():
    queue = Queue()
    queue.pile_up(range(1, 101))
    assert queue.take() == (list(range(1, 21)), True)
    queue.come_in([101, 102])
    assert queue.take() == ([101, 102], False)
    assert queue.take() == (list(range(21, 41)), True)


def test_nothing_is_put_in_twice():
    queue = Queue()
    queue.pile_up([1, 2, 3])
    queue.come_in([2, 3, 4])
    queue.come_in([4])
    assert queue.take() == ([4], False)
    queue.come_in([4])
    assert queue.take() == ([1, 2, 3], True)
    assert queue.take() == ([], True)


@given(st.lists(st.integers(0, 3 * TOGETHER_BYTES), max_size=40))
def test_heavy_mails_are_fetched_alone_and_none_is_left_out(weights: list[int]):
    sizes = dict(enumerate(weights, start=1))
    found = list(bundles(sizes))
    assert [uid for bundle in found for uid in bundle] == sorted(sizes)
    assert all(len(one) == 1 or sum(sizes[uid] for uid in one) <= TOGETHER_BYTES for one in found)


def test_a_few_are_taken_at_a_time():
    queue = Queue()
    queue.pile_up(range(1000))
    assert len(queue.take()[0]) == TOGETHER


def test_a_server_that_is_down_is_asked_less_and_less_often_and_never_given_up():
    waits = [server_again_after(failures).total_seconds() for failures in (1, 2, 3, 6, 7, 1000)]
    assert waits == [5, 10, 20, 160, 300, 300]


def test_a_mail_that_failed_is_begun_again_at_once_and_then_later_and_later():
    assert [mail_again_after(tries) / timedelta(minutes=1) for tries in (1, 2, 3, 4, 5)] == [0, 1, 3, 7, 15]
