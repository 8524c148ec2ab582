"""What is a day, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from keepwell.kit.days import day_in


@pytest.mark.parametrize("text", ["2026-06-09", "20260609", "2026-W24-2"])
def test_a_day_is_read(text):
    assert day_in(text) == date(2026, 6, 9)


@pytest.mark.parametrize("text", ["", "today", "2026-02-30", "0001-01-01", "9999-12-31", "2026-06-09T12:00"])
def test_what_is_no_day_is_none(text):
    assert day_in(text) is None
