"""The time zone in which somebody reads times."""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User


class ZoneUnknown(Refused):
    """No time zone has this name."""


@all_or_nothing()
def choose_time_zone(user: User, time_zone: str, *, by: Actor, at: datetime | None = None) -> None:
    """Times are shown in this zone; empty: that of the device. The same again is no news.

    People choose their own, whoever sets up people anybody's. Effects: person.changed. Errors: ZoneUnknown.
    """
    if by.actor_ref != user.actor_ref:
        permits.require(by, permits.permit_for_sign_in(user.roles))
    if time_zone and time_zone not in zoneinfo.available_timezones():
        raise ZoneUnknown(_("There is no time zone %(zone)s. Nothing was saved.") % {"zone": time_zone})
    if user.time_zone == time_zone:
        return
    user.time_zone = time_zone
    user.save(update_fields=["time_zone"])
    record("person.changed", by=by, at=at, subjects=[user.actor_ref], facts={"fields": ["time_zone"]})
