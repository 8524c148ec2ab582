"""When somebody may be told outside the house: digests, quiet hours, on call. Pure: the instant is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from keepwell.notices.happenings import Happening, Way, is_urgent

AN_HOUR = timedelta(hours=1)


class Digest(StrEnum):
    """How what is not urgent is gathered."""

    NONE = "none"
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that happened, as far as the rule asks."""

    happening: Happening
    at: datetime
    is_high: bool = False


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How one person is reached. Times of day are on the wall in his `zone`.

    `ways` are those he wants for each happening; `quiet_from` to `quiet_until` may go over midnight and are
    never the same.
    """

    ways: Mapping[Happening, frozenset[Way]]
    digest: Digest
    daily_at: time
    quiet_from: time
    quiet_until: time
    zone: tzinfo
    is_on_call: bool = False

    def is_quiet(self, at: datetime) -> bool:
        """Whether his quiet hours hold at this instant; they contain their beginning but not their end."""
        local = at.astimezone(self.zone).time()
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= local < self.quiet_until
        return local >= self.quiet_from or local < self.quiet_until


def leaves_at(news: News, reach: Reach) -> Mapping[Way, datetime]:
    """By which ways he is told, and from which instant on each may: empty where he wants none.

    The bell rings at once, for it disturbs nobody. Whoever is on call is told at once and by every way of
    what asks for him and what is urgent with a case of High, whatever he chose.
    """
    if _calls(news, reach):
        return dict.fromkeys(Way, news.at)
    wanted = reach.ways.get(news.happening, frozenset())
    return {way: _leaves_by(way, news, reach) for way in wanted}


def _leaves_by(way: Way, news: News, reach: Reach) -> datetime:
    """Gathered is what is read at leisure; a device is told at once, but not in the quiet hours."""
    if way is Way.BELL:
        return news.at
    return may_leave_at(news, reach) if way is Way.MAIL else awake_at(news.at, reach)


def may_leave_at(news: News, reach: Reach) -> datetime:
    """The first instant, `news.at` or later, at which it may leave the house."""
    if _calls(news, reach):
        return news.at
    due_at = news.at if is_urgent(news.happening, is_high=news.is_high) else _gathered_at(news.at, reach)
    return awake_at(due_at, reach)


def awake_at(at: datetime, reach: Reach) -> datetime:
    """The instant itself, or the end of the quiet hours that hold then."""
    return _next_at(reach.quiet_until, at, reach) if reach.is_quiet(at) else at


def may_leave_now(news: News, reach: Reach) -> bool:
    """Whether what is due may leave at `news.at`, however late it is: not in his quiet hours."""
    return _calls(news, reach) or not reach.is_quiet(news.at)


def _calls(news: News, reach: Reach) -> bool:
    """Whether he is told at once, at night too: he is asked as the one on call, or it is urgent and he is."""
    if news.happening is Happening.CALLED:
        return True
    return reach.is_on_call and is_urgent(news.happening, is_high=news.is_high)


def _gathered_at(at: datetime, reach: Reach) -> datetime:
    if reach.digest is Digest.HOURLY:
        # Whole hours of UTC: no hour of a zone is skipped or comes twice.
        return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + AN_HOUR
    if reach.digest is Digest.DAILY:
        return _next_at(reach.daily_at, at, reach)
    return at


def _next_at(wall: time, at: datetime, reach: Reach) -> datetime:
    """When it is this time of day again, after `at`; in the night that an hour comes twice, each time.

    A time that the spring skips comes as much later as the clocks jump.
    """
    today = at.astimezone(reach.zone).date()
    walls = [datetime.combine(today + timedelta(days=days), wall) for days in range(3)]
    return min(instant for on in walls for instant in _instants_of(on, reach.zone) if instant > at)


def _instants_of(wall: datetime, zone: tzinfo) -> list[datetime]:
    found = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    # Of a skipped time one of the two lies before the jump.
    return [instant for instant in found if instant.astimezone(zone).replace(tzinfo=None) >= wall]
