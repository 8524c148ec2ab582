"""How late the oldest open action on a road map is, on either side; nothing is late where none is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from keepwell.success.road_maps.models import ActionItem
from keepwell.success.road_maps.states import OPEN_ACTIONS, Side
from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Reading

SIDES = {"road_map.ours_late": Side.VENDOR, "road_map.theirs_late": Side.CUSTOMER}
NOT_LATE = Reading(value=Fraction(0))


def read(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    """One query."""
    today = as_of.date()
    rows = ActionItem.objects.filter(
        road_map__account__in=accounts,
        road_map__closed_at__isnull=True,
        state__in=OPEN_ACTIONS,
        due_on__lt=today,
    )
    late: dict[tuple[int, str], list[tuple[int, date]]] = {}
    for account, side, pk, due_on in rows.order_by("due_on", "pk").values_list(
        "road_map__account", "side", "pk", "due_on"
    ):
        if due_on is not None:
            late.setdefault((account, side), []).append((pk, due_on))
    return {
        account: {one: _reading(late.get((account, SIDES[one.reading].value), []), today) for one in asked}
        for account in accounts
    }


def _reading(late: list[tuple[int, date]], today: date) -> Reading:
    if not late:
        return NOT_LATE
    return Reading(value=Fraction((today - late[0][1]).days), ids=tuple(pk for pk, _due_on in late))
