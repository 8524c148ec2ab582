"""Who gets a copy of an answer besides those who take part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.conversations.copying import CopyTo
from keepwell.conversations.models import Copy, Message, Participant
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.verbs.adding import known_or_added
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.outbox.queries import sender_addresses
from keepwell.people import permits
from keepwell.people.models import User


class CopyRefused(Refused):
    """Somebody is not to get this answer by mail; `str()` says who and why."""


@all_or_nothing()
def add_copies(
    message: Message, wanted: Iterable[CopyTo], *, by: Actor, at: datetime | None = None
) -> list[Copy]:
    """These get the answer, too, once it leaves. Whoever takes part gets it anyway and is passed over.

    An address that nobody has becomes that of a new contact, and proves nothing of him. Effects:
    contact.added for each of those. Errors: CopyRefused for one of ours, for somebody who is only suggested,
    and for an address that mail came back from; AddressRefused.
    """
    permits.require(by, "case.reply")
    at = clock.instant(at)
    parts = _parts(message)
    copies: dict[int, Copy] = {}
    for copy in wanted:
        _require_outside(copy.address)
        found = known_or_added(copy.name, email=copy.address, by=by, at=at)
        contact = found.contact.merged_into or found.contact
        if not _gets_it_anyway(contact, found, parts):
            copies.setdefault(
                contact.pk, Copy(message=message, contact=contact, kind=copy.kind, address=found.email)
            )
    return Copy.objects.bulk_create(copies.values())


def _parts(message: Message) -> dict[int, Participant]:
    standing = Participant.objects.filter(conversation=message.conversation_id, removed_at__isnull=True)
    return {part.contact_id: part for part in standing}


def _require_outside(address: str) -> None:
    """Errors: CopyRefused. What we tell each other is a note, and mail to ourselves opens cases."""
    is_staff = any(user.is_staff_member for user in User.objects.filter(email=address.lower()))
    if is_staff or address.lower() in sender_addresses():
        raise CopyRefused(
            _("%(address)s is one of ours: tell colleagues by a note. Nothing was sent.")
            % {"address": address}
        )


def _gets_it_anyway(contact: Contact, found: ContactAddress, parts: dict[int, Participant]) -> bool:
    part = parts.get(contact.pk)
    if part is not None and not part.takes_part:
        raise CopyRefused(
            _(
                "%(address)s is only suggested here: somebody named it who may not be who he says. Confirm "
                "who it is under People, or leave it out. Nothing was sent."
            )
            % {"address": found.email}
        )
    if part is None and found.bounced_at is not None:
        raise CopyRefused(
            _("Mail to %(address)s came back for good. Leave it out, or write to another address.")
            % {"address": found.email}
        )
    return part is not None
