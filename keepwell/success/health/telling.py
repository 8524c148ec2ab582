"""Health in words: bands, readings, and why a score or a band moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keepwell.kit.figures import MINUS
from keepwell.success.health.cards import Band
from keepwell.success.health.changes import Cause, Change
from keepwell.success.health.measures import MEASURES
from keepwell.success.health.scoring import Reading, Standing

BAND_WORDS: dict[Band, str | Promise] = {
    Band.RED: gettext_lazy("Red"),
    Band.AMBER: gettext_lazy("Amber"),
    Band.GREEN: gettext_lazy("Green"),
    Band.INSUFFICIENT: gettext_lazy("Too little known"),
}
CAUSE_WORDS: dict[Cause, str | Promise] = {
    Cause.SCORE: gettext_lazy("the score moved"),
    Cause.CRITICAL_CAP: gettext_lazy("a critical measure caps it, or no longer does"),
    Cause.HYSTERESIS: gettext_lazy("the score is clear of the border now"),
    Cause.COVERAGE: gettext_lazy("more or less is known"),
    Cause.OVERRIDE_SET: gettext_lazy("somebody said so"),
    Cause.OVERRIDE_EXPIRED: gettext_lazy("what somebody said no longer holds"),
}
STANDING_WORDS: dict[Standing, str | Promise] = {
    Standing.KNOWN: gettext_lazy("known"),
    Standing.STALE: gettext_lazy("too old"),
    Standing.MISSING: gettext_lazy("not known"),
    Standing.NOT_APPLICABLE: gettext_lazy("does not apply"),
}
TONES = {Band.RED: "bad", Band.AMBER: "warn", Band.GREEN: "good", Band.INSUFFICIENT: ""}
# A part that is rounded away is none.
TOLD_FROM = Fraction(1, 2)
PARTS_TOLD = 3


def measure_words(key: str) -> str:
    """What a measure is called; one that nothing reads any more by its key."""
    return str(MEASURES[key].words) if key in MEASURES else key


def reading_words(key: str, reading: Reading) -> str:
    """The value as a person reads it: "43%", "12 days"; "" where there is none."""
    if reading.value is None:
        return ""
    if key in MEASURES and MEASURES[key].written == "days":
        return ngettext("%(days)s day", "%(days)s days", round(reading.value)) % {
            "days": round(reading.value)
        }
    return f"{signed(reading.value * 100, plus=False)}%"


def signed(points: Fraction, *, plus: bool = True) -> str:
    """A whole number of points with its sign: +6, −12."""
    whole = round(points)
    return f"{MINUS if whole < 0 else '+' if plus and whole > 0 else ''}{abs(whole)}"


def whole_parts(parts: Mapping[str, Fraction]) -> dict[str, int]:
    """Each as whole points, so that together they are the whole that is shown: who lost most by rounding down
    gets the rest.
    """
    whole = {key: floor(part) for key, part in parts.items()}
    left = round(sum(parts.values(), Fraction(0))) - sum(whole.values())
    by_loss = sorted(parts, key=lambda key: (whole[key] - parts[key], key))
    return whole | {key: whole[key] + 1 for key in by_loss[: max(left, 0)]}


def change_words(change: Change) -> str:
    """What moved the score most, in a line; "" where nothing did that shows."""
    return ", ".join(f"{words} {signed(part)}" for words, part in list(_parts(change))[:PARTS_TOLD])


def _parts(change: Change) -> Iterator[tuple[str, Fraction]]:
    """The parts that show, the largest first."""
    named = [
        (_("another card"), change.version),
        (_("other things are known"), change.coverage),
        *((measure_words(key), part) for key, part in change.measures.items()),
    ]
    yield from sorted((one for one in named if abs(one[1]) >= TOLD_FROM), key=lambda one: -abs(one[1]))
