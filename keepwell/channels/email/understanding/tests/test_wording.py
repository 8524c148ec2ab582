"""Decisions in words, and the page that is made from the table."""

from __future__ import annotations

from pathlib import Path

from keepwell.channels.email.understanding.deciding import decide
from keepwell.channels.email.understanding.decision_page import page
from keepwell.channels.email.understanding.evidence import Evidence, Kind, Proof, Reference, Sender, Via
from keepwell.channels.email.understanding.tests.test_deciding import EVERYTHING

PAGE = Path(__file__).parents[5] / "docs" / "operate" / "mail-decisions.md"


def test_the_page_shows_the_table_as_it_is():
    again = "python -m keepwell.channels.email.understanding.decision_page > docs/operate/mail-decisions.md"
    assert PAGE.read_text(encoding="utf-8") == page(), f"run {again}"


def test_a_reply_says_why_it_joined():
    joined = Evidence(
        reference=Reference.SEALED,
        via=Via.REPLY_ADDRESS,
        conversation=18,
        sender=Sender.PARTICIPANT,
        contact=7,
        proof=Proof.PASSED,
        host="mx.help.example",
    )
    assert decide(joined).why == (
        "It joined this conversation: it came by the reply address that only its sender was given; it says "
        "that it is from somebody who takes part; mx.help.example proves its sender."
    )


def test_every_decision_says_why_in_whole_words():
    for one in EVERYTHING:
        why = decide(one).why
        assert why.endswith(".")
        assert "%" not in why


def test_a_machine_is_named_and_nothing_else():
    assert decide(Evidence(kind=Kind.OWN_MAIL)).why == (
        "It was put aside and answers nothing: it is a mail of our own that came back."
    )
