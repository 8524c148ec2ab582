"""The account that a sender's mail domain points to. Suggested only: nobody is placed by it alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keepwell.cases.models import Case
from keepwell.customers.addresses import domain_of
from keepwell.customers.models import Account, ContactAddress, MailDomain
from keepwell.customers.public_providers import is_public_provider


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An account and why: the domain that points to it, and whether somebody made sure that it does."""

    account: Account
    domain: str
    is_verified: bool


def suggested_for(cases: Iterable[Case]) -> dict[int, Suggestion]:
    """The suggestion for each of these cases that has no account, by case id; two queries however many.

    Cases whose sender's domain is nobody's, or a public provider's, are left out.
    """
    unplaced = [case for case in cases if case.account_id is None]
    domains = _domains_of({case.contact_id for case in unplaced})
    accounts = _accounts_of({domain for found in domains.values() for domain in found})
    return {
        case.pk: found for case in unplaced if (found := _best(domains.get(case.contact_id, ()), accounts))
    }


def _domains_of(contact_ids: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for address in ContactAddress.objects.filter(contact__in=contact_ids):
        domain = domain_of(address.email)
        if not is_public_provider(domain):
            found.setdefault(address.contact_id, []).append(domain)
    return found


def _accounts_of(domains: set[str]) -> dict[str, Suggestion]:
    rows = MailDomain.objects.filter(domain__in=domains).select_related("account")
    return {
        row.domain: Suggestion(
            account=row.account, domain=row.domain, is_verified=row.verified_at is not None
        )
        for row in rows
    }


def _best(domains: Iterable[str], accounts: dict[str, Suggestion]) -> Suggestion | None:
    """A verified domain before one that is not; the contact's primary address before his others."""
    found = [accounts[domain] for domain in domains if domain in accounts]
    return min(found, key=lambda suggestion: not suggestion.is_verified, default=None)
