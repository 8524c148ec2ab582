from __future__ import annotations

import pytest

from keepwell.outbox.variables import OF_MAILS, filled, unknown


def test_names_are_filled_in_once_and_what_they_say_is_not_looked_into():
    assert filled("Dear {contact},", {"contact": "Dana {case}", "case": "7"}) == "Dear Dana {case},"


def test_a_line_that_names_what_the_mail_does_not_have_is_left_out():
    text = "Your case {case}.\nWe answer by {promise}.\n\nPublica"
    assert filled(text, {"case": "7", "promise": ""}) == "Your case 7.\n\nPublica"


def test_braces_that_hold_no_name_stay():
    assert filled("{ } {1} {}", {}) == "{ } {1} {}"


@pytest.mark.parametrize(
    ("text", "strange"),
    [("{case} {contact}", []), ("{Case} {promis} {promis}", ["Case", "promis"]), ("{not this}", [])],
)
def test_names_outside_the_list_are_told_each_once(text: str, strange: list[str]):
    assert unknown(text, OF_MAILS) == strange
