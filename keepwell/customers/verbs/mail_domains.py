"""Which mail domains an account has."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.addresses import normal_domain
from keepwell.customers.models import Account, MailDomain
from keepwell.customers.public_providers import is_public_provider
from keepwell.customers.refusals import DomainRefused
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def add_mail_domain(account: Account, domain: str, *, by: Actor, at: datetime | None = None) -> MailDomain:
    """Addresses of this domain may be of this account; it is no more than a hint until it is verified.

    Effects: mail_domain.added; one that it has already is given back. Errors: DomainRefused.
    """
    permits.require(by, "account.edit")
    at = clock.instant(at)
    mail_domain, is_new = MailDomain.objects.get_or_create(
        domain=_checked(domain), defaults={"account": account, "added_at": at}
    )
    if mail_domain.account_id != account.pk:
        raise DomainRefused(
            _("%(domain)s belongs to %(account)s already. Nothing was saved.")
            % {"domain": mail_domain.domain, "account": mail_domain.account.name}
        )
    if is_new:
        _record("mail_domain.added", mail_domain, by=by, at=at)
    return mail_domain


@all_or_nothing()
def verify_mail_domain(mail_domain: MailDomain, *, by: Actor, at: datetime | None = None) -> None:
    """Somebody of ours made sure that the domain is the account's: newcomers with it belong there.

    Effects: mail_domain.verified, the first time.
    """
    permits.require(by, "account.edit")
    lock(mail_domain)
    if mail_domain.verified_at:
        return
    mail_domain.verified_at = clock.instant(at)
    mail_domain.save(update_fields=["verified_at"])
    _record("mail_domain.verified", mail_domain, by=by, at=at)


@all_or_nothing()
def remove_mail_domain(mail_domain: MailDomain, *, by: Actor, at: datetime | None = None) -> None:
    """The domain says nothing any more; who is at the account stays there. Effects: mail_domain.removed."""
    permits.require(by, "account.edit")
    _record("mail_domain.removed", mail_domain, by=by, at=at)
    mail_domain.delete()


def _checked(domain: str) -> str:
    try:
        normal = normal_domain(domain)
    except ValueError:
        raise DomainRefused(
            _("'%(domain)s' is no mail domain; one looks like example.org. Nothing was saved.")
            % {"domain": domain[:80]}
        ) from None
    if is_public_provider(normal):
        raise DomainRefused(
            _("Anybody can have an address at %(domain)s, so it belongs to no account. Nothing was saved.")
            % {"domain": normal}
        )
    return normal


def _record(kind: str, mail_domain: MailDomain, *, by: Actor, at: datetime | None) -> None:
    record(
        kind,
        by=by,
        at=at,
        subjects=[("account", mail_domain.account_id)],
        facts={"mail_domain": mail_domain.pk},
    )
