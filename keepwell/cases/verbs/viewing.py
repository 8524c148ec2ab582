"""Keeping a list to come back to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.filters import as_query, read
from keepwell.cases.models import SavedView
from keepwell.cases.refusals import CaseRefused
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User

LONGEST_NAME = 80


@all_or_nothing()
def save_view(
    name: str, query: Mapping[str, str], *, is_shared: bool = False, by: User, at: datetime | None = None
) -> SavedView:
    """The list stands under this name, one's own one of the same name being replaced.

    What the query says that no filter understands is left out. It is nobody's history, so no entry tells
    of it. Errors: CaseRefused for a name that is empty or too long; NotPermitted.
    """
    permits.require(by, "case.see")
    name = " ".join(name.replace("\x00", "").split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise CaseRefused(
            _("A list needs a name of at most %(longest)s characters.") % {"longest": LONGEST_NAME}
        )
    kept = {"query": as_query(read(query).filter), "is_shared": is_shared}
    view, _is_new = SavedView.objects.update_or_create(
        owner=by, name=name, defaults=kept, create_defaults={**kept, "created_at": clock.instant(at)}
    )
    return view


@all_or_nothing()
def delete_view(view: SavedView, *, by: User) -> None:
    """The list is gone; its cases are not. Errors: NotPermitted for somebody else's."""
    if view.owner_id != by.pk:
        raise permits.NotPermitted("case.see")
    view.delete()
