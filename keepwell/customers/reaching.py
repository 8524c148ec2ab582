"""What may be kept of a contact as name, address or phone, and whether he takes changes at all."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.utils.translation import gettext as _

from keepwell.customers.addresses import normal_address
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.phone_numbers import digits_of
from keepwell.customers.refusals import AddressRefused, ContactIsGone, ContactRefused, PhoneRefused
from keepwell.kit.locking import lock

_LOCALE = re.compile(r"(?=.{2,16}\Z)[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
# RFC 5321 4.5.3.1.3: a path has 256 octets, two of which are its brackets.
_VALIDATORS = (MaxLengthValidator(254), EmailValidator())


def checked_person_name(name: str) -> str:
    """The name without blanks around it, empty if it is not known. Errors: ContactRefused if too long."""
    name = " ".join(name.split())
    if len(name) > 200:
        raise ContactRefused(_("A name has 200 characters at most. Nothing was saved."))
    return name


def checked_address(email: str, *, of: Contact | None = None) -> str:
    """The address as it is kept; one that `of` has already passes.

    Errors: AddressRefused if it is none, or belongs to another contact.
    """
    email = well_formed_address(email)
    others = ContactAddress.objects.filter(email__iexact=email).exclude(contact=of)
    if other := others.select_related("contact").first():
        raise AddressRefused(
            _("%(email)s belongs to %(name)s. If both are one person, merge them. Nothing was saved.")
            % {"email": email, "name": other.contact}
        )
    return email


def well_formed_address(email: str) -> str:
    """The address without blanks around it, whoever's it is. Errors: AddressRefused if it is none."""
    email = normal_address(email)
    try:
        for validate in _VALIDATORS:
            validate(email)
    except ValidationError:
        raise AddressRefused(
            _("'%(email)s' is no mail address. Nothing was saved.") % {"email": email[:80]}
        ) from None
    return email


def is_well_formed(email: str) -> bool:
    """Whether it is a mail address, whoever's."""
    try:
        well_formed_address(email)
    except AddressRefused:
        return False
    return True


def checked_locale(locale: str) -> str:
    """A language tag such as en or pt-BR, or "". Errors: ContactRefused."""
    locale = locale.strip()
    if locale and not _LOCALE.match(locale):
        raise ContactRefused(
            _("'%(locale)s' is no language tag; one looks like en or pt-BR. Nothing was saved.")
            % {"locale": locale[:20]}
        )
    return locale


def checked_digits(number: str) -> str:
    """The digits of the number. Errors: PhoneRefused."""
    try:
        return digits_of(number)
    except ValueError:
        raise PhoneRefused(
            _("'%(number)s' is no telephone number. Nothing was saved.") % {"number": number[:40]}
        ) from None


def lock_living(contact: Contact) -> None:
    """Locks the contact. Errors: ContactIsGone if he was erased or merged into another."""
    lock(contact)
    if contact.erased_at:
        raise ContactIsGone(_("This person's data was erased. Nothing was changed."))
    if contact.merged_into_id:
        raise ContactIsGone(
            _("This contact was merged into %(name)s; change that one. Nothing was changed.")
            % {"name": contact.merged_into}
        )
