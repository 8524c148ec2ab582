"""Who hears that a promise burns, and what somebody sees of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from keepwell.people.models import Role, User
from keepwell.service_levels.models import BurnAlert, GuidelineVersion
from keepwell.staffing.queries import staff

# For so long it is said that a promise is calm again.
CALM_FOR = timedelta(days=1)


def told_of(version: GuidelineVersion) -> QuerySet[User]:
    """The people whom a guideline names, of those who are still there; the leads where it names none."""
    named = staff().filter(pk__in=version.told)
    return named if version.told and named.exists() else staff().filter(grants__role=Role.LEAD)


def burning_for(reader: User, *, at: datetime) -> list[BurnAlert]:
    """What burns, the fast ones first, then what is calm since a day at most; one query.

    Leads see all of it, others what they are told. Of a guideline that still burns nothing calm is said.
    """
    told = GuidelineVersion.objects.filter(guideline=OuterRef("guideline")).order_by("-number").values("told")
    lately = Q(ended_at=None) | Q(ended_at__gt=at - CALM_FOR)
    alerts = BurnAlert.objects.filter(lately, guideline__ended_at=None).select_related("guideline", "version")
    found = alerts.annotate(told=Subquery(told[:1])).order_by("pace", "-began_at", "pk")
    is_lead = Role.LEAD in reader.roles
    return _without_half_calm(one for one in found if is_lead or reader.pk in one.told)


def _without_half_calm(alerts: Iterable[BurnAlert]) -> list[BurnAlert]:
    seen = list(alerts)
    burns = [one for one in seen if one.ended_at is None]
    still = {one.guideline_id for one in burns}
    ended = [one for one in seen if one.ended_at and one.guideline_id not in still]
    # The last one that ended says since when.
    calm = {one.guideline_id: one for one in sorted(ended, key=lambda one: (one.ended_at, one.pk))}
    return [*burns, *calm.values()]
