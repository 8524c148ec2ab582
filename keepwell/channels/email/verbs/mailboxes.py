"""The addresses that customers write to."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.models import Mailbox
from keepwell.customers.reaching import well_formed_address
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits


@all_or_nothing()
def add_mailbox(address: str, *, name: str = "", by: Actor, at: datetime | None = None) -> Mailbox:
    """Mail to this address is taken from now on; a known mailbox stays as it is.

    Effects: mailbox.added. Errors: AddressRefused, NotPermitted.
    """
    permits.require(by, "settings.brand")
    at, address = clock.instant(at), well_formed_address(address)
    lock_key(f"mailbox {address.lower()}")
    if known := Mailbox.objects.filter(address__iexact=address).first():
        return known
    mailbox = Mailbox.objects.create(address=address, name=name.strip()[:200], added_at=at)
    record("mailbox.added", by=by, at=at, subjects=[("mailbox", mailbox.pk)])
    return mailbox
