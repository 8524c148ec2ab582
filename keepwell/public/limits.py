"""How often a stranger may do something here, counted in the database cache by all processes together."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = {
    "submit": "20/h/ip,6/h/key",
    "code": "30/h/ip,10/h/key",
    "new_code": "10/h/ip,3/h/key",
    "csp": "60/m/ip",
}


def is_within(request: HttpRequest, action: str, key: str) -> bool:
    """Counts one more; False once it is too often for this address (`key`) or this network address."""
    return bool(ratelimit.consume(request, app="keepwell", action=action, config=RATES, key=key.lower()))
