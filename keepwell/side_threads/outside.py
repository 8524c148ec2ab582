"""Whoever is asked stands outside: he neither reads the case nor works here."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from keepwell.cases.models import Case
from keepwell.conversations.models import Participant
from keepwell.customers.models import ContactAddress
from keepwell.people.models import User
from keepwell.side_threads.asked import Asked
from keepwell.side_threads.refusals import OneOfUs, ReadsTheCase


def require_outside(asked: Iterable[Asked], case: Case) -> None:
    """Errors: ReadsTheCase for whoever takes part in the case, or is suggested to; OneOfUs for our own."""
    addresses = {one.address.lower(): one.address for one in asked}
    for email in _addresses_of_the_case(case):
        if email.lower() in addresses:
            raise ReadsTheCase(addresses[email.lower()])
    ours = User.objects.filter(email__in=list(addresses), is_active=True)
    for user in ours:
        if user.is_staff_member:
            raise OneOfUs(addresses[user.email.lower()])


def _addresses_of_the_case(case: Case) -> Iterable[str]:
    parts = Participant.objects.filter(conversation=case.conversation_id, removed_at__isnull=True)
    his = Q(contact__in=parts.values("contact")) | Q(contact=case.contact_id)
    return ContactAddress.objects.filter(his).values_list("email", flat=True)
