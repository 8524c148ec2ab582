"""Who hears of a case at once: staff of every case, customers of theirs, and only what they may see."""

from __future__ import annotations

from typing import Any

from keepwell.cases.models import Case
from keepwell.conversations.queries import sees_all
from keepwell.journal.live import topic


def _sees_this_case(user: Any, identity: int) -> bool:
    return sees_all(user) and Case.objects.filter(pk=identity).exists()


def _customer_sees_this_case(user: Any, identity: int) -> bool:
    return Case.objects.visible_to(user).filter(pk=identity).exists()


topic(
    "case",
    allowed=_sees_this_case,
    customers_as="portal_case",
    customers_allowed=_customer_sees_this_case,
)
topic("cases", allowed=lambda user, _identity: sees_all(user))
