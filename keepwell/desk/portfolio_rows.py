"""The book of business: the accounts somebody looks after, how each is, and what moved it lately."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.customers.models import Lifecycle
from keepwell.desk.account_rows import account_filters, account_rows
from keepwell.desk.filtering import Filter
from keepwell.people.models import User
from keepwell.success.health.cards import Band
from keepwell.success.health.changes import Change
from keepwell.success.health.models import HealthSnapshot
from keepwell.success.health.telling import BAND_WORDS, TONES, change_words, signed

LATELY = timedelta(days=28)
# Who has no score stands behind those who have one, and has not moved.
NO_SCORE, NO_MOVE = Value(101), Value(0)
POINTS: DecimalField[Any, Any] = DecimalField(max_digits=6, decimal_places=2)
ORDERS: Mapping[str, tuple[str, ...]] = {
    "worst": ("shown_points", "pk"),
    "fallen": ("moved", "pk"),
    "name": ("lower_name", "pk"),
}
ORDER_WORDS = {
    "worst": gettext_lazy("Lowest score first"),
    "fallen": gettext_lazy("Largest fall first"),
    "name": gettext_lazy("By name"),
}


@dataclass(frozen=True, kw_only=True)
class Lately:
    """What moved a score in the last four weeks; `by` is "" where nothing is known."""

    by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class BandCount:
    """How many accounts stand in a band, and the address that shows them alone."""

    words: str
    tone: str
    count: int
    value: str


def portfolio_filters(reader: User) -> list[Filter]:
    """Those of the accounts, and the band."""
    bands = [(band.value, str(BAND_WORDS[band])) for band in Band]
    others = [one for one in account_filters(reader) if one.name != "lifecycle"]
    return [Filter(name="band", words=_("Health"), choices=bands), *others]


def portfolio_rows(reader: User, request: HttpRequest, filters: Iterable[Filter], *, at: datetime) -> Any:
    """The live accounts asked for, with `newest` (id of a snapshot), `band`, and what they are ordered by."""
    chosen = list(filters)
    rows: QuerySet[Any] = account_rows(reader, request, [one for one in chosen if one.name != "band"])
    seen = _seen(reader)
    newest, before = seen, seen.filter(as_of__lte=at - LATELY)
    rows = rows.filter(lifecycle=Lifecycle.LIVE).annotate(
        newest=Subquery(newest.values("pk")[:1]),
        band=Coalesce(Subquery(newest.values("band")[:1]), Value(Band.INSUFFICIENT.value)),
        points=Subquery(newest.values("points")[:1]),
        shown_points=Coalesce(F("points"), NO_SCORE, output_field=POINTS),
        moved=Coalesce(F("points") - Subquery(before.values("points")[:1]), NO_MOVE, output_field=POINTS),
    )
    band = next((one.chosen(request) for one in chosen if one.name == "band"), "")
    return rows.filter(band=band) if band else rows


def _seen(reader: User) -> QuerySet[HealthSnapshot]:
    """The snapshots of one account, the newest first."""
    rows = HealthSnapshot.objects.visible_to(reader).standing().filter(account=OuterRef("pk"))
    return rows.order_by("-as_of", "-pk")


def band_counts(rows: QuerySet[Any]) -> list[BandCount]:
    """Of all these accounts, however many a page shows."""
    counted = dict(rows.order_by().values_list("band").annotate(Count("pk", distinct=True)))
    return [
        BandCount(
            words=str(BAND_WORDS[band]), tone=TONES[band], count=counted.get(band.value, 0), value=band.value
        )
        for band in Band
    ]


def snapshots_of(rows: Iterable[Any]) -> dict[int, HealthSnapshot]:
    """The newest of each row's account; one query."""
    found = HealthSnapshot.objects.filter(pk__in=[row.newest for row in rows if row.newest])
    return {one.account_id: one for one in found.select_related("version", "override")}


def lately_of(accounts: Iterable[int], *, at: datetime) -> dict[int, Lately]:
    """What moved each account's score in the last four weeks: the changes of that time, added up exactly."""
    rows = HealthSnapshot.objects.standing().filter(
        account__in=list(accounts), as_of__gt=at - LATELY, change__isnull=False
    )
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for one in rows.only("account", "change").order_by("as_of"):
        if one.why is not None:
            changes[one.account_id].append(one.why)
    return {account: _lately(of_it) for account, of_it in changes.items()}


def _lately(changes: list[Change]) -> Lately:
    together = _together(changes)
    return Lately(by=signed(together.whole), why=change_words(together))


def _together(changes: list[Change]) -> Change:
    measures: defaultdict[str, Fraction] = defaultdict(Fraction)
    for change in changes:
        for key, part in change.measures.items():
            measures[key] += part
    return Change(
        version=sum((one.version for one in changes), Fraction(0)),
        coverage=sum((one.coverage for one in changes), Fraction(0)),
        measures=measures,
        became_known=frozenset(),
        became_unknown=frozenset(),
    )
