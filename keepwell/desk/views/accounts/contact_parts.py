"""What saving each part of a contact's page does: the form's answers to the verbs of that part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keepwell.customers.models import Contact
from keepwell.customers.verbs.addressing import add_address
from keepwell.customers.verbs.changing import change_contact, place_contact
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.giving_roles import end_role, give_role
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.customers.verbs.phoning import add_phone
from keepwell.customers.verbs.portal_access import grant_portal_access, withdraw_portal_access
from keepwell.journal.recording import caused_by
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User

Save = Callable[[Contact, Any, User], None]


def save_name(contact: Contact, form: Any, by: User) -> None:
    change_contact(contact, **form.cleaned_data, by=by)


def save_address(contact: Contact, form: Any, by: User) -> None:
    add_address(contact, form.cleaned_data["email"], by=by)


def save_phone(contact: Contact, form: Any, by: User) -> None:
    add_phone(contact, form.cleaned_data["number"], kind=form.cleaned_data["kind"], by=by)


@all_or_nothing()
def save_roles(contact: Contact, form: Any, by: User) -> None:
    wanted = set(form.cleaned_data["roles"])
    held = set(contact.roles.filter(to_at__isnull=True).values_list("role", flat=True))
    with caused_by():
        for role in sorted(held - wanted):
            end_role(contact, role, by=by)
        for role in sorted(wanted - held):
            give_role(contact, role, by=by)


def save_access(contact: Contact, form: Any, by: User) -> None:
    role = form.cleaned_data["role"]
    if role:
        grant_portal_access(contact, role, by=by)
    else:
        withdraw_portal_access(contact, by=by)


def save_place(contact: Contact, form: Any, by: User) -> None:
    place_contact(contact, form.cleaned_data["account"], by=by)


def merge(contact: Contact, form: Any, by: User) -> None:
    merge_contacts(contact, form.into, by=by)


def erase(contact: Contact, form: Any, by: User) -> None:
    erase_contact(contact, by=by)


PARTS: dict[str, Save] = {
    "name": save_name,
    "addresses": save_address,
    "phones": save_phone,
    "roles": save_roles,
    "access": save_access,
    "place": save_place,
    "merge": merge,
    "erasure": erase,
}
