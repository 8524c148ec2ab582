"""The vendor's people as Settings lists them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from keepwell.people.models import RoleGrant, User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.staffing.models import TeamMembership

ORDER = ("name", "pk")


def staff_rows(*, words: str = "", is_active: bool = True) -> QuerySet[User]:
    """People of the staff whose name begins with the words, with roles, profile and teams at hand."""
    grants = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=STAFF_ROLES)
    rows = User.objects.filter(Exists(grants), is_active=is_active)
    if words:
        rows = rows.filter(name__istartswith=words)
    return rows.select_related("profile").prefetch_related(
        "grants",
        Prefetch("memberships", TeamMembership.objects.select_related("team").order_by("team__name")),
    )
