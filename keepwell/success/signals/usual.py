"""The rules and playbooks that are there before anybody makes his own, as data.

Those who want others publish a new version, or switch one off. Days and shares are those that public guides
of practitioners name: adoption playbooks (GitLab, PostHog), renewal checkpoints, sponsor changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.success.engagements.models.kind import Kind
from keepwell.success.signals.models.playbook import Mode
from keepwell.success.signals.steps import EngagementStep, Step, TaskStep

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class UsualRule:
    """`written` as `terms.terms_from` reads it."""

    words: Words
    written: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class UsualPlaybook:
    """`rule` is a key of RULES."""

    words: Words
    rule: str
    steps: tuple[Step, ...]
    mode: str = Mode.ASKS


def _test(reading: str, way: str, number: str, unit: str, days: int | None = None) -> dict[str, Any]:
    window = {"within_days": days} if days is not None else {}
    return {"reading": reading, **window, "is": way, "number": number, "unit": unit}


def _all(*tests: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(tests)}


def _rule(words: Words, severity: str, when: dict[str, Any], **more: Any) -> UsualRule:
    return UsualRule(words=words, written={"scope": "account", "severity": severity, "when": when, **more})


RULES: Mapping[str, UsualRule] = {
    "health_red": _rule(
        _("Health is red"), "high", _test("health.band", "at_most", "red", "band"), cooldown_days=14
    ),
    "health_fell": _rule(
        _("Health fell by 20 points in a month"),
        "medium",
        _test("health.score_fell", "at_least", "20", "points", 30),
        # A fall is over once half of it is made good, not by being a month old.
        clears=_test("health.score_fell", "at_most", "10", "points", 30),
        cooldown_days=30,
    ),
    "high_cases": _rule(
        _("Three High cases in a month"),
        "high",
        _test("cases.high_opened", "at_least", "3", "times", 30),
        cooldown_days=14,
        from_days=0,
    ),
    "nobody_uses_it": _rule(
        _("Nobody used it for two weeks"), "high", _test("silence.use", "at_least", "14", "days")
    ),
    "not_met": _rule(
        _("Not met for half a year"),
        "medium",
        _test("silence.engagement", "at_least", "180", "days"),
        cooldown_days=30,
        from_days=180,
    ),
    "licences_unused": _rule(
        _("Licences are hardly used"),
        "medium",
        _test("usage.seats_used", "less_than", "40", "percent"),
        clears=_test("usage.seats_used", "at_least", "50", "percent"),
        cooldown_days=60,
        from_days=180,
    ),
    "use_falls": _rule(
        _("Use is far below its season"),
        "high",
        _test("usage.against_season", "at_most", "-30", "percent"),
        clears=_test("usage.against_season", "more_than", "-20", "percent"),
        cooldown_days=30,
        from_days=90,
    ),
    "notice_ahead": _rule(
        _("The last day for notice is near"),
        "high",
        _test("contract.notice_ahead", "at_least", "1", "times", 60),
        cooldown_days=90,
        from_days=0,
    ),
    "term_over": _rule(
        _("A term ended without a decision"),
        "high",
        _test("contract.over_undecided", "at_least", "1", "times"),
        cooldown_days=14,
        from_days=0,
    ),
    "after_go_live": _rule(
        _("A month after going live"),
        "low",
        _all(
            _test("life.days_live", "at_least", "30", "days"),
            _test("life.days_live", "at_most", "60", "days"),
        ),
        cooldown_days=400,
        from_days=0,
    ),
    "sponsor_gone": UsualRule(
        words=_("The executive sponsor left"),
        written={
            "scope": "person",
            "severity": "high",
            "when": _test("role.sponsor_gone", "at_least", "1", "days"),
            "cooldown_days": 30,
            "from_days": 0,
        },
    ),
    "champion_gone": UsualRule(
        words=_("The champion left"),
        written={
            "scope": "person",
            "severity": "medium",
            "when": _test("role.champion_gone", "at_least", "1", "days"),
            "cooldown_days": 30,
            "from_days": 0,
        },
    ),
    "actions_late": _rule(
        _("The customer is late with an action"),
        "low",
        _test("road_map.theirs_late", "at_least", "14", "days"),
        cooldown_days=14,
        from_days=0,
    ),
    "feed_silent": UsualRule(
        words=_("Usage data stopped coming"),
        written={
            "scope": "source",
            "severity": "medium",
            "when": _test("feed.silent", "at_least", "3", "days"),
            "cooldown_days": 7,
            "from_days": 0,
        },
    ),
}
PLAYBOOKS: Mapping[str, UsualPlaybook] = {
    "hardly_used": UsualPlaybook(
        words=_("Best practice where it is hardly used"),
        rule="licences_unused",
        steps=(
            TaskStep(words=_("See which modules and crews do not use it"), days=3),
            EngagementStep(kind=Kind.CONSULTATION, minutes=60, days=10),
        ),
    ),
    "after_go_live": UsualPlaybook(
        words=_("The first month"),
        rule="after_go_live",
        steps=(EngagementStep(kind=Kind.CHECK_IN, minutes=30, days=10),),
        mode=Mode.AUTOMATIC,
    ),
    "use_falls": UsualPlaybook(
        words=_("Look into falling use"),
        rule="use_falls",
        steps=(
            TaskStep(words=_("Ask the champion what changed"), days=2),
            EngagementStep(kind=Kind.USAGE_ANALYSIS, minutes=60, days=10),
        ),
    ),
    "sponsor_gone": UsualPlaybook(
        words=_("Find the next sponsor"),
        rule="sponsor_gone",
        steps=(
            TaskStep(words=_("Find out who decides now"), days=5),
            EngagementStep(kind=Kind.CHECK_IN, minutes=30, days=15),
        ),
    ),
    "notice_ahead": UsualPlaybook(
        words=_("Before the last day for notice"),
        rule="notice_ahead",
        steps=(
            TaskStep(words=_("Agree on the renewal"), days=10, whose="account"),
            EngagementStep(kind=Kind.BUSINESS_REVIEW, minutes=60, days=15),
        ),
    ),
}
