"""Contacts: found again by their mail address, else by their name at their account."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Account, Contact, ContactPhone, ContactRole
from keepwell.customers.queries import contact_by_address
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.changing import change_contact, place_contact
from keepwell.customers.verbs.giving_roles import give_role
from keepwell.customers.verbs.phoning import add_phone
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.imports.columns import CellRefused, Column, flag, one_of, several
from keepwell.imports.finding import account_called
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor
from keepwell.people.models import Role

COLUMNS = (
    Column(name="name", is_required=True, also=("full name", "contact", "contact name")),
    Column(name="email", also=("e mail", "mail", "email address", "mail address", "e mail address")),
    Column(name="account", also=("customer", "account name", "company", "customer number")),
    Column(name="phone", also=("telephone", "office phone", "phone number")),
    Column(name="mobile", also=("cell", "cell phone", "mobile phone")),
    Column(name="language", also=("locale",)),
    Column(name="roles", also=("role",)),
    Column(name="portal access", also=("portal", "access")),
)
ROLES = {kind.value.replace("_", " "): kind.value for kind in ContactRole.Kind}
PHONES = {"phone": ContactPhone.Kind.OFFICE, "mobile": ContactPhone.Kind.MOBILE}


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The contact with phones, roles and, if the file says so, access to the portal.

    Access is only ever given here, never withdrawn.
    """
    if not line["name"] and not line["email"]:
        raise CellRefused(_("Name and email are both empty."))
    account = account_called(line["account"]) if line["account"] else None
    roles = [one_of(part, ROLES, _("Role")) for part in several(line["roles"])]
    gets_access = flag(line["portal access"], _("Portal access"))
    contact = _known(line, account)
    told = told_of("contact", contact.pk) if contact else None
    contact = _as_the_line_says(contact, line, account, by=by, at=at)
    for role in roles:
        give_role(contact, role, by=by, at=at)
    if gets_access:
        grant_portal_access(contact, _sign_in_role(contact), by=by, at=at)
    return Outcome.ADDED if told is None else outcome_since(told, "contact", contact.pk)


def _known(line: Line, account: Account | None) -> Contact | None:
    if line["email"]:
        return contact_by_address(line["email"])
    named = Contact.objects.filter(name__iexact=line["name"], account=account, merged_into__isnull=True)
    found = list(named[:2])
    if len(found) > 1:
        raise CellRefused(
            _("There are several contacts called '%(name)s' there; say which by the mail address.")
            % {"name": line["name"]}
        )
    return found[0] if found else None


def _as_the_line_says(
    contact: Contact | None, line: Line, account: Account | None, *, by: Actor, at: datetime
) -> Contact:
    if contact is None:
        contact = add_contact(
            line["name"], email=line["email"], account=account, locale=line["language"], by=by, at=at
        )
    else:
        name, locale = line["name"] or contact.name, line["language"] or contact.locale
        change_contact(contact, name=name, locale=locale, by=by, at=at)
        if account:
            place_contact(contact, account, by=by, at=at)
    for column, kind in PHONES.items():
        if line[column]:
            add_phone(contact, line[column], kind=kind, by=by, at=at)
    return contact


def _sign_in_role(contact: Contact) -> str:
    """Who administers the account by the file, or did before, does so in the portal."""
    current = ContactRole.objects.filter(contact=contact, to_at__isnull=True)
    is_administrator = current.filter(role=ContactRole.Kind.ADMINISTRATOR).exists()
    return Role.CUSTOMER_ADMINISTRATOR if is_administrator else Role.CUSTOMER_USER
