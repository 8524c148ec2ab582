"""How many mails may leave in an hour, and whose turn it is when not all may. Pure.

Codes and receipts go first, up to the whole of the hour's total, but each of the two takes no more than three
tenths of it: forms that anybody can send must not crowd out people's replies. What goes to addresses that
strangers named and nobody confirmed has a tenth of its own, so that it crowds out no code either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

WINDOW = timedelta(hours=1)

# Parts of the hour's total, in percent: up to where all mail together may have come for this kind to leave...
SHARE_OF_ALL = {"code": 100, "receipt": 100, "first": 80, "reply": 90, "notice": 80, "other": 80}
# ... and how much of it may be of this kind.
SHARE_OF_OWN = {"code": 30, "receipt": 30, "first": 10, "reply": 100, "notice": 100, "other": 100}
URGENT = frozenset({"code", "receipt"})
CLOSES_AT_PERCENT = 50


@dataclass(frozen=True, kw_only=True)
class Budgets:
    """The most mails in an hour to one address, to one domain, and in all."""

    address: int
    domain: int
    all: int


def has_room(purpose: str, sent: Mapping[str, int], budgets: Budgets, *, is_breaker_open: bool) -> bool:
    """Whether a mail of this purpose may leave, with so many of each purpose sent in the last hour."""
    if is_breaker_open and purpose not in URGENT:
        return False
    in_all = sum(sent.values())
    return in_all * 100 < budgets.all * SHARE_OF_ALL[purpose] and has_room_of_its_own(purpose, sent, budgets)


def has_room_of_its_own(purpose: str, sent: Mapping[str, int], budgets: Budgets) -> bool:
    """Whether its part of the total is not used up, whatever else was sent."""
    return sent.get(purpose, 0) * 100 < budgets.all * SHARE_OF_OWN[purpose]


def may_close(purpose: str, sent: Mapping[str, int], budgets: Budgets) -> bool:
    """Whether the last hour was calm enough for the breaker of this purpose to close; "" is that of all."""
    if not purpose:
        return sum(sent.values()) * 100 <= budgets.all * CLOSES_AT_PERCENT
    own = budgets.all * SHARE_OF_OWN[purpose]
    return sent.get(purpose, 0) * 100 * 100 <= own * CLOSES_AT_PERCENT
