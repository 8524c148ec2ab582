"""What the software said of its configuration, held against the rules in force.

{"rules": [{"rule", "version", "title", "fact", "expects", "values", "severity", "advice", "deployment",
"product", "found": as it was told, None where it never was, "verdict", "why"}]}, of what runs in production
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keepwell.customers.models import Deployment, Environment
from keepwell.success.reviews.expectations import judged
from keepwell.success.reviews.gathering import running
from keepwell.success.reviews.gathering.asked import Asked, Data
from keepwell.success.reviews.models import RuleVersion
from keepwell.success.reviews.queries import rules_in_force


def read(asked: Asked) -> Data:
    deployments = [one for one in running.deployments(asked) if one.environment == Environment.PRODUCTION]
    told = running.facts(asked, deployments)
    rules = rules_in_force([one.product_id for one in deployments])
    return {
        "rules": [
            _row(rule, one, told.get(one.pk, {}))
            for one in deployments
            for rule in rules
            if rule.rule.product_id == one.product_id
        ]
    }


def _row(rule: RuleVersion, deployment: Deployment, told: Mapping[str, Any]) -> Data:
    found = judged(rule.expectation, told)
    return {
        "rule": rule.rule_id,
        "version": rule.number,
        "title": rule.title,
        "fact": rule.fact,
        "expects": rule.expects,
        "values": list(rule.values),
        "severity": rule.severity,
        "advice": rule.advice,
        "deployment": deployment.pk,
        "product": deployment.product.name,
        "found": _said(told[rule.fact]) if rule.fact in told else None,
        "verdict": found.verdict.value,
        "why": found.why.value if found.why else None,
    }


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
