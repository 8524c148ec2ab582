"""Random but repeatable calendars and questions, leaning towards where clocks change and doors open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

ZONES = [
    "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
    "Africa/Cairo", "America/Nuuk", "America/Havana", "Asia/Beirut", "America/Sao_Paulo",
    "America/Asuncion", "Antarctica/Troll", "Asia/Gaza", "America/St_Johns", "Asia/Kathmandu",
    "Pacific/Chatham", "Asia/Pyongyang", "America/Caracas", "Europe/Dublin", "Asia/Tehran",
    "America/Santiago", "Europe/Istanbul", "Asia/Kolkata", "UTC", "Pacific/Kiritimati",
    "America/Scoresbysund", "Africa/El_Aaiun", "Antarctica/Casey", "Asia/Amman", "America/Godthab",
]  # fmt: skip
DAY_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
UNITS = ["hours", "business_hours", "business_days", "end_of_business_day"]


@dataclass(frozen=True)
class RandomCalendar:
    """A calendar in the written shape and the local dates its questions come from."""

    mapping: dict
    first: date
    last: date
    moments: list


def random_calendar(rng: Random, *, zone: str | None = None, first_year: int | None = None) -> RandomCalendar:
    zone = zone or rng.choice(ZONES)
    first = date(first_year or rng.randint(2015, 2036), 1, 1)
    hours = {day: _intervals(rng) for day in DAY_NAMES if rng.random() < 0.75}
    if not any(hours.values()):
        hours["sun"] = [["00:00", "24:00"]]
    changes = _changes(ZoneInfo(zone), first)
    mapping = {
        "timezone": zone,
        "hours": hours,
        "exceptions": _exceptions(rng, first, changes),
    }
    return RandomCalendar(mapping, first, first + timedelta(days=800), changes)


def random_instant(rng: Random, calendar: RandomCalendar) -> datetime:
    """Anywhere in the first 400 days; half of the time near a clock change, often on a full quarter."""
    if calendar.moments and rng.random() < 0.5:
        at = rng.choice(calendar.moments) + timedelta(seconds=rng.randint(-200_000, 170_000))
    else:
        at = datetime(calendar.first.year, 1, 3, tzinfo=UTC) + timedelta(seconds=rng.randrange(400 * 86_400))
    if rng.random() < 0.4:
        at = at.replace(minute=at.minute // 15 * 15, second=0) + timedelta(seconds=rng.choice([-1, 0, 0, 1]))
    return at


def random_amount(rng: Random, unit: str) -> int | float:
    if unit == "business_days":
        return rng.randint(1, 20)
    if unit == "end_of_business_day":
        return rng.randint(0, 8)
    return rng.choice([rng.randint(1, 60), rng.randint(1, 400) / 8, round(rng.uniform(0.001, 30), 4)])


def _intervals(rng: Random) -> list:
    style = rng.random()
    if style < 0.15:
        return [["00:00", "24:00"]]
    if style < 0.3:
        return [["00:00", _time(rng, 1, 240)], [_time(rng, 1200, 1439), "24:00"]]
    if style < 0.5:
        return _cut(rng, 0, 300)
    return _cut(rng, 0, 1440)


def _cut(rng: Random, low: int, high: int) -> list:
    """Up to three intervals between two minutes of the day, some of them touching."""
    step = rng.choice([1, 5, 15, 30])
    edges = sorted(rng.sample(range(low, high + 1, step), rng.choice([2, 2, 3, 4, 6])))
    pairs = pairwise(edges) if len(edges) == 3 else zip(edges[::2], edges[1::2], strict=True)
    return [[_written(opens), _written(closes)] for opens, closes in pairs]


def _exceptions(rng: Random, first: date, changes: list) -> dict:
    dates = {first + timedelta(days=rng.randrange(800)) for _ in range(rng.randint(0, 25))}
    closed = first + timedelta(days=rng.randrange(400))
    long_closure = {closed + timedelta(days=day) for day in range(rng.choice([0, 0, 5, 90]))}
    at_changes = {at.date() for at in changes if rng.random() < 0.2}
    chosen = {day: rng.choice([[], _intervals(rng)]) for day in sorted(dates | at_changes)}
    return {
        day.isoformat(): intervals
        for day, intervals in {**chosen, **{day: [] for day in long_closure}}.items()
    }


def _changes(zone: ZoneInfo, first: date) -> list:
    """Moments in the first 400 days, each at most six hours after the zone's offset changed."""
    moments = [
        datetime(first.year, 1, 3, tzinfo=UTC) + timedelta(hours=hour) for hour in range(0, 400 * 24, 6)
    ]
    offsets = [at.astimezone(zone).utcoffset() for at in moments]
    return [
        at for at, before, after in zip(moments[1:], offsets, offsets[1:], strict=False) if before != after
    ]


def _time(rng: Random, low: int, high: int) -> str:
    return _written(rng.randint(low, high))


def _written(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
