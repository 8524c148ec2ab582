"""What an account may be called and told to be."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account
from keepwell.customers.refusals import AccountRefused
from keepwell.customers.time_zones import is_known_zone, likely_zone


def checked_name(name: str) -> str:
    """The name without blanks around it. Errors: AccountRefused for none, or one over 200 characters."""
    name = " ".join(name.split())
    if not name:
        raise AccountRefused(_("An account needs a name. Nothing was saved."))
    return _not_longer(name, 200)


def checked_details(details: AccountDetails, *, of: Account | None = None) -> AccountDetails:
    """The details as they are kept; `of` is the account they are for, None for a new one.

    Errors: AccountRefused.
    """
    cleaned = AccountDetails(
        reference=_not_longer(details.reference.strip(), 64),
        segment=_not_longer(details.segment.strip(), 80),
        region=_not_longer(details.region.strip(), 80),
    )
    _refuse_taken(cleaned.reference, of)
    return replace(cleaned, time_zone=checked_zone(details.time_zone.strip()))


def checked_zone(name: str) -> str:
    """The zone, or "" for that of the support hours. Errors: AccountRefused, saying what may be meant."""
    if not name or is_known_zone(name):
        return name
    words = _("Time zone '%(name)s' is not known.") % {"name": name}
    if likely := likely_zone(name):
        words = _("Time zone '%(name)s' is not known; did you mean %(likely)s?") % {
            "name": name,
            "likely": likely,
        }
    raise AccountRefused(words)


def _refuse_taken(reference: str, account: Account | None) -> None:
    known = Account.objects.filter(reference__iexact=reference)
    others = known.exclude(pk=account.pk) if account else known
    if reference and (other := others.first()):
        raise AccountRefused(
            _("%(name)s has the customer number %(reference)s already. Nothing was saved.")
            % {"name": other.name, "reference": reference}
        )


def _not_longer(text: str, characters: int) -> str:
    if len(text) > characters:
        raise AccountRefused(
            _("'%(start)s…' is too long: %(characters)s characters at most. Nothing was saved.")
            % {"start": text[:40], "characters": characters}
        )
    return text
