"""What a guideline would have said: its figures in the present window and in those before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from keepwell.service_levels.measuring import Figures, figures_of, present_window
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.trailing import NO_YEAR
from keepwell.service_levels.windows import Window, earlier

WINDOWS = 3


def last_windows(version: GuidelineVersion, *, at: datetime) -> list[Figures]:
    """The newest first, of the clocks that are there; the version need not be saved, and nothing is kept.

    The budget is that of the clocks so far: the year behind, which says how many are to come, takes longer
    to read than all three windows.
    """
    windows = islice(_backwards(version, at), WINDOWS)
    return [figures_of(version, window, at=at, year=(NO_YEAR, at)) for window in windows]


def _backwards(version: GuidelineVersion, at: datetime) -> Iterator[Window]:
    window = present_window(version, at)
    while True:
        yield window
        window = earlier(window, version.window)
