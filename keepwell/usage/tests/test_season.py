"""What is low for its season, and what is only winter."""

from __future__ import annotations

from fractions import Fraction

import pytest

from keepwell.usage.season import ENOUGH_DAYS, TRAILING_DAYS, Basis, Season, change_on, declines, season_of

TWO_YEARS = 800


def with_winters(leaves: tuple[int, ...] = (300, 660), *, lost: int = 40, weeks: int = 14) -> list[int]:
    """A hundred people of whom a crew leaves every winter."""
    away = {day for leave in leaves for day in range(leave, leave + 7 * weeks)}
    return [100 - lost if day in away else 100 for day in range(TWO_YEARS)]


def test_a_crew_that_leaves_every_winter_is_no_decline():
    values = with_winters()
    assert change_on(values, 670) == 0
    assert not any(declines(values, day) for day in range(ENOUGH_DAYS, TWO_YEARS))


@pytest.mark.parametrize("shift", [-20, -7, 7, 20])
def test_nor_is_a_winter_that_comes_early_or_late(shift):
    values = with_winters((300, 665 + shift))
    assert not any(declines(values, day) for day in range(ENOUGH_DAYS, TWO_YEARS))


def test_a_decline_shows_in_winter_and_in_summer():
    for begins in (500, 700):
        values = [value * 7 // 10 if day >= begins else value for day, value in enumerate(with_winters())]
        first = next(day for day in range(ENOUGH_DAYS, TWO_YEARS) if declines(values, day))
        assert begins <= first <= begins + 14
        assert change_on(values, first) == Fraction(-3, 10)


def test_more_than_last_year_is_said_beyond_the_most_of_then():
    values = [100] * 700
    values[650] = 125
    assert change_on(values, 650) == Fraction(1, 4)


def test_before_thirteen_months_it_is_the_middle_of_thirteen_weeks():
    values = [100] * TRAILING_DAYS + [50]
    season = season_of(values, TRAILING_DAYS)
    assert season == Season(low=Fraction(100), high=Fraction(100), basis=Basis.TRAILING)
    assert change_on(values, TRAILING_DAYS) == Fraction(-1, 2)
    assert season_of(values, TRAILING_DAYS - 1) is None
    assert season_of([100] * TWO_YEARS, ENOUGH_DAYS).basis is Basis.SAME_SEASON
    assert season_of([100] * TWO_YEARS, ENOUGH_DAYS - 1).basis is Basis.TRAILING


@pytest.mark.parametrize("value", [0, 5])
def test_where_nothing_was_used_last_year_there_is_no_part_of_it(value):
    values = [0] * 600
    values[500] = value
    assert change_on(values, 500) is None
    assert not declines(values, 500)


def test_a_week_without_work_is_no_decline_and_one_day_more_is():
    values = [100] * 700
    for day in range(600, 607):
        values[day] = 50
    assert not any(declines(values, day) for day in range(600, 606))
    assert declines(values, 606)
    values[606] = 100
    assert not any(declines(values, day) for day in range(600, 700))


def test_the_first_days_of_an_account_say_nothing():
    assert not declines([1, 2, 3], 2)
    assert season_of([], 0) is None
