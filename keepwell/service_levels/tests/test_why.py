"""Every step that a clock may take is told in words."""

from datetime import UTC, datetime

import pytest

from keepwell.service_levels import clock_state
from keepwell.service_levels.clock_state import Step
from keepwell.service_levels.terms import Allowance
from keepwell.service_levels.why import SENTENCES, step_words

AT = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)


def test_every_step_has_a_sentence_of_its_own_and_no_other_has_one():
    assert set(SENTENCES) == set(clock_state.STEPS)
    assert len({str(words) for words in SENTENCES.values()}) == len(SENTENCES)


@pytest.mark.parametrize("kind", clock_state.STEPS)
def test_a_step_is_told_with_its_due_and_no_pattern_is_left(kind):
    step = Step(AT, kind, 1, AT, AT, "high", Allowance(amount=6, unit="hours"))
    words = step_words(step, moment=lambda at: f"{at:%H:%M}")
    assert words.endswith(".")
    assert "%" not in words


def test_a_start_says_what_was_promised_and_by_when_it_is_due():
    step = Step(AT, clock_state.STARTED, 1, None, AT, "high", Allowance(amount=6, unit="hours"))
    assert (
        step_words(step, moment=lambda at: f"{at:%H:%M}") == "It started. Promised within 6 hours: due 14:00."
    )
