"""A closed month keeps what was told of it, and says so when it changes."""

from datetime import datetime

import pytest

from keepwell.cases.verbs.reopening import reopen
from keepwell.service_levels.closing_windows import close_windows, told_before
from keepwell.service_levels.measuring import figures_of
from keepwell.service_levels.models import ClosedWindow
from keepwell.service_levels.tests.conftest import at
from keepwell.service_levels.tests.test_attainment import JUNE, solved, watched  # noqa: F401

pytestmark = pytest.mark.django_db
JULY = datetime.fromisoformat("2026-07-01T12:00:00+00:00")


def test_each_guideline_keeps_its_last_month_once(watched, solved):  # noqa: F811
    watched("resolution", "high")
    solved("high", "9 12:00", "9 15:00")
    assert close_windows(at=JULY) == 10
    assert close_windows(at=JULY) == 0
    kept = ClosedWindow.objects.get(guideline__name="Resolution, High")
    assert (kept.first_on, kept.last_on, kept.kept, kept.met) == (JUNE.first, JUNE.last, 1.0, 1)


def test_what_has_not_changed_says_nothing(watched, solved):  # noqa: F811
    version = watched("resolution", "high")
    solved("high", "9 12:00", "9 15:00")
    close_windows(at=JULY)
    assert told_before(figures_of(version, JUNE, at=JULY)) is None


def test_a_case_reopened_after_the_month_is_told(watched, solved, maria):  # noqa: F811
    version = watched("resolution", "high")
    case = solved("high", "28 12:00", "28 15:00")
    close_windows(at=JULY)
    reopen(case, by=maria, at=JULY)
    told = told_before(figures_of(version, JUNE, at=JULY))
    assert (told.met, told.undecided, told.told_at) == (1, 0, JULY)


def test_a_window_that_was_never_kept_says_nothing(watched, solved):  # noqa: F811
    version = watched("resolution", "high")
    solved("high", "9 12:00", "9 15:00")
    assert told_before(figures_of(version, JUNE, at=at("20 12:00"))) is None
