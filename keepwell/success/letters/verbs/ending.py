"""Somebody wants no more letters that go to several."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.models import Contact
from keepwell.customers.verbs.consenting import withdraw_consent
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.success.letters.queries import CONSENT


@all_or_nothing()
def want_no_more(contact: Contact, *, at: datetime | None = None) -> None:
    """He is written to no more as one of many; pressed twice it is one. Effects: consent.withdrawn."""
    withdraw_consent(contact, CONSENT, by=contact, at=at)
