"""Which version runs where: what the software says of itself is nearer to the truth than what was entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from keepwell.customers.models import Deployment, ProductVersion
from keepwell.customers.version_numbers import meant, parts_of
from keepwell.usage.facts import facts_of_all
from keepwell.usage.taking.group_facts import VERSION

# The versions of each product, by their number.
Known = Mapping[int, Mapping[str, ProductVersion]]


@dataclass(frozen=True, kw_only=True)
class RunningVersion:
    """`number` is "" where nobody knows it; `is_told` whether the software said so itself; `known` the
    version whose days these are, None where no days are known for it.
    """

    number: str
    is_told: bool
    known: ProductVersion | None


def running_versions(deployments: Iterable[Deployment], known: Known, on: date) -> dict[int, RunningVersion]:
    """By deployment, as of a day. One query."""
    rows = list(deployments)
    told = facts_of_all(rows, on, [VERSION])
    return {
        one.pk: _running(one, told.get(one.pk, {}).get(VERSION), known.get(one.product_id, {}))
        for one in rows
    }


def _running(deployment: Deployment, said: object, known: Mapping[str, ProductVersion]) -> RunningVersion:
    is_told = isinstance(said, (str, int, float)) and bool(parts_of(str(said)))
    number = str(said).strip() if is_told else deployment.version
    key = meant(number, known)
    return RunningVersion(number=number, is_told=is_told, known=known[key] if key else None)
