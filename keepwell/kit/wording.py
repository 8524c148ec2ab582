"""Times and spans in the words people use: due in 2 h 10, late by 40 min, tomorrow 10:40.

Everything here is given its instants and its zone: nothing reads the clock. A span is cut, never
rounded up, so that nobody is promised a minute that is not there.

A page of a list says hundreds of these. What is said depends on few things, such as the minutes of a span,
so the words for them are remembered.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from keepwell.kit.remembering import remembered

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOURS_WITH_MINUTES = 10 * HOUR  # above this, minutes are noise
DAYS_WITH_HOURS = 2 * DAY
DAYS_IN_DAYS = 60 * DAY
# The minutes of ten hours, the hours of two days, days and months: late by them, due in them.
SPANS = 2048
DAYS = 4096


def duration(span: timedelta) -> str:
    """How long: 40 min, 2 h 10, 21 h, 1 day 4 h, 6 days, 3 months. A negative span counts as its length."""
    return _duration(_cut(abs(span)))


def _cut(span: timedelta) -> timedelta:
    """What of a span is said: its minutes, above ten hours its hours, above two days its days."""
    unit = MINUTE if span < HOURS_WITH_MINUTES else HOUR if span < DAYS_WITH_HOURS else DAY
    return span // unit * unit


@remembered(SPANS)
def _duration(span: timedelta) -> str:
    if span < MINUTE:
        return _("less than a minute")
    if span < HOUR:
        return _("%(minutes)s min") % {"minutes": span // MINUTE}
    if span < DAY:
        return _hours(span)
    if span < DAYS_WITH_HOURS:
        return _days_and_hours(span)
    return _many_days(span)


def _hours(span: timedelta) -> str:
    hours, minutes = span // HOUR, span % HOUR // MINUTE
    if minutes and span < HOURS_WITH_MINUTES:
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    return _("%(hours)s h") % {"hours": hours}


def _days_and_hours(span: timedelta) -> str:
    days, hours = days_in_words(span // DAY), span % DAY // HOUR
    return _("%(days)s %(hours)s h") % {"days": days, "hours": hours} if hours else days


def _many_days(span: timedelta) -> str:
    days = span // DAY
    if span < DAYS_IN_DAYS:
        return days_in_words(days)
    months = days * 2 // 61
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": months}


def days_in_words(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def due(due_at: datetime, now: datetime) -> str:
    """How a promise stands: due in 2 h 10, due now, late by 40 min.

    At the due second it is due; one second later it is late.
    """
    left = due_at - now
    return _due(_cut(left)) if left >= timedelta(0) else _late(_cut(-left))


@remembered(SPANS)
def _due(left: timedelta) -> str:
    return _("due in %(span)s") % {"span": duration(left)} if left else _("due now")


@remembered(SPANS)
def _late(by: timedelta) -> str:
    return _("late by %(span)s") % {"span": duration(by)}


def left(span: timedelta) -> str:
    """What is left, in short: 1 h 50; late 40 min when it is less than nothing."""
    return duration(span) if span >= timedelta(0) else _("late %(span)s") % {"span": duration(span)}


def met(started_at: datetime, stopped_at: datetime) -> str:
    """met in 17 min; met at once where it took no minute at all."""
    took = stopped_at - started_at
    if took < MINUTE:
        return _("met at once")
    return _("met in %(span)s") % {"span": duration(took)}


def missed(due_at: datetime, stopped_at: datetime) -> str:
    """missed by 25 min: how long after its due the promise was kept."""
    return _("missed by %(span)s") % {"span": duration(stopped_at - due_at)}


def paused(left_for: timedelta | None) -> str:
    """paused, 3 h left; paused alone where what is left is not known."""
    if left_for is None:
        return _("paused")
    return _("paused, %(span)s left") % {"span": duration(left_for)}


def ago(at: datetime, now: datetime) -> str:
    """How far away an instant is, roughly: just now, 20 min ago, 3 days ago; in 2 h if it lies ahead."""
    span = now - at
    return _ago(_largest_unit(span)) if span >= timedelta(0) else _ahead(_largest_unit(-span))


@remembered(SPANS)
def _ago(span: timedelta) -> str:
    return _("%(span)s ago") % {"span": duration(span)} if span else _("just now")


@remembered(SPANS)
def _ahead(span: timedelta) -> str:
    return _("in %(span)s") % {"span": duration(span)} if span else _("just now")


def roughly(span: timedelta) -> str:
    """How long, in its largest unit alone: 40 min, 2 h, 1 day."""
    return duration(_largest_unit(abs(span)))


def _largest_unit(span: timedelta) -> timedelta:
    unit = DAY if span >= DAY else HOUR if span >= HOUR else MINUTE
    return span // unit * unit


def clock_time(at: datetime, zone: tzinfo) -> str:
    """The time of day in that zone: 19:00."""
    local = at.astimezone(zone)
    return _time_of_day(local.hour, local.minute)


@remembered(24 * 60)
def _time_of_day(hour: int, minute: int) -> str:
    return dateformat.time_format(time(hour, minute), pgettext("time of day, as a date format", "H:i"))


@remembered(DAYS)
def day(on: date, today: date) -> str:
    """A date as spoken of: today, tomorrow, yesterday, Tue (within six days ahead), 12 Dec, 12 Dec 2027."""
    distance = (on - today).days
    if near := _near_days().get(distance):
        return near
    if 1 < distance < 7:
        return dateformat.format(on, "D")
    if on.year == today.year:
        return dateformat.format(on, pgettext("date without year, as a date format", "j M"))
    return dateformat.format(on, pgettext("date with year, as a date format", "j M Y"))


def _near_days() -> dict[int, str]:
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant as spoken of in that zone: 09:41 (today), tomorrow 09:41, Tue 09:41, 12 Dec 2027."""
    on, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    if on == today:
        return clock_time(at, zone)
    if on.year != today.year and abs((on - today).days) > 1:
        return day(on, today)
    return _("%(day)s %(time)s") % {"day": day(on, today), "time": clock_time(at, zone)}


def by(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A promise with its instant: by 13:52, by tomorrow 10:40, by Tue 10:40."""
    return _("by %(moment)s") % {"moment": moment(at, now, zone)}


def full(at: datetime, zone: tzinfo) -> str:
    """An instant without any doubt: Tue 9 June 2026, 07:52 CDT."""
    local = at.astimezone(zone)
    words = {"time": _time_of_day(local.hour, local.minute), "zone": local.tzname()}
    return _in_full(local.date()) % words


@remembered(DAYS)
def _in_full(on: date) -> str:
    """Where only the time of day and its zone are still to be put in."""
    day = dateformat.format(on, pgettext("full date, as a date format", "D j F Y"))
    return _("%(day)s, %(time)s %(zone)s") % {"day": day, "time": "%(time)s", "zone": "%(zone)s"}


def opening(is_open: bool, changes_at: datetime, now: datetime, zone: tzinfo) -> str:
    """Whether we are here and until when: Open until 19:00; Closed, open again tomorrow 07:00."""
    words = {"moment": moment(changes_at, now, zone)}
    return _("Open until %(moment)s") % words if is_open else _("Closed, open again %(moment)s") % words


def written_out(number: Decimal) -> str:
    """As one writes it: 85, 99.5, 100; neither 85.00 nor 1E+2."""
    return format(number.normalize(), "f")


def allowance(amount: Decimal | float, unit: str) -> str:
    """A promise's length as the guideline says it: within 6 hours, by the next business day.

    Unit: one of hours, business_hours, business_days, end_of_business_day. Errors: KeyError for any other.
    """
    if unit == "end_of_business_day":
        return _end_of_business_day(int(amount))
    number = written_out(Decimal(str(amount)))
    plural = 1 if number == "1" else max(2, int(amount))
    return _allowance_words(plural)[unit] % {"amount": number}


def _allowance_words(amount: int) -> dict[str, str]:
    return {
        "hours": ngettext("within %(amount)s hour", "within %(amount)s hours", amount),
        "business_hours": ngettext(
            "within %(amount)s business hour", "within %(amount)s business hours", amount
        ),
        "business_days": ngettext(
            "within %(amount)s business day", "within %(amount)s business days", amount
        ),
    }


def _end_of_business_day(days: int) -> str:
    if days == 0:
        return _("by the end of the business day")
    if days == 1:
        return _("by the next business day")
    words = ngettext(
        "by the end of %(days)s business day on", "by the end of %(days)s business days on", days
    )
    return words % {"days": days}


def file_size(size: int) -> str:
    """A file's size, in bytes, as people read it: 12 kB, 3.4 MB."""
    if size < 1000:
        return _("%(size)s bytes") % {"size": size}
    if size < 1_000_000:
        return _("%(size)s kB") % {"size": round(size / 1000)}
    return _("%(size)s MB") % {"size": format(size / 1_000_000, ".1f")}
