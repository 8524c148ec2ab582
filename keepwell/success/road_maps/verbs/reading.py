"""Readings of measures, by hand or from usage."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import said_by, subjects_of
from keepwell.success.road_maps.editing import PERMIT, lock_open
from keepwell.success.road_maps.models import Measure, Reading
from keepwell.success.road_maps.refusals import RoadMapRefused
from keepwell.success.road_maps.states import Source

MOST = Decimal(10) ** 13


@all_or_nothing()
def read_measure(
    measure: Measure,
    value: Decimal,
    on: date,
    *,
    source: str = Source.BY_HAND,
    by: Actor,
    at: datetime | None = None,
) -> Reading:
    """The measure was this on that day; the same again is no news. Effects: measure.read.

    Errors: IsClosed; RoadMapRefused for a day that is still to come, or beyond all bounds.
    """
    permits.require(by, PERMIT)
    road_map = measure.goal.road_map
    lock_open(road_map)
    at = clock.instant(at)
    if abs(value) > MOST:
        raise RoadMapRefused(_("That is no reading. Nothing was saved."))
    # In some zone tomorrow has begun already.
    if (on - at.date()).days > 1:
        raise RoadMapRefused(_("That day is still to come. Nothing was saved."))
    known = measure.readings.filter(on=on).last()
    if known and known.value == value:
        return known
    reading = Reading.objects.create(
        measure=measure, on=on, value=value, source=Source(source).value, read_at=at, **said_by(by)
    )
    facts = {
        "road_map": road_map.pk,
        "goal": measure.goal_id,
        "measure": measure.pk,
        "value": value,
        "on": on.isoformat(),
        "source": reading.source,
    }
    about = subjects_of(road_map, ("goal", measure.goal_id), ("measure", measure.pk))
    record("measure.read", by=by, at=at, subjects=about, facts=facts)
    return reading
