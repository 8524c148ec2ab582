"""Questions about mail: what the Outbox page shows, how the outbox is, which brands there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from keepwell.journal.models import Entry
from keepwell.kit.asking import Question
from keepwell.outbox.models import Brand, BreakerOpening, Outgoing, State
from keepwell.outbox.models.brand import OWN
from keepwell.people import permits

LATELY = timedelta(days=1)
# The sweep comes every minute: what has been due for so long, something is wrong with.
LATE_FOR = timedelta(minutes=15)


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """What happened to mail is for those who may read the outbox, the brand for those who may change it."""
    entries = Entry.objects.none()
    if permits.may(actor, "outbox.read"):
        entries |= Entry.objects.filter(Q(kind__startswith="mail.") | Q(kind__startswith="breaker."))
    if permits.may(actor, "settings.brand"):
        entries |= Entry.objects.filter(kind__startswith="brand.")
    return entries


def brand() -> Brand:
    """The vendor's own, as it was set; before that a plain one: mail can leave from the first minute."""
    return next(iter(Brand.objects.filter(pk=OWN)), None) or _unnamed()


def brands() -> list[Brand]:
    """All of them, the vendor's own first."""
    saved = ALL.objects()
    return saved if saved and saved[0].is_own else [_unnamed(), *saved]


def sender_addresses() -> set[str]:
    """What mail of ours leaves from, in small letters."""
    return {one.sender_address.lower() for one in brands()}


def brand_name() -> str:
    """What the vendor is called, for the head of every page."""
    return next((name for (name,) in NAME.rows()), None) or _unnamed().name


ALL = Question(lambda: Brand.objects.order_by("pk"))
NAME = Question(lambda: Brand.objects.filter(pk=OWN).values_list("name"))


def _unnamed() -> Brand:
    host = urlsplit(settings.KEEPWELL_URL).hostname or "localhost"
    return Brand(name="Keepwell", sender_name="Keepwell", sender_address=f"support@{host}")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """How the outbox is. `breaker_open_since` and `oldest_due_at` are None where there is none."""

    waiting: int
    held: int
    failed_lately: int
    oldest_due_at: datetime | None
    breaker_open_since: datetime | None
    last_error: str

    def is_well(self, at: datetime) -> bool:
        """Whether mail flows: no breaker open and nothing due for a quarter of an hour."""
        is_late = self.oldest_due_at is not None and self.oldest_due_at < at - LATE_FOR
        return self.breaker_open_since is None and not is_late


def condition(at: datetime) -> Condition:
    """How the outbox is at this instant."""
    opening = BreakerOpening.objects.filter(closed_at=None).order_by("opened_at").first()
    counted = Outgoing.objects.waiting().aggregate(
        waiting=Count("pk"),
        held=Count("pk", filter=Q(state=State.HELD)),
        oldest_due_at=Min("next_attempt_at", filter=Q(next_attempt_at__lte=at)),
    )
    troubled = Outgoing.objects.waiting().exclude(last_error="").order_by("-handed_over_at")
    return Condition(
        **counted,
        failed_lately=Outgoing.objects.filter(state=State.FAILED, created_at__gt=at - LATELY).count(),
        breaker_open_since=opening.opened_at if opening else None,
        last_error=troubled.values_list("last_error", flat=True).first() or "",
    )
