"""A mailbox is signed in to at its provider instead of with a password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keepwell.channels.email.signing_in.asking import SignInRefused, Tokens, refreshed, tokens_for
from keepwell.channels.email.signing_in.providers import PROVIDERS
from keepwell.channels.email.verbs.mailboxes import (
    AccountRefused,
    Server,
    account_of,
    look_there,
)
from keepwell.channels.models import ImapAccount, Mailbox, MailSignIn
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.sealing import seal, unseal
from keepwell.people import permits

PERMIT = "settings.mailboxes"
DIRECTORY = re.compile(r"[A-Za-z0-9.-]{0,100}")
# One that is about to end is not begun with.
ENDS_EARLY = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What the provider calls this installation. An empty `secret` leaves the one there is."""

    provider: str
    user: str
    client_id: str
    secret: str = ""
    tenant: str = ""


@all_or_nothing()
def sign_in_at(
    mailbox: Mailbox, wanted: Registration, *, by: Actor, at: datetime | None = None
) -> MailSignIn:
    """The mailbox is fetched from the provider's mail server once somebody has consented there.

    A password there was is forgotten; folder and what is taken stay as they were.
    Effects: mailbox.changed. Errors: AccountRefused, NotPermitted.
    """
    permits.require(by, PERMIT)
    lock(mailbox)
    at = clock.instant(at)
    account = account_of(mailbox)
    sign_in = _sign_in_of(account)
    _require_whole(wanted, sign_in)
    is_other = _asked_as(sign_in) != (wanted.provider, wanted.tenant, wanted.client_id, wanted.user)
    account.sealed_password = ""
    takes_from = account.takes_from if account.pk else at
    look_there(account, _server(wanted, account), takes_from=takes_from, by=by, at=at)
    sign_in.account = account
    sign_in.provider, sign_in.tenant, sign_in.client_id = wanted.provider, wanted.tenant, wanted.client_id
    if wanted.secret:
        sign_in.sealed_secret = seal(wanted.secret)
    if is_other:
        sign_in.sealed_refresh = sign_in.sealed_access = ""
        sign_in.access_ends_at = sign_in.consented_at = None
    sign_in.save()
    return sign_in


@all_or_nothing()
def accept_consent(
    sign_in: MailSignIn, code: str, *, verifier: str, back_to: str, by: Actor, at: datetime | None = None
) -> None:
    """Somebody has consented at the provider: the mailbox is looked into from now on.

    Effects: mailbox.signed_in. Errors: SignInRefused, NotPermitted.
    """
    permits.require(by, PERMIT)
    at = clock.instant(at)
    lock(sign_in)
    sign_in.consented_at = at
    _keep(sign_in, tokens_for(sign_in, code, verifier=verifier, back_to=back_to), at)
    # Whoever watches it begins anew.
    ImapAccount.objects.filter(pk=sign_in.account_id).update(changed_at=at, failures=0, said="")
    subjects = [("mailbox", sign_in.account.mailbox_id)]
    record("mailbox.signed_in", by=by, at=at, subjects=subjects, facts={"provider": sign_in.provider})


@all_or_nothing()
def access_token(sign_in: MailSignIn, *, at: datetime | None = None) -> str:
    """What the mail server is shown; asked for anew where it has ended. Errors: SignInRefused, SealBroken."""
    at = clock.instant(at)
    # Two that ask at once would each use up what the other was given.
    lock(sign_in)
    if not sign_in.sealed_refresh:
        raise SignInRefused(
            _("Nobody has signed in at %(name)s yet.") % {"name": sign_in.get_provider_display()}
        )
    if sign_in.access_ends_at is None or sign_in.access_ends_at <= at + ENDS_EARLY:
        _keep(sign_in, refreshed(sign_in), at)
    return unseal(sign_in.sealed_access)


@all_or_nothing()
def forget_access(sign_in: MailSignIn) -> None:
    """The mail server does not take what it was shown: the next time it is asked for anew, however good it
    was said to be."""
    MailSignIn.objects.filter(pk=sign_in.pk).update(sealed_access="", access_ends_at=None)


def _keep(sign_in: MailSignIn, tokens: Tokens, at: datetime) -> None:
    sign_in.sealed_access, sign_in.access_ends_at = seal(tokens.access), at + tokens.good_for
    if tokens.refresh:
        sign_in.sealed_refresh = seal(tokens.refresh)
    sign_in.save()


def _sign_in_of(account: ImapAccount) -> MailSignIn:
    """The one there is, or an empty one to fill in."""
    return (MailSignIn.objects.filter(account=account).first() if account.pk else None) or MailSignIn()


def _asked_as(sign_in: MailSignIn) -> tuple[str, str, str, str]:
    user = sign_in.account.user if sign_in.pk else ""
    return sign_in.provider, sign_in.tenant, sign_in.client_id, user


def _require_whole(wanted: Registration, known: MailSignIn) -> None:
    if wanted.provider not in PROVIDERS:
        raise AccountRefused(_("Choose one of the providers there are."))
    if not DIRECTORY.fullmatch(wanted.tenant):
        raise AccountRefused(_("The directory is an id or a domain, such as contoso.example."))
    is_known = (known.provider, known.client_id) == (wanted.provider, wanted.client_id)
    if not wanted.secret and not (is_known and known.sealed_secret):
        raise AccountRefused(_("Enter the secret of this client id."))


def _server(wanted: Registration, account: ImapAccount) -> Server:
    provider = PROVIDERS[wanted.provider]
    return Server(
        server=provider.server,
        port=provider.port,
        secured=provider.secured,
        user=wanted.user,
        folder=account.folder,
        moves_to=account.moves_to,
    )
