"""How often a stranger may do something here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from keepwell.channels.limiting import is_one_more_allowed

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So often within this time from one network address, and for one key (0: any number)."""

    network: int
    key: int = 0
    within: timedelta = HOUR


RATES = {
    "submit": Rate(network=20, key=6),
    "code": Rate(network=30, key=10),
    "new_code": Rate(network=10, key=3),
    "csp": Rate(network=60, within=timedelta(minutes=1)),
}


def is_within(request: HttpRequest, action: str, key: str = "") -> bool:
    """Counts one more; False once it is too often for this address (`key`) or this network address."""
    rate = RATES[action]
    limits: dict[tuple[str, ...], int] = {(action, "network", get_ip(request)): rate.network}
    if rate.key:
        limits[action, "key", key.lower()] = rate.key
    return is_one_more_allowed(limits, within=rate.within)
