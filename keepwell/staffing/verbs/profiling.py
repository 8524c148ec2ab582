"""What one of the vendor's people does, how good he is at what, and where he is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.calendars.models import WorkingCalendar
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import Presence, Skill, StaffProfile


@all_or_nothing()
def set_profile(
    user: User,
    *,
    title: str,
    level: int | None,
    by: Actor,
    capacity: int = 20,
    at: datetime | None = None,
) -> StaffProfile:
    """The person has this title and works at this level. Effects: staff.profiled."""
    permits.require(by, "settings.people")
    profile, _is_new = StaffProfile.objects.update_or_create(
        user=user, defaults={"title": title, "level": level, "capacity": capacity}
    )
    record(
        "staff.profiled",
        by=by,
        at=at,
        subjects=[user.actor_ref],
        facts={"level": level, "capacity": capacity},
    )
    return profile


@all_or_nothing()
def set_hours(user: User, calendar: WorkingCalendar | None, *, by: Actor, at: datetime | None = None) -> None:
    """The person works these hours; None: the support hours. Effects: staff.hours_set."""
    permits.require(by, "settings.people")
    StaffProfile.objects.update_or_create(user=user, defaults={"calendar": calendar})
    facts = {"calendar": calendar.pk if calendar else None}
    record("staff.hours_set", by=by, at=at, subjects=[user.actor_ref], facts=facts)


@all_or_nothing()
def set_skills(
    user: User, skills: Iterable[tuple[str, str]], *, by: Actor, at: datetime | None = None
) -> None:
    """The person's skills are these (kind, value) pairs and no others. Effects: staff.skilled."""
    permits.require(by, "settings.people")
    wanted = {(Skill.Kind(kind), value.strip()) for kind, value in skills}
    Skill.objects.filter(user=user).delete()
    Skill.objects.bulk_create(Skill(user=user, kind=kind, value=value) for kind, value in sorted(wanted))
    record("staff.skilled", by=by, at=at, subjects=[user.actor_ref], facts={"skills": len(wanted)})


@all_or_nothing()
def say_presence(user: User, presence: str, *, at: datetime | None = None) -> None:
    """The person says where he is; the same again is no news. Effects: staff.presence_changed."""
    at = clock.instant(at)
    presence = Presence(presence)
    changed = StaffProfile.objects.filter(user=user).exclude(presence=presence)
    if changed.update(presence=presence, presence_changed_at=at):
        record(
            "staff.presence_changed",
            by=user,
            at=at,
            subjects=[user.actor_ref],
            facts={"presence": str(presence)},
        )
