"""What of a road map is dated, for the calendar of whoever has to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from keepwell.calendars import obligations
from keepwell.calendars.obligations import Obligation, Window
from keepwell.customers.queries import accounts_administered_by, contact_of
from keepwell.success.road_maps.models import ActionItem, Milestone
from keepwell.success.road_maps.queries import dated


@obligations.dated("road maps")
def dates_of_road_maps(reader: Any, window: Window) -> Iterator[Obligation]:
    """Of one of ours his own actions; of a customer those of his side that he may see, and the milestones."""
    for one in dated(reader, first=window.first_on, last=window.last_on):
        if one.due_on and _is_for(reader, one):
            noun = "road-map-action" if isinstance(one, ActionItem) else "milestone"
            title = _("%(what)s (%(account)s)") % {"what": one.title, "account": one.road_map.account.name}
            yield Obligation(key=f"{noun}-{one.pk}", title=title, starts=one.due_on)


def _is_for(reader: Any, one: ActionItem | Milestone) -> bool:
    if reader.is_staff_member:
        return isinstance(one, ActionItem) and one.owner_user_id == reader.pk
    if isinstance(one, Milestone) or accounts_administered_by(reader).exists():
        return True
    contact = contact_of(reader)
    return contact is not None and one.owner_contact_id == contact.pk
