"""Contacts: each one's page."""

import re
from collections.abc import Iterable

from django.urls import path, reverse
from django.utils.translation import gettext as _

from keepwell.customers.queries import contacts_visible_to
from keepwell.desk.registry import Answer, PaletteSource, register
from keepwell.desk.views.accounts import contacts
from keepwell.people.models import User

FOUND_AT_MOST = 6

urlpatterns = [
    path("accounts/<int:pk>/people/new/", contacts.new_contact, name="new_contact"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/phones/<int:phone>/removal/", contacts.phone_removal, name="phone_removal"),
    path("contacts/<int:pk>/addresses/<int:address>/<slug:act>/", contacts.address_act, name="address_act"),
    path("contacts/<int:pk>/<slug:part>/", contacts.part, name="contact_part"),
]


def _find(reader: User, words: str) -> Iterable[Answer]:
    # A person is looked for by either name: the beginning of any word counts.
    rows = contacts_visible_to(reader).filter(erased_at__isnull=True, name__iregex=rf"\m{re.escape(words)}")
    for contact in rows.select_related("account").order_by("name", "pk")[:FOUND_AT_MOST]:
        href = reverse("desk:contact", args=[contact.pk])
        hint = contact.account.name if contact.account else ""
        yield Answer(group=_("Contacts"), label=contact.name, href=href, hint=hint)


register(PaletteSource(name="contacts", position=600, permit="contact.see", find=_find))
