"""The whole document, as staff read it or as the customer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from keepwell.success.reviews import sections
from keepwell.success.reviews.models import Finding, Review
from keepwell.success.reviews.numbers import day_words
from keepwell.success.reviews.queries import findings_of, sections_of
from keepwell.success.reviews.showing import plan, support, systems, usage
from keepwell.success.reviews.showing.blocks import Part


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """A finding, and what became of it; `became` "" while nothing did."""

    id: int
    area: str
    severity: str
    severity_words: str
    evidence: str
    recommendation: str
    became: str
    reason: str
    is_shown: bool
    is_proposed: bool


@dataclass(frozen=True, kw_only=True)
class Document:
    """In the order in which it is read: the summary, what was found, then part after part."""

    account: str
    period: str
    standing: str
    summary: str
    findings: Sequence[ShownFinding]
    parts: Sequence[Part]


def for_staff(review: Review, *, with_prices: bool) -> Document:
    """All of it, with what the customer does not see marked as such."""
    return _document(review, for_customer=False, with_prices=with_prices)


def for_customer(review: Review) -> Document:
    """What was left in for the customer, and nothing else."""
    return _document(review, for_customer=True, with_prices=True)


def day_at(review: Review, at: datetime) -> str:
    """The day at the customer."""
    return day_words(at.astimezone(ZoneInfo(review.account.time_zone or "UTC")).date())


def _document(review: Review, *, for_customer: bool, with_prices: bool) -> Document:
    parts = [
        replace(
            _part(section.key, review, for_customer=for_customer, with_prices=with_prices),
            title=section.title,
            said=section.words,
            is_shown=section.is_shown,
        )
        for section in sections_of(review)
        if section.is_shown or not for_customer
    ]
    findings = [one for one in findings_of(review) if one.is_shown or not for_customer]
    return Document(
        account=review.data["account"]["name"],
        period=_("%(first)s to %(last)s")
        % {"first": day_words(review.first_on), "last": day_words(review.last_on)},
        standing=standing_words(review),
        summary=review.summary,
        findings=[_finding(one) for one in findings],
        parts=parts,
    )


def standing_words(review: Review) -> str:
    if review.delivered_at is None:
        return _("Not delivered: for our own hands.")
    delivered = _("Delivered on %s") % day_at(review, review.delivered_at)
    if review.accepted_at is None:
        return delivered
    accepted = _("accepted by %(who)s on %(day)s") % {
        "who": review.accepted_by,
        "day": day_at(review, review.accepted_at),
    }
    return f"{delivered}, {accepted}"


def _part(key: str, review: Review, *, for_customer: bool, with_prices: bool) -> Part:
    data: Any = review.data[key]
    read = {
        sections.LAST_TIME: lambda: plan.last_time(data, for_customer=for_customer),
        sections.USAGE: lambda: usage.usage(data),
        sections.MODULES: lambda: usage.modules(data),
        sections.VERSIONS: lambda: systems.versions(data, review.last_on),
        sections.CONFIGURATION: lambda: systems.configuration(data),
        sections.SUPPORT: lambda: support.support(data),
        sections.LICENCES: lambda: systems.licences(data),
        sections.ROAD_MAP: lambda: plan.road_map(data, with_prices=with_prices),
        sections.HEALTH: lambda: plan.health(data),
        sections.COMPARISON: lambda: plan.comparison(data),
    }
    return read[key]()


def _finding(finding: Finding) -> ShownFinding:
    ending = getattr(finding, "ending", None)
    action = ending.action_item if ending else None
    became = ""
    if ending:
        due_on = action.due_on.isoformat() if action and action.due_on else None
        became = plan.became_words(ending.end, action.state if action else None, due_on)
    return ShownFinding(
        id=finding.pk,
        area=str(finding.get_area_display()),
        severity=finding.severity,
        severity_words=str(finding.get_severity_display()),
        evidence=finding.evidence,
        recommendation=finding.recommendation,
        became=became,
        reason=ending.reason if ending else "",
        is_shown=finding.is_shown,
        is_proposed=finding.is_proposed,
    )
