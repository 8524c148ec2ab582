"""Which card an account is seen by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keepwell.success.health.cards import Card


@dataclass(frozen=True, kw_only=True)
class CardFor:
    """A version of a card, and whom it is for: a segment, "" for any, live for so many days at least."""

    version: int
    segment: str
    from_days: int
    card: Card


def card_for(cards: Iterable[CardFor], *, segment: str, live_days: int) -> CardFor | None:
    """That of the account's own segment before that of any, the one for the longest time; None: none fits."""
    fitting = [one for one in cards if one.segment in {segment, ""} and one.from_days <= live_days]
    return max(fitting, key=lambda one: (one.segment != "", one.from_days), default=None)
