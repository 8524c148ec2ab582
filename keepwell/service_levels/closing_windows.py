"""Keeping what is told of a window when it ends. A closed month that changes later says so."""

from __future__ import annotations

from datetime import datetime

from keepwell.kit import clock as kit_clock
from keepwell.service_levels.measuring import Figures, figures_of, present_window
from keepwell.service_levels.models import ClosedWindow, GuidelineVersion
from keepwell.service_levels.models.guideline import WindowKind
from keepwell.service_levels.queries import guidelines_in_force
from keepwell.service_levels.windows import Window, earlier


def close_windows(*, at: datetime | None = None) -> int:
    """Keeps the last window of each guideline that has ended; gives how many are new. Again, it keeps none.

    Rolling windows end every day and are not kept.
    """
    at = kit_clock.instant(at)
    versions = guidelines_in_force().exclude(window=WindowKind.ROLLING)
    return sum(
        _close(version, earlier(present_window(version, at), version.window), at) for version in versions
    )


def _close(version: GuidelineVersion, window: Window, at: datetime) -> bool:
    if ClosedWindow.objects.filter(guideline=version.guideline, **_days(window)).exists():
        return False
    found = figures_of(version, window, at=at)
    counts, kept = found.attainment.counts, found.attainment.kept
    _told, is_new = ClosedWindow.objects.get_or_create(
        guideline=version.guideline,
        **_days(window),
        defaults={
            "told_at": at,
            "kept": kept.share if kept else None,
            "met": counts.met,
            "missed": counts.missed,
            "undecided": counts.undecided,
        },
    )
    return is_new


def told_before(found: Figures) -> ClosedWindow | None:
    """What was told of this window when it had ended, where it is not what is told now."""
    told = ClosedWindow.objects.filter(guideline=found.version.guideline, **_days(found.window)).first()
    return told if told is not None and _differs(told, found) else None


def _differs(told: ClosedWindow, found: Figures) -> bool:
    counts = found.attainment.counts
    now = (counts.met, counts.missed, counts.undecided)
    return (told.met, told.missed, told.undecided) != now


def _days(window: Window) -> dict[str, object]:
    return {"first_on": window.first, "last_on": window.last}
