"""What was promised to this account by the guidelines that hold for it, and what was delivered in these days.

{"policy": None before there are any; "promises": [{"metric", "severity", "amount", "unit", "objective",
"met", "missed", "undecided", "kept": the share by the house's own estimate, to six places, None without a
clock}]; "cases": {"opened", "resolved", "open"}}
"""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Q

from keepwell.cases.models import Case
from keepwell.service_levels.attainment import attainment_of
from keepwell.service_levels.cohorts import cohort_of
from keepwell.service_levels.measuring import Narrowing, promise_at, selection_of, versions_of, zone_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.models.guideline import WindowKind
from keepwell.service_levels.queries import policy_of
from keepwell.service_levels.windows import Window
from keepwell.success.reviews.gathering.asked import Asked, Data


def read(asked: Asked) -> Data:
    policy = policy_of(asked.account, asked.as_of)
    versions = versions_of(policy, WindowKind.YEAR, asked.as_of) if policy else []
    return {
        "policy": policy.name if policy else None,
        "promises": [_promise(asked, version) for version in versions],
        "cases": _cases(asked),
    }


def _promise(asked: Asked, version: GuidelineVersion) -> Data:
    window = Window(first=asked.span.first, last=asked.span.last, zone=zone_of(version, asked.as_of))
    selection = selection_of(version, window, Narrowing(account=asked.account.pk))
    found = attainment_of(cohort_of(selection, at=asked.as_of))
    promised = promise_at(version, asked.as_of)
    return {
        "metric": promised.metric,
        "severity": promised.severity,
        "amount": f"{promised.amount.normalize():f}",
        "unit": promised.unit,
        "objective": f"{promised.objective.normalize():f}",
        "met": found.counts.met,
        "missed": found.counts.missed,
        "undecided": found.counts.undecided,
        "kept": f"{found.kept.share:.6f}" if found.kept else None,
    }


def _cases(asked: Asked) -> Data:
    """Those that came in these days; of them, and of older ones, what was resolved; what is open now."""
    zone = asked.as_of.tzinfo
    span = (
        datetime.combine(asked.span.first, time(), zone),
        datetime.combine(asked.span.last, time.max, zone),
    )
    rows = Case.objects.filter(account=asked.account, is_spam=False)
    return {
        "opened": rows.filter(opened_at__range=span).count(),
        "resolved": rows.filter(Q(resolved_at__range=span)).count(),
        "open": rows.open().count(),
    }
