"""How the installation itself is, as every page of the desk says it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.models import InboundMail
from keepwell.kit import condition
from keepwell.outbox import queries as outbox

# Asked once in so many seconds by each process, however many pages it serves.
LOOKS_EVERY_SECONDS = 10
COUNTED_UP_TO = 99


@dataclass(frozen=True)
class Trouble:
    """Something that everybody at the desk should know of the installation."""

    words: str


@dataclass(frozen=True)
class Condition:
    """What is wrong with the installation, what long works go on, how many mails somebody has to see."""

    troubles: tuple[Trouble, ...] = ()
    works: tuple[condition.Underway, ...] = ()
    mails_to_look_at: int = 0


_seen: tuple[float, Condition] = (float("-inf"), Condition())


def seen(now: datetime) -> Condition:
    """How the installation is just now, as known at most ten seconds ago."""
    global _seen
    if time.monotonic() - _seen[0] > LOOKS_EVERY_SECONDS:
        found = Condition(_troubles(now), tuple(condition.all_underway()), _mails_to_look_at())
        _seen = time.monotonic(), found
    return _seen[1]


def look_again() -> None:
    """The next page looks anew."""
    global _seen
    _seen = float("-inf"), Condition()


def _troubles(now: datetime) -> tuple[Trouble, ...]:
    parts = (condition.worker(), condition.disk())
    found = [Trouble(part.words) for part in parts if not part.is_well]
    if not outbox.condition(now).is_well(now):
        found.append(Trouble(_("Mail does not leave. It waits, and is sent as soon as it can be.")))
    return tuple(found)


def _mails_to_look_at() -> int:
    return InboundMail.objects.needing_attention()[:COUNTED_UP_TO].count()
