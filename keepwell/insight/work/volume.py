"""What came in, what was resolved, and what is open and how old: counted, not yet said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Min, QuerySet, Value, When
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Closure
from keepwell.cases.words import How
from keepwell.insight.work.scope import Scope

DAY = timedelta(days=1)
# Each reaches from its own number of days to that of the next.
AGES = (
    ("under_1", 0, _("Under 1 day")),
    ("from_1", 1, _("1 to 3 days")),
    ("from_3", 3, _("3 to 7 days")),
    ("from_7", 7, _("7 to 14 days")),
    ("from_14", 14, _("14 to 30 days")),
    ("from_30", 30, _("30 days and older")),
)


@dataclass(frozen=True, kw_only=True)
class Volume:
    """opened: by (day, severity); hours: by (weekday from 0, hour); open_by_age: by (age, severity)."""

    opened: Mapping[tuple[date, str], int]
    by_way: Mapping[tuple[str, str], int]
    hours: Mapping[tuple[int, int], int]
    resolved: Mapping[date, int]
    withdrawn: int
    open_by_age: Mapping[tuple[str, str], int]
    oldest_opened_at: datetime | None


def volume_of(scope: Scope) -> Volume:
    """What is said of the cases in scope, in seven questions."""
    opened, zone = scope.opened().order_by(), scope.window.zone
    resolved = resolutions(scope).values_list(TruncDate("ended_at", tzinfo=zone))
    days = opened.values_list(TruncDate("opened_at", tzinfo=zone), "severity")
    return Volume(
        opened=_counted(days),
        by_way={(way, name or ""): n for (way, name), n in _counted(_by_way(opened)).items()},
        hours=arrivals_of_week(scope),
        resolved={day: n for (day,), n in _counted(resolved).items()},
        withdrawn=withdrawals(scope).count(),
        open_by_age=_counted(scope.cases().open().order_by().values_list(_age(scope.at), "severity")),
        oldest_opened_at=scope.cases().open().aggregate(oldest=Min("opened_at"))["oldest"],
    )


def arrivals_of_week(scope: Scope) -> dict[tuple[int, int], int]:
    """How many cases were opened in the window, by (weekday from 0, hour) in its zone."""
    zone = scope.window.zone
    rows = scope.opened().order_by().values_list(
        ExtractIsoWeekDay("opened_at", tzinfo=zone), ExtractHour("opened_at", tzinfo=zone)
    )  # fmt: skip
    return {(day - 1, hour): n for (day, hour), n in _counted(rows).items()}


def resolutions(scope: Scope) -> QuerySet[Closure]:
    """Each time that a case was resolved in the window; what its customer withdrew is no resolution."""
    return closures(scope).exclude(how=How.WITHDRAWN)


def withdrawals(scope: Scope) -> QuerySet[Closure]:
    """Each time that a case was ended by its customer's word in the window."""
    return closures(scope).filter(how=How.WITHDRAWN)


def closures(scope: Scope) -> QuerySet[Closure]:
    """Each time that a case ended in the window."""
    return Closure.objects.filter(scope.within("ended_at"), scope.holds()).order_by()


def with_age(scope: Scope, name: str) -> Any:
    """The open cases of this age; a name that is none of AGES gives all."""
    starts = {key: scope.at - DAY * days for key, days, _words in AGES}
    rows = scope.cases().open()
    if name not in starts:
        return rows
    following = dict(zip(starts, [*list(starts.values())[1:], None], strict=True))[name]
    rows = rows.filter(opened_at__lte=starts[name]) if name != AGES[0][0] else rows
    return rows.filter(opened_at__gt=following) if following else rows


def _by_way(opened: Any) -> Any:
    return opened.values_list("channel", "product__name")


def _counted(rows: Any) -> dict[Any, int]:
    return {tuple(row[:-1]): row[-1] for row in rows.annotate(n=Count("pk"))}


def _age(at: datetime) -> Case:
    """The oldest first: a case of ten days is past one day too."""
    older = [When(opened_at__lte=at - DAY * days, then=Value(name)) for name, days, _words in AGES[:0:-1]]
    return Case(*older, default=Value(AGES[0][0]))
