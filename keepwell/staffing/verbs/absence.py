"""Days off."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import TimeOff


class EndsBeforeStart(Refused):
    """The last day lies before the first."""


@all_or_nothing()
def take_time_off(
    user: User, starts_on: date, ends_on: date, *, kind: str, by: Actor, at: datetime | None = None
) -> TimeOff:
    """The person does not work on these days, first and last included.

    People enter their own days, whoever sets up people anybody's. Effects: staff.took_time_off.
    Errors: EndsBeforeStart.
    """
    _require_own_or_settings(user, by)
    if ends_on < starts_on:
        raise EndsBeforeStart(_("The last day lies before the first. Nothing was saved."))
    time_off = TimeOff.objects.create(
        user=user, starts_on=starts_on, ends_on=ends_on, kind=TimeOff.Kind(kind)
    )
    _record("staff.took_time_off", time_off, by=by, at=at)
    return time_off


@all_or_nothing()
def give_back_time_off(time_off: TimeOff, *, by: Actor, at: datetime | None = None) -> None:
    """The person works on these days after all. Effects: staff.gave_back_time_off."""
    _require_own_or_settings(time_off.user, by)
    _record("staff.gave_back_time_off", time_off, by=by, at=at)
    time_off.delete()


def _require_own_or_settings(user: User, by: Actor) -> None:
    if by.actor_ref != user.actor_ref:
        permits.require(by, "settings.people")


def _record(kind: str, time_off: TimeOff, *, by: Actor, at: datetime | None) -> None:
    days = {"starts_on": time_off.starts_on.isoformat(), "ends_on": time_off.ends_on.isoformat()}
    record(kind, by=by, at=at, subjects=[time_off.user.actor_ref], facts=days)
