"""Opening hours laid out over years: sorted openings and closings with running sums."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from keepwell.calendars.working_time_errors import (
    NeverOpensAgain,
    OutsidePreparedYears,
    WorkingTimeError,
    gettext_noop,
)
from keepwell.calendars.working_time_hours import DAY_SECONDS, OpeningHours
from keepwell.calendars.working_time_zones import Seconds, ZoneOffsets, zone_offsets

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MONDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, kw_only=True, eq=False)
class PreparedYears:
    """All openings between `begins` and `ends`, in UTC seconds.

    `opens`, `closes`: intervals in order that neither overlap nor touch, after one empty
    interval just before `begins` that spares every search its left edge. `open_before`,
    `open_through`: open seconds from `begins` to each opening and to each closing.
    `dates`: business days as days since 1970-01-01, each with its first opening and last
    closing; `latest_closes` is the running maximum of these closings.
    """

    begins: int
    ends: int
    opens_later: bool
    zone: ZoneOffsets
    opens: Seconds
    closes: Seconds
    open_before: Seconds
    open_through: Seconds
    dates: Seconds
    first_opens: Seconds
    last_closes: Seconds
    latest_closes: Seconds

    def nothing_ahead(self) -> WorkingTimeError:
        """Why a search ran off the end of these years."""
        if self.opens_later:
            return outside_prepared_years()
        return NeverOpensAgain(gettext_noop("This calendar has no opening left to answer with."))


def outside_prepared_years() -> OutsidePreparedYears:
    """The refusal of an instant that was not prepared."""
    return OutsidePreparedYears(
        gettext_noop("This date lies outside the years the calendar was prepared for.")
    )


@lru_cache(maxsize=64)
def prepare(hours: OpeningHours, first_year: int, last_year: int) -> PreparedYears:
    """Lay the hours out over whole local years, first and last included (milliseconds, kept)."""
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    zone = zone_offsets(hours.timezone, _day(first) * DAY_SECONDS, _day(last) * DAY_SECONDS)
    begins, ends = zone.instants(np.array([_day(first), _day(last) + 1]) * DAY_SECONDS).tolist()
    # The day before the first: a skipped hour may move its hours over midnight into the first.
    opens, closes = _instants(_wall_intervals(hours, _day(first) - 1, _day(last)), zone)
    kept = (closes > begins) & (opens < ends)
    opens, closes = np.maximum(opens[kept], begins), closes[kept]
    return PreparedYears(
        begins=begins,
        ends=ends,
        opens_later=hours.opens_after(last),
        zone=zone,
        **_timeline(opens, np.minimum(closes, ends), begins),
        **_business_days(opens, closes, zone),
    )


def _day(on: date) -> int:
    return on.toordinal() - _EPOCH_ORDINAL


def _wall_intervals(hours: OpeningHours, first: int, last: int) -> Seconds:
    """Rows of (opening, closing) in wall seconds since 1970, in no order."""
    excepted = {_day(on): intervals for on, intervals in hours.exceptions if first <= _day(on) <= last}
    days = np.arange(first, last + 1, dtype=np.int64)
    weekly = days[~np.isin(days, list(excepted))]
    rows = [
        weekly[weekly % 7 == (weekday + 7 - _MONDAY) % 7][:, None] * DAY_SECONDS
        + np.array(interval, dtype=np.int64)
        for weekday, intervals in enumerate(hours.week)
        for interval in intervals
    ]
    rows += [
        day * DAY_SECONDS + np.array([interval], dtype=np.int64)
        for day, intervals in excepted.items()
        for interval in intervals
    ]
    return np.concatenate([np.empty((0, 2), dtype=np.int64), *rows])


def _instants(walls: Seconds, zone: ZoneOffsets) -> tuple[Seconds, Seconds]:
    """Openings and closings in order of opening, without the intervals that a skipped hour empties."""
    opens, closes = zone.instants(walls).T
    order = np.argsort(opens, kind="stable")
    opens, closes = opens[order], closes[order]
    kept = opens < closes
    return opens[kept], closes[kept]


def _timeline(opens: Seconds, closes: Seconds, begins: int) -> dict[str, Seconds]:
    opens = np.concatenate([[begins - 1], opens])
    reach = np.maximum.accumulate(np.concatenate([[begins - 1], closes]))
    starts_anew = np.concatenate([[True], opens[1:] > reach[:-1]])
    firsts = np.flatnonzero(starts_anew)
    opens, closes = opens[firsts], reach[np.append(firsts[1:], len(reach)) - 1]
    open_through = np.cumsum(closes - opens)
    return {
        "opens": opens,
        "closes": closes,
        "open_before": open_through - (closes - opens),
        "open_through": open_through,
    }


def _business_days(opens: Seconds, closes: Seconds, zone: ZoneOffsets) -> dict[str, Seconds]:
    """A business day is a local date on which an interval opens, where a skipped hour moved it too."""
    on = zone.walls(opens) // DAY_SECONDS
    order = np.lexsort((opens, on))
    dates, firsts = np.unique(on[order], return_index=True)
    last_closes = np.maximum.reduceat(closes[order], firsts) if len(dates) else closes
    return {
        "dates": dates,
        "first_opens": opens[order][firsts],
        "last_closes": last_closes,
        "latest_closes": np.maximum.accumulate(last_closes),
    }
