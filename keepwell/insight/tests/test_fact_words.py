from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from keepwell.insight.fact_words import fact_words, sentence
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("name", "fact", "words"),
    [
        ("severity", "high", "High"),
        ("to_state", "waiting_on_customer", "Waiting on customer"),
        ("metric", "initial_contact", "Initial contact"),
        ("role", "executive_sponsor", "Executive sponsor"),
        ("due_at", "2026-11-23T20:30:00+00:00", "14:30"),
        ("starts_on", "2026-11-24", "tomorrow"),
        ("case", 12, 12),
        ("version", "2026", "2026"),
        ("reference", "2026-13-99", "2026-13-99"),
        ("note", None, None),
    ],
)
def test_a_fact_reads_as_people_say_it(name, fact, words):
    assert fact_words(name, fact, now=NOW, zone=CHICAGO) == words


def test_every_kind_makes_a_sentence_even_without_its_facts():
    for kind in all_kinds():
        words = sentence(Entry(kind=kind.name, facts={}), now=NOW, zone=CHICAGO)
        assert words
        assert "%(" not in words
