"""What begins an engagement, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from keepwell.success.engagements.models import Origin
from keepwell.success.engagements.models.engagement import DEFAULT_MINUTES

if TYPE_CHECKING:
    from keepwell.customers.models import Contact
    from keepwell.people.models import User

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 8 * 60


@dataclass(frozen=True, kw_only=True)
class NewEngagement:
    """`origin` is one of Origin, `origin_id` the number of what it comes from, None for one by hand.

    `host` is who of ours holds it, None while that is open; `wanted_on` is about when.
    """

    kind: str
    origin: str = Origin.BY_HAND
    origin_id: int | None = None
    host: User | None = None
    subject: str = ""
    agenda: str = ""
    wanted_on: date | None = None
    lasts_minutes: int = DEFAULT_MINUTES
    contacts: tuple[Contact, ...] = field(default=())
    asked_by: Contact | None = None
