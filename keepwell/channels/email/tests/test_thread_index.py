from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from keepwell.channels.email.thread_index import ANSWERS_AT_MOST, answered
from keepwell.channels.email.understanding.naming import thread_of

HEAD = bytes(range(22))


def test_an_answer_stays_in_the_thread_and_is_one_step_further():
    index = answered(b64encode(HEAD + b"12345").decode())
    assert b64decode(index) == HEAD + b"12345" + bytes(5)
    assert thread_of(index) == HEAD.hex()


@pytest.mark.parametrize("index", ["", "no base64!", "AAAA", b64encode(HEAD + b"1234").decode()])
def test_what_is_no_index_is_not_carried_on(index: str):
    assert answered(index) == ""


def test_an_index_does_not_grow_without_end():
    assert answered(b64encode(HEAD + bytes(5 * (ANSWERS_AT_MOST - 1))).decode())
    assert not answered(b64encode(HEAD + bytes(5 * ANSWERS_AT_MOST)).decode())
