"""Questions about the vendor's people at work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.journal.models import Entry
from keepwell.kit.asking import Question
from keepwell.people.models import User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.staffing.models import StaffProfile, Team, TimeOff


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


def is_off(user: User, on: Any) -> bool:
    return TimeOff.objects.filter(user=user, starts_on__lte=on, ends_on__gte=on).exists()


def visible_entries(actor: Any) -> Any:
    """Staff may read how teams and hours changed."""
    entries = Entry.objects.filter(kind__regex=r"^(staff|team)\.")
    return entries if getattr(actor, "is_staff_member", False) else entries.none()


def _hours_of(calendar: WorkingCalendar, at: datetime) -> Any:
    return working_time_of(version_in_force(calendar, at))
