"""Which version runs where, and until when it is supported.

[{"deployment", "product", "environment", "version": "" where nobody knows it, "is_told": whether the software
said so itself, "known": the version whose days these are, None where no days are known for it, "released_on",
"support_ends_on", "life_ends_on", "newest"}] under "deployments"
"""

from __future__ import annotations

from collections.abc import Mapping

from keepwell.customers.models import Deployment, ProductVersion
from keepwell.customers.queries import versions_of
from keepwell.success.reviews.gathering import running
from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.usage.running_versions import RunningVersion, running_versions

DAYS = ("released_on", "support_ends_on", "life_ends_on")


def read(asked: Asked) -> Data:
    deployments = running.deployments(asked)
    known = versions_of({one.product_id for one in deployments})
    found = running_versions(deployments, known, asked.span.last)
    return {
        "deployments": [_row(asked, one, found[one.pk], known.get(one.product_id, {})) for one in deployments]
    }


def _row(
    asked: Asked, deployment: Deployment, runs: RunningVersion, known: Mapping[str, ProductVersion]
) -> Data:
    return {
        "deployment": deployment.pk,
        "product": deployment.product.name,
        "environment": deployment.environment,
        "version": runs.number,
        "is_told": runs.is_told,
        "known": runs.known.number if runs.known else None,
        **{name: exact(getattr(runs.known, name)) if runs.known else None for name in DAYS},
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
