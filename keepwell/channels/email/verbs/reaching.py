"""Whether a mailbox could be looked into is kept, so that one that has gone deaf is noticed."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.models import ImapAccount
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System

BY = System("email")


@all_or_nothing()
def reached(account: ImapAccount, *, at: datetime | None = None) -> None:
    """It was looked into, and nothing is left there that should be here. Effects: mailbox.reached, after a
    failure."""
    at = clock.instant(at)
    if account.failures:
        record("mailbox.reached", by=BY, at=at, subjects=[("mailbox", account.mailbox_id)])
    _write(account, tried_at=at, succeeded_at=at, failures=0, said="")


@all_or_nothing()
def not_reached(account: ImapAccount, why: str, *, at: datetime | None = None) -> None:
    """It could not be looked into. Effects: mailbox.not_reached, the first time in a row."""
    at = clock.instant(at)
    if not account.failures:
        record("mailbox.not_reached", by=BY, at=at, subjects=[("mailbox", account.mailbox_id)])
    _write(account, tried_at=at, failures=account.failures + 1, said=why[:500])


def _write(account: ImapAccount, **found: object) -> None:
    """Only what was found: its settings may have been changed meanwhile."""
    for name, value in found.items():
        setattr(account, name, value)
    account.save(update_fields=list(found))
