"""Lists to come back to: those everybody has, the shared ones and one's own, with their counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.cases.filtering import matching
from keepwell.cases.filters import CaseFilter, as_query, read
from keepwell.cases.models import Case, SavedView
from keepwell.conversations.queries import sees_all

# Counting stops here, so that a count costs the same whatever has piled up; shown as "99+".
COUNT_UP_TO = 100


@dataclass(frozen=True, kw_only=True)
class View:
    """A named filter. `key` names it in an address: a word, or the number of a saved one."""

    key: str
    name: str | Promise
    filter: CaseFilter
    is_shared: bool = True
    is_own: bool = False

    @property
    def query(self) -> dict[str, str]:
        return as_query(self.filter)


@dataclass(frozen=True, kw_only=True)
class CountedView:
    """A view and how many cases it shows, counted up to COUNT_UP_TO; None where it is not counted."""

    view: View
    count: int | None

    @property
    def is_more(self) -> bool:
        return self.count == COUNT_UP_TO


BUILT_IN = (
    View(key="mine", name=_("Mine"), filter=CaseFilter(assignee=("me",))),
    View(key="my-customers", name=_("My customers'"), filter=CaseFilter(owner=("me",))),
    View(key="to-take", name=_("Handed to my teams"), filter=CaseFilter(hand_off="mine")),
    View(key="new", name=_("New"), filter=CaseFilter(state=("new",))),
    View(key="unassigned", name=_("Nobody's"), filter=CaseFilter(assignee=("none",))),
    View(key="open", name=_("All open"), filter=CaseFilter()),
    View(key="waiting", name=_("Waiting on customer"), filter=CaseFilter(state=("waiting_on_customer",))),
    View(key="put-off", name=_("Put off"), filter=CaseFilter(snoozed="yes")),
    View(key="resolved", name=_("Resolved"), filter=CaseFilter(state=("resolved",))),
    View(key="all", name=_("All"), filter=CaseFilter(show="any")),
)


def views_for(user: Any) -> list[View]:
    """Those that everybody has, then the shared and one's own, by name."""
    saved = SavedView.objects.filter(Q(is_shared=True) | Q(owner=user.pk)).order_by("name", "pk")
    return [*BUILT_IN, *(_view(row, user) for row in saved)]


def counted(views: Sequence[View], actor: Any) -> list[CountedView]:
    """How many cases each view shows to him, in one query. What reaches into the archive has no count."""
    to_count = [view for view in views if view.filter.is_about_open_ones]
    counts = dict(zip((view.key for view in to_count), _counts(to_count, actor), strict=True))
    return [CountedView(view=view, count=counts.get(view.key)) for view in views]


def _view(row: SavedView, user: Any) -> View:
    return View(
        key=str(row.pk),
        name=row.name,
        filter=read(row.query).filter,
        is_shared=row.is_shared,
        is_own=row.owner_id == user.pk,
    )


def _counts(views: Iterable[View], actor: Any) -> list[int]:
    counting = _counting_for_staff if sees_all(actor) else _counting
    zone = timezone.get_current_timezone_name()
    asked = [counting(view.filter, actor, zone, COUNT_UP_TO) for view in views]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(sql for sql, _given in asked)}",
            [value for _sql, given in asked for value in given],
        )
        return list(cursor.fetchone())


def _counting(shown: CaseFilter, actor: Any, _zone: str, up_to: int) -> tuple[str, tuple[Any, ...]]:
    """A count as a column, and its parameters. Dates in the filter are those of the zone."""
    rows = matching(Case.objects.visible_to(actor), shown, actor).order_by().values("pk")[:up_to]
    sql, given = _sql(rows)
    return f"(SELECT count(*) FROM ({sql}) AS counted)", given  # noqa: S608 - Django's own SQL


# What staff see depends on nothing but the filter and who "me" is, and Django takes longer to put it into SQL
# than PostgreSQL to count.
_counting_for_staff = lru_cache(maxsize=1024)(_counting)


def _sql(rows: Any) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()
    return sql, parameters
