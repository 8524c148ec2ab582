"""What the data suggests to say."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from keepwell.success.reviews.proposal_words import words_of
from keepwell.success.reviews.proposals import proposals

JUNE = date(2026, 6, 9)
QUIET: dict[str, Any] = {
    "usage": {"metrics": {"trend": {"state": "known", "value": "1/20", "then": None, "basis": ""}}},
    "modules": {"modules": []},
    "versions": {"deployments": []},
    "configuration": {"rules": []},
    "support": {"promises": []},
    "licences": {"has_contract": True, "used": "3/4", "people": 45, "seats": 60},
    "road_map": {"road_map": 1, "late": 0, "total": 4},
}
VERSION = {
    "deployment": 7,
    "product": "Roadworks",
    "version": "7.3",
    "released_on": None,
    "support_ends_on": "2026-12-31",
    "life_ends_on": None,
}
PROMISE = {
    "metric": "resolution",
    "severity": "high",
    "amount": "24",
    "unit": "hours",
    "objective": "85",
    "met": 16,
    "missed": 4,
    "undecided": 0,
    "kept": "0.800000",
}
RULE = {
    "rule": 3,
    "version": 1,
    "title": "Nightly backup",
    "fact": "configuration.backup",
    "expects": "one_of",
    "values": ["daily", "hourly"],
    "severity": "high",
    "advice": "Switch the nightly backup on.",
    "deployment": 7,
    "product": "Roadworks",
    "found": "weekly",
    "verdict": "not_met",
    "why": None,
}


def said(changes: dict[str, Any]) -> list[tuple[str, str, str]]:
    data = deepcopy(QUIET)
    for part, values in changes.items():
        data[part] |= values
    return [(one.key, one.severity.value, words_of(one).evidence) for one in proposals(data, JUNE)]


def test_of_what_is_well_nothing_is_said():
    assert said({}) == []


@pytest.mark.parametrize(
    ("changes", "key", "severity", "words"),
    [
        ({"usage": {"metrics": {}}}, "usage:none", "low", "Nothing is told"),
        (
            {"usage": {"metrics": {"trend": {"state": "known", "value": "-1/4"}}}},
            "usage:trend",
            "high",
            "25% fewer",
        ),
        (
            {"usage": {"metrics": {"trend": {"state": "stale", "value": "-1/4"}}}},
            "usage:stale",
            "medium",
            "not been heard of",
        ),
        (
            {
                "modules": {
                    "modules": [{"name": "Snow", "core_events": 0}, {"name": "Signs", "core_events": 5}]
                }
            },
            "modules:unused",
            "medium",
            "1 of 2 modules was not used in the last four weeks: Snow.",
        ),
        (
            {"versions": {"deployments": [{**VERSION, "support_ends_on": "2026-07-09"}]}},
            "version:7",
            "medium",
            "Roadworks 7.3 is supported until 9 Jul 2026: 30 more days.",
        ),
        (
            {"versions": {"deployments": [{**VERSION, "support_ends_on": "2026-06-08"}]}},
            "version:7",
            "high",
            "has not been supported since 8 Jun 2026",
        ),
        (
            {
                "versions": {
                    "deployments": [{**VERSION, "life_ends_on": "2026-01-31", "support_ends_on": None}]
                }
            },
            "version:7",
            "high",
            "Roadworks 7.3 ended on 31 Jan 2026.",
        ),
        (
            {"versions": {"deployments": [{**VERSION, "support_ends_on": None}]}},
            "version:7",
            "low",
            "no dates are known for 7.3",
        ),
        (
            {"versions": {"deployments": [{**VERSION, "version": ""}]}},
            "version:7",
            "low",
            "Which version of Roadworks runs is not known.",
        ),
        (
            {"configuration": {"rules": [RULE]}},
            "rule:3:7",
            "high",
            "Nightly backup (Roadworks): configuration.backup is weekly; good practice: it is one of "
            "daily, hourly.",
        ),
        (
            {
                "configuration": {
                    "rules": [{**RULE, "verdict": "unknown", "why": "never_sent", "found": None}]
                }
            },
            "facts:never_sent",
            "low",
            "The software never told: configuration.backup.",
        ),
        (
            {"configuration": {"rules": [{**RULE, "verdict": "unknown", "why": "unfit"}]}},
            "facts:unfit",
            "low",
            "cannot be compared",
        ),
        ({"support": {"promises": [PROMISE]}}, "promise:resolution:high", "high", "80% (16 of 20 decided)"),
        (
            {"licences": {"has_contract": False, "used": None, "people": None, "seats": None}},
            "licences:none",
            "low",
            "No contract in force",
        ),
        (
            {"licences": {"used": "7/6", "people": 70, "seats": 60}},
            "licences:over",
            "high",
            "70 people are active, with 60 seats agreed.",
        ),
        (
            {"licences": {"used": "1/3", "people": 20, "seats": 60}},
            "licences:under",
            "medium",
            "20 people are active of 60 seats",
        ),
        ({"road_map": {"road_map": None}}, "plan:none", "low", "No road map is shared."),
        ({"road_map": {"late": 2}}, "plan:late", "medium", "2 of 4 actions on the road map are late."),
    ],
)
def test_what_is_seen_is_proposed_with_its_weight(changes, key, severity, words):
    ((own_key, own_severity, own_words),) = said(changes)
    assert (own_key, own_severity) == (key, severity)
    assert words in own_words


def test_a_handful_of_cases_breaks_no_promise():
    assert said({"support": {"promises": [{**PROMISE, "met": 2, "missed": 2, "kept": "0.500000"}]}}) == []
    assert said({"support": {"promises": [{**PROMISE, "kept": None, "met": 0, "missed": 0}]}}) == []
