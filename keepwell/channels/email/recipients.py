"""Who is written to: those who take part and have shown that an address is theirs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from keepwell.customers.models import Contact, ContactAddress

REACHED = ContactAddress.objects.filter(verified_at__isnull=False, bounced_at__isnull=True)
# For annotating what knows its contact: the address that he is written to, None where there is none.
ADDRESS = Subquery(
    REACHED.filter(contact=OuterRef("contact")).order_by("-is_primary", "pk").values("email")[:1]
)


def written_to(contacts: Iterable[int]) -> list[tuple[Contact, str]]:
    """Each of these contacts with the address to write to, in the order of the contacts.

    One without an address that is confirmed, and that mail reaches, is left out.
    """
    rows = REACHED.filter(contact__in=list(contacts), contact__erased_at__isnull=True)
    chosen: dict[int, ContactAddress] = {}
    for row in rows.select_related("contact__user").order_by("contact_id", "-is_primary", "pk"):
        chosen.setdefault(row.contact_id, row)
    return [(row.contact, row.email) for row in chosen.values()]
