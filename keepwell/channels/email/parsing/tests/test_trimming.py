"""Trimming hides what was quoted, and never what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from keepwell.channels.email.parsing.trimming import trimmed

SAMPLES = Path(__file__).with_name("replies.txt")


def _samples() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            rows = found.setdefault(line[4:], [])
        elif line[1:2] == "|":
            rows.append((line[0], line[2:]))
    return found


REPLIES = _samples()


def _left(rows: list[tuple[str, str]]) -> list[str]:
    return trimmed("\n".join(text for _mark, text in rows)).split("\n")


@pytest.mark.parametrize("name", REPLIES)
def test_nothing_that_was_wanted_is_hidden(name):
    rows = REPLIES[name]
    left = _left(rows)
    assert [text for mark, text in rows if mark == "w" and text.strip() and text not in left] == []


def test_nearly_all_that_is_quoted_is_hidden():
    quoted = [(name, text) for name, rows in REPLIES.items() for mark, text in rows if mark == "h" and text]
    still = [(name, text) for name, text in quoted if text in _left(REPLIES[name])]
    assert len(quoted) >= 80
    assert len(still) <= 2, still


@pytest.mark.parametrize("name", REPLIES)
def test_what_answers_nothing_is_shown_whole(name):
    text = "\n".join(text for _mark, text in REPLIES[name]).strip("\n")
    assert trimmed(text, is_answer=False) == text


def test_what_is_forwarded_is_shown_whole():
    text = "\n".join(text for _mark, text in REPLIES["outlook english"]).strip("\n")
    assert trimmed(text, subject="FW: The printer is silent") == text
    assert trimmed(text, subject="WG: Der Drucker") == text
    assert trimmed(text, subject="Re: The printer is silent") != text


def test_a_mail_of_very_many_lines_is_shown_whole():
    text = "a\n> b\n" * 10_000
    assert trimmed(text) == text.strip("\n")
