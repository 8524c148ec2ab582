"""Which columns name whoever speaks, and on which side he stands."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Coalesce

from keepwell.customers.models import Contact
from keepwell.customers.queries import contact_of
from keepwell.people import permits


def staff_author(by: Any) -> int | None:
    """The id of the staff member; None for a part of the product. Errors: NotPermitted for a customer."""
    noun, identity = by.actor_ref
    if noun == "person" and by.is_staff_member:
        return int(identity)
    if noun.startswith("system."):
        return None
    raise permits.NotPermitted("case.reply")


def customer_author(by: Any, likely: Contact | None = None) -> dict[str, int | None]:
    """The columns of a message that name the customer's person: as contact, and as signed in where he was.

    `likely` is a contact at hand who may well be it. Errors: NotPermitted for staff: nobody speaks in a
    customer's name.
    """
    noun, identity = by.actor_ref
    if noun == "person" and not by.is_customer:
        raise permits.NotPermitted("case.reply")
    contact = likely.pk if likely and _is_he(likely, by) else contact_id_of(by)
    return {"author_contact_id": contact, "author_user_id": identity if noun == "person" else None}


def _is_he(contact: Contact, by: Any) -> bool:
    return contact.merged_into_id is None and by.actor_ref in (contact.actor_ref, ("person", contact.user_id))


def contact_id_of(by: Any) -> int | None:
    """The contact who acts, signed in or not, or the one he was merged into; None for anybody else."""
    noun, identity = by.actor_ref
    if noun == "contact":
        survivor = Contact.objects.filter(pk=identity).values_list(Coalesce("merged_into", "pk"), flat=True)
        return survivor.first()
    contact = contact_of(by) if noun == "person" and by.is_customer else None
    return contact.pk if contact else None
