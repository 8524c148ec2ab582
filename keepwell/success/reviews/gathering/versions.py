"""Which version runs where, and until when it is supported.

[{"deployment", "product", "environment", "version": "" where nobody knows it, "is_told": whether the software
said so itself, "known": the version whose days these are, None where no days are known for it, "released_on",
"support_ends_on", "life_ends_on", "newest"}] under "deployments"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keepwell.customers.models import Deployment, ProductVersion
from keepwell.customers.queries import versions_of
from keepwell.customers.version_numbers import meant, parts_of
from keepwell.success.reviews.gathering import running
from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.usage.taking.group_facts import VERSION

DAYS = ("released_on", "support_ends_on", "life_ends_on")


def read(asked: Asked) -> Data:
    deployments = running.deployments(asked)
    told = running.facts(asked, deployments)
    known = versions_of({one.product_id for one in deployments})
    return {
        "deployments": [
            _row(asked, one, told.get(one.pk, {}), known.get(one.product_id, {})) for one in deployments
        ]
    }


def _row(
    asked: Asked, deployment: Deployment, told: Mapping[str, Any], known: Mapping[str, ProductVersion]
) -> Data:
    """What the software says of itself is nearer to the truth than what somebody entered once."""
    said = told.get(VERSION)
    is_told = isinstance(said, (str, int, float)) and bool(parts_of(str(said)))
    version = str(said).strip() if is_told else deployment.version
    number = meant(version, known)
    days = {name: exact(getattr(known[number], name)) if number else None for name in DAYS}
    return {
        "deployment": deployment.pk,
        "product": deployment.product.name,
        "environment": deployment.environment,
        "version": version,
        "is_told": is_told,
        "known": number,
        **days,
        "newest": _newest(asked, known),
    }


def _newest(asked: Asked, known: Mapping[str, ProductVersion]) -> str | None:
    """The version that came out last of those that are out; None where no day of release is known."""
    out = [
        (one.released_on, one.pk, number)
        for number, one in known.items()
        if one.released_on and one.released_on <= asked.span.last
    ]
    return max(out)[2] if out else None
