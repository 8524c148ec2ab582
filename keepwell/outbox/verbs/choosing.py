"""Whose turn it is, and who has to wait for a budget."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import Count, Min

from keepwell.journal.recording import record
from keepwell.outbox import budgets
from keepwell.outbox.budgets import WINDOW, Budgets
from keepwell.outbox.models import (
    WITH_A_CODE,
    BreakerOpening,
    HeldFor,
    Outgoing,
    OutgoingQuerySet,
    Purpose,
    State,
)
from keepwell.outbox.verbs.settling import POSTMAN, fail

log = structlog.get_logger("keepwell.outbox")

# The breaker of all mail; the others are called by their purpose.
ALL = ""


def next_mail(*, at: datetime, has_budgets: bool) -> Outgoing | None:
    """The most urgent mail that is due and may leave; those that may not are held and say for what.

    Without budgets (nothing leaves the house) everything due may go. The caller holds the lock.
    """
    if not has_budgets:
        return _due(at, Purpose.values).first()
    allowance = Budgets(**settings.KEEPWELL_MAIL_BUDGETS)
    allowed = _allowed_purposes(allowance, at)
    for mail in _due(at, allowed).iterator(chunk_size=50):
        if _is_too_old(mail, at):
            fail(mail, reason="expired", at=at)
        elif not _is_held_for_its_address(mail, allowance, at):
            return mail
    return None


def _due(at: datetime, purposes: Iterable[str]) -> OutgoingQuerySet:
    waiting = Outgoing.objects.waiting().filter(next_attempt_at__lte=at, purpose__in=purposes)
    return waiting.order_by("urgency", "next_attempt_at", "pk").select_for_update(skip_locked=True)


def _allowed_purposes(allowance: Budgets, at: datetime) -> list[str]:
    """The purposes for which there is room; the due mail of the others is held, and a breaker opens."""
    sent = _sent_by_purpose(at)
    open_for = _open_breakers(sent, allowance, at)
    allowed = [
        purpose
        for purpose in Purpose.values
        if purpose not in open_for
        and budgets.has_room(purpose, sent, allowance, is_breaker_open=ALL in open_for)
    ]
    opened = {
        _breaker_of(purpose, sent, allowance) for purpose in _held(set(Purpose.values) - set(allowed), at)
    }
    for purpose in sorted(opened - open_for):
        _open_breaker(purpose, sent.get(purpose, 0) if purpose else sum(sent.values()), at)
    is_narrow = ALL in opened
    return [purpose for purpose in allowed if purpose in budgets.URGENT] if is_narrow else allowed


def _held(purposes: set[str], at: datetime) -> set[str]:
    """Holds what is due of these; gives those of which something is held."""
    others = _due(at, purposes).exclude(held_for=HeldFor.ALL).values_list("pk", flat=True)
    Outgoing.objects.filter(pk__in=list(others)).update(state=State.HELD, held_for=HeldFor.ALL)
    due = Outgoing.objects.waiting().filter(next_attempt_at__lte=at, held_for=HeldFor.ALL)
    return {purpose for purpose in purposes if due.filter(purpose=purpose).exists()}


def _breaker_of(purpose: str, sent: dict[str, int], allowance: Budgets) -> str:
    """Which breaker holds it: that of its purpose where that alone is too much, else that of all."""
    return ALL if budgets.has_room_of_its_own(purpose, sent, allowance) else purpose


def _sent_by_purpose(at: datetime) -> dict[str, int]:
    lately = _lately(at).values("purpose").annotate(mails=Count("pk"))
    return {row["purpose"]: row["mails"] for row in lately}


def _open_breakers(sent: dict[str, int], allowance: Budgets, at: datetime) -> set[str]:
    """Those still open. Each ends by itself once its last hour was calm. Effects: breaker.closed."""
    still = set()
    for opening in BreakerOpening.objects.filter(closed_at=None).order_by("pk"):
        if budgets.may_close(opening.purpose, sent, allowance):
            _close_breaker(opening, at)
        else:
            still.add(opening.purpose)
    return still


def _close_breaker(opening: BreakerOpening, at: datetime) -> None:
    opening.closed_at = at
    opening.save(update_fields=["closed_at"])
    held = Outgoing.objects.filter(held_for=HeldFor.ALL)
    facts = {"held": (held.filter(purpose=opening.purpose) if opening.purpose else held).count()}
    record("breaker.closed", by=POSTMAN, at=at, subjects=[("breaker", opening.pk)], facts=facts)


def _open_breaker(purpose: str, sent_in_hour: int, at: datetime) -> None:
    """Effects: breaker.opened."""
    opening = BreakerOpening.objects.create(opened_at=at, purpose=purpose, sent_in_hour=sent_in_hour)
    log.warning("mail_breaker_opened", purpose=purpose, sent_in_hour=sent_in_hour)
    facts = {"sent_in_hour": sent_in_hour}
    record("breaker.opened", by=POSTMAN, at=at, subjects=[("breaker", opening.pk)], facts=facts)


def _is_too_old(mail: Outgoing, at: datetime) -> bool:
    # What nobody ever tried, because no worker ran, still leaves; but not a code that has expired meanwhile.
    is_stale = mail.attempts > 0 or mail.purpose in WITH_A_CODE
    return is_stale and at >= mail.given_up_at


def _is_held_for_its_address(mail: Outgoing, allowance: Budgets, at: datetime) -> bool:
    scopes = (
        (HeldFor.ADDRESS, allowance.address, _lately(at).to(mail.to_address)),
        (HeldFor.DOMAIN, allowance.domain, _lately(at).to_domain(mail.to_domain)),
    )
    for held_for, most, sent in scopes:
        found = sent.aggregate(mails=Count("pk"), oldest_at=Min("handed_over_at"))
        if found["mails"] >= most:
            mail.state, mail.held_for = State.HELD, held_for
            mail.next_attempt_at = found["oldest_at"] + WINDOW
            mail.save(update_fields=["state", "held_for", "next_attempt_at"])
            return True
    return False


def _lately(at: datetime) -> OutgoingQuerySet:
    """What was handed over within the last hour: what the budgets count."""
    return Outgoing.objects.filter(handed_over_at__gt=at - WINDOW, handed_over_at__lte=at)
