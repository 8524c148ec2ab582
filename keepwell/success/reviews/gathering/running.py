"""What runs at the account, and what its software last said of itself."""

from __future__ import annotations

from typing import Any

from keepwell.customers.models import Deployment
from keepwell.success.reviews.gathering.asked import Asked
from keepwell.usage.facts import facts_of_all


def deployments(asked: Asked) -> list[Deployment]:
    """Those that run on the last day, in their order."""
    rows = Deployment.objects.filter(account=asked.account).exclude(retired_at__date__lte=asked.span.last)
    return list(rows.select_related("product").order_by("product__name", "environment", "pk"))


def facts(asked: Asked, running: list[Deployment]) -> dict[int, dict[str, Any]]:
    """The last word up to the last day, by deployment; of those that told anything."""
    return facts_of_all(running, asked.span.last)
