"""Beside other live accounts of the same segment; whose readers may be the same ones are left out.

{"segment", "metrics": [{"metric", "own", "lower", "median", "upper", "place", "group"} or {"metric",
"hidden"}]}. Groups are ids, for later reviews to be held against; nothing shows them.
"""

from __future__ import annotations

from fractions import Fraction

from keepwell.customers.models import Account, Lifecycle
from keepwell.success.reviews.gathering.asked import Asked, Data
from keepwell.success.reviews.gathering.usage import measured
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.peers import Compared, Group, Hidden, compared
from keepwell.success.reviews.queries import family_of
from keepwell.success.reviews.sections import COMPARISON
from keepwell.usage.models import MetricState
from keepwell.usage.queries import readings_on

# Shares only: how many people somebody has would say who it is.
METRICS = ("breadth", "frequency", "stickiness", "licences_active", "trend")


def read(asked: Asked) -> Data:
    segment = asked.account.segment
    if not segment:
        return {
            "segment": "",
            "metrics": [{"metric": one, "hidden": Hidden.NO_SEGMENT.value} for one in METRICS],
        }
    family = family_of(asked.account)
    own, others = _known(asked, family)
    given = groups_given(family)
    return {
        "segment": segment,
        "metrics": [
            _said(metric, compared(own.get(metric), others.get(metric, {}), given.get(metric, [])))
            for metric in METRICS
        ],
    }


def groups_given(family: set[int]) -> dict[str, list[Group]]:
    """The groups that readers of these accounts were given, by metric, in the order of their delivery."""
    rows = Review.objects.delivered().filter(account__in=family)
    shown = rows.filter(sections__key=COMPARISON, sections__is_shown=True)
    found: dict[str, list[Group]] = {}
    for data in shown.order_by("delivered_at", "pk").values_list("data", flat=True):
        for metric, group in groups_in(data).items():
            found.setdefault(metric, []).append(group)
    return found


def groups_in(data: Data) -> dict[str, Group]:
    """The groups that a review's figures are of, by metric."""
    return {row["metric"]: frozenset(row["group"]) for row in data[COMPARISON]["metrics"] if "group" in row}


def _known(asked: Asked, family: set[int]) -> tuple[dict[str, Fraction], dict[str, dict[int, Fraction]]]:
    """The account's own figures by metric, and those of others of its segment by metric and account."""
    _first, last = measured(asked)
    own: dict[str, Fraction] = {}
    others: dict[str, dict[int, Fraction]] = {}
    if last is None:
        return own, others
    peers = set(
        Account.objects.filter(segment=asked.account.segment, lifecycle=Lifecycle.LIVE)
        .exclude(pk__in=family)
        .values_list("pk", flat=True)
    )
    rows = readings_on(last, {asked.account.pk, *peers}).filter(metric__in=METRICS, state=MetricState.KNOWN)
    for row in rows:
        if row.value is None:
            continue
        if row.account_id == asked.account.pk:
            own[row.metric] = row.value
        else:
            others.setdefault(row.metric, {})[row.account_id] = row.value
    return own, others


def _said(metric: str, found: Compared | Hidden) -> Data:
    if isinstance(found, Hidden):
        return {"metric": metric, "hidden": found.value}
    return {
        "metric": metric,
        "own": str(found.own),
        "lower": str(found.lower),
        "median": str(found.median),
        "upper": str(found.upper),
        "place": found.place,
        "group": sorted(found.group),
    }
