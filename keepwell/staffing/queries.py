"""Questions about the vendor's people at work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.queries import (
    default_calendar,
    version_in_force,
    version_of_support_hours,
)
from keepwell.journal.models import Entry
from keepwell.kit.asking import Question
from keepwell.people.models import User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.staffing.models import CallOut, Rota, StaffProfile, Team, TimeOff
from keepwell.staffing.on_call import Span, Turns, line_at, without

A_DAY = timedelta(days=1)


def staff() -> QuerySet[User]:
    """The vendor's people who can sign in, by name."""
    return User.objects.filter(is_active=True, grants__role__in=STAFF_ROLES).distinct().order_by("name")


def members(team: Team) -> QuerySet[User]:
    """Who belongs to the team and can sign in, by name."""
    return staff().filter(memberships__team=team)


def teams_at(level: int) -> QuerySet[Team]:
    """The teams that work cases of this level, by name."""
    return Team.objects.filter(level=level, is_active=True)


def teams_of(user: User) -> QuerySet[Team]:
    return Team.objects.filter(memberships__user=user, is_active=True)


def presence_of(user: User) -> str:
    """What this person says of himself; "" without a profile at work."""
    return next((presence for (presence,) in PRESENCE.rows(user.pk)), "")


PRESENCE = Question(lambda user: StaffProfile.objects.filter(user=user).values_list("presence"))


def is_at_work(user: User, at: datetime) -> bool:
    """Whether the person's hours (the support hours, if none of his own) are open and he has no day off."""
    profile = StaffProfile.objects.filter(user=user).select_related("calendar").first()
    hours = _hours_of(profile.calendar if profile and profile.calendar else default_calendar(), at)
    local_date = timezone.localdate(at, hours.zone)
    return hours.is_open(at) and not is_off(user, local_date)


def hours_at_work(user: User, starts_at: datetime, ends_at: datetime) -> list[Span]:
    """When this person works between two instants, in order: the hours, without whole days off.

    The support hours, if he has none of his own; none before there are any. Three queries.
    """
    return hours_at_work_of([user.pk], starts_at, ends_at)[user.pk]


def hours_at_work_of(users: Iterable[int], starts_at: datetime, ends_at: datetime) -> dict[int, list[Span]]:
    """The same of many, by id: a query for each calendar that any of them goes by, and two or three more."""
    people = list(users)
    rows = StaffProfile.objects.filter(user__in=people, calendar__isnull=False).select_related("calendar")
    own = {row.user_id: row.calendar for row in rows}
    usual = None
    if len(own) < len(people):
        usual = WorkingCalendar.objects.filter(is_default=True).first()
    hours: dict[int, Any] = {}
    off = _days_off(people, starts_at, ends_at)
    found: dict[int, list[Span]] = {}
    for user in people:
        calendar = own.get(user) or usual
        if calendar is not None and calendar.pk not in hours:
            hours[calendar.pk] = _hours_of(calendar, starts_at)
        known = hours[calendar.pk] if calendar else None
        found[user] = _at_work(known, off[user], (starts_at, ends_at)) if known else []
    return found


def _days_off(users: list[int], starts_at: datetime, ends_at: datetime) -> dict[int, list[TimeOff]]:
    """By person, in whatever zone he works."""
    first, last = (starts_at - A_DAY).date(), (ends_at + A_DAY).date()
    found: dict[int, list[TimeOff]] = {user: [] for user in users}
    for one in TimeOff.objects.filter(user__in=users, starts_on__lte=last, ends_on__gte=first):
        found[one.user_id].append(one)
    return found


def _at_work(hours: Any, off: list[TimeOff], window: Span) -> list[Span]:
    starts_at, ends_at = window
    first, last = hours.local_date(starts_at), hours.local_date(ends_at)
    days = (first + timedelta(days=day) for day in range((last - first).days + 1))
    at_work = [on for on in days if not any(one.starts_on <= on <= one.ends_on for one in off)]
    spells = (spell for on in at_work for spell in hours.intervals_on(on))
    return [(opens, closes) for opens, closes in spells if opens < ends_at and starts_at < closes]


def is_off(user: User, on: Any) -> bool:
    return TimeOff.objects.filter(user=user, starts_on__lte=on, ends_on__gte=on).exists()


def turns_in_force() -> list[Turns]:
    """The turns of every rota in force, in the order in which their people are asked; a few queries."""
    return [rota.turns for rota in Rota.objects.standing().with_turns()]


def on_call_at(at: datetime) -> frozenset[int]:
    """Who is on call at an instant: the first of each rota."""
    lines = (line_at(turns, at) for turns in turns_in_force())
    return frozenset(line[0] for line in lines if line)


def is_nobody_on_call(at: datetime) -> bool:
    """Whether there are rotas and support is closed, and yet nobody is on call."""
    return Rota.objects.standing().exists() and is_support_closed(at) and not on_call_at(at)


def is_support_closed(at: datetime) -> bool:
    """Whether somebody has to be on call at this instant; always before there are support hours."""
    version = version_of_support_hours(at)
    return version is None or not working_time_of(version).is_open(at)


@dataclass(frozen=True, kw_only=True)
class ToCall:
    """Who is asked one after the other, and how long each has to answer; the line is empty in a gap."""

    line: tuple[int, ...]
    answer_within: timedelta


def who_to_call(at: datetime) -> ToCall | None:
    """The line of all rotas in force, those of the first level before others; None where there is no rota.

    Each has the time of the first rota that somebody is on call by.
    """
    rotas = list(Rota.objects.standing().with_turns())
    if not rotas:
        return None
    lines = [(rota, line_at(rota.turns, at)) for rota in rotas]
    first = next((rota for rota, line in lines if line), rotas[0])
    line = tuple(dict.fromkeys(person for _rota, found in lines for person in found))
    return ToCall(line=line, answer_within=timedelta(minutes=first.answer_within_minutes))


def asked_of(user: User) -> QuerySet[CallOut]:
    """What asks this person and has not ended, the oldest first."""
    return CallOut.objects.filter(ended_at=None, steps__user=user).order_by("began_at", "pk")


def closed_spans(starts_at: datetime, ends_at: datetime) -> list[Span]:
    """When support is closed between two instants, in order: then somebody has to be on call.

    All of it before there are support hours.
    """
    version = version_of_support_hours(starts_at)
    if version is None:
        return [(starts_at, ends_at)]
    hours = working_time_of(version)
    first, last = hours.local_date(starts_at), hours.local_date(ends_at)
    days = ((first + timedelta(days=day)) for day in range((last - first).days + 1))
    return without((starts_at, ends_at), [spell for on in days for spell in hours.intervals_on(on)])


def visible_entries(actor: Any) -> Any:
    """Staff may read how teams, hours and turns on call changed, and who was asked."""
    entries = Entry.objects.filter(kind__regex=r"^(staff|team|rota|call_out)\.")
    return entries if getattr(actor, "is_staff_member", False) else entries.none()


def _hours_of(calendar: WorkingCalendar, at: datetime) -> Any:
    return working_time_of(version_in_force(calendar, at))
