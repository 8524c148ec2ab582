"""The cases of a run, drawn before anybody works on them: the same for every way to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from keepwell.calendars.working_time import WorkingTime
from keepwell.operate.demo.stories import SEVERITIES
from keepwell.service_levels.consequence import RISING
from keepwell.service_levels.reference import REFERENCE_HOURS

Rules = Mapping[str, Any]
Draw = np.random.Generator
HOURS = WorkingTime.parse(REFERENCE_HOURS)
WEEK_SECONDS = 7 * 86_400
# Form, portal, telephone: as in the stories of the demonstration.
ON_THE_PHONE = 0.2
BEFORE_OPENING_SECONDS = 7200


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A case as it comes: everything about it but when somebody turns to it.

    at: seconds since 1970. severity: its place in RISING. touches: seconds of work, one for each; rests: open
    seconds after each before the next can begin. asked: after which touch the customer is asked, -1 for none,
    and for how long he thinks, in seconds.
    """

    at: int
    severity: int
    is_live: bool
    touches: tuple[int, ...]
    rests: tuple[int, ...]
    asked: int
    answer: int


def begin_of(rules: Rules) -> int:
    """Midnight of the first day on the desk's own clock."""
    local = datetime.fromisoformat(rules["desk"]["begins"]).replace(tzinfo=HOURS.zone)
    return int(local.astimezone(UTC).timestamp())


def weeks_of(rules: Rules) -> int:
    desk = rules["desk"]
    return int(desk["weeks_before"] + desk["weeks_measured"] + desk["weeks_after"])


def mean_work_seconds(rules: Rules) -> float:
    """Of one case, over all severities."""
    stretch = float(np.exp(rules["cases"]["spread"] ** 2 / 2))
    of_each = {
        name: work["touches"] * work["touch_median_minutes"] * 60 * stretch
        for name, work in rules["work"].items()
    }
    return sum(SEVERITIES[name] * of_each[name] for name in SEVERITIES) / sum(SEVERITIES.values())


def staff_seconds_a_week(rules: Rules) -> float:
    shifts = rules["desk"]["shifts"]
    of_each = [
        _clock(shifts[one % len(shifts)][1]) - _clock(shifts[one % len(shifts)][0])
        for one in range(rules["desk"]["specialists"])
    ]
    return 5.0 * sum(of_each)


def _clock(text: str) -> int:
    hours, minutes = map(int, text.split(":"))
    return hours * 3600 + minutes * 60


def drawn_cases(rules: Rules, load: float, draw: Draw) -> list[Drawn]:
    """In the order in which they come."""
    weeks = weeks_of(rules)
    number = draw.poisson(load * staff_seconds_a_week(rules) / mean_work_seconds(rules) * weeks)
    times = np.sort(_openings(begin_of(rules), weeks * WEEK_SECONDS, number, rules, draw))
    weights = np.array([SEVERITIES[name] for name in RISING], dtype=float)
    severities = draw.choice(len(RISING), size=number, p=weights / weights.sum())
    return [
        _case(int(at), int(severity), rules, draw) for at, severity in zip(times, severities, strict=True)
    ]


def _openings(begins: int, lasts: int, number: int, rules: Rules, draw: Draw) -> NDArray[np.int64]:
    """At any time; what falls into closed hours mostly waits until shortly before the next opening."""
    times = begins + np.floor(draw.random(number) * lasts).astype(np.int64)
    is_moved = ~HOURS.is_open_many(times) & (draw.random(number) < rules["cases"]["opened_in_hours"])
    before = draw.integers(1, BEFORE_OPENING_SECONDS, size=number)
    return np.where(is_moved, HOURS.next_opening_many(times) - before, times)


def _case(at: int, severity: int, rules: Rules, draw: Draw) -> Drawn:
    work, cases = rules["work"][RISING[severity]], rules["cases"]
    count = 1 + int(draw.poisson(work["touches"] - 1))
    is_asked = bool(draw.random() < cases["asked"]) and count > 1
    is_live = bool(draw.random() < ON_THE_PHONE) and HOURS.is_open(instant(at))
    return Drawn(
        at=at,
        severity=severity,
        is_live=is_live,
        touches=_seconds(work["touch_median_minutes"] * 60, count, cases["spread"], draw),
        rests=_seconds(cases["rest_median_hours"] * 3600, count, cases["spread"], draw),
        asked=int(draw.integers(count - 1)) if is_asked else -1,
        answer=_seconds(cases["answer_median_hours"] * 3600, 1, cases["spread"], draw)[0],
    )


def _seconds(median: float, count: int, spread: float, draw: Draw) -> tuple[int, ...]:
    return tuple(max(60, round(median * float(one))) for one in draw.lognormal(0, spread, count))


def instant(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)
