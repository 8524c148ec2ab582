"""What an entry about a contact is about."""

from keepwell.customers.models import Contact


def subjects_of(contact: Contact) -> list[tuple[str, int]]:
    """The contact, and the account he is at, if any."""
    about = [("contact", contact.pk)]
    return [*about, ("account", contact.account_id)] if contact.account_id else about
