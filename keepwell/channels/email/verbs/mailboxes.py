"""The addresses that customers write to, and where their mail is fetched from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.models import ImapAccount, Mailbox, MailSignIn, RemoteMail, Secured
from keepwell.customers.reaching import well_formed_address
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.kit.refusals import Refused
from keepwell.kit.sealing import seal
from keepwell.outbox.models import Brand
from keepwell.people import permits

PERMIT = "settings.mailboxes"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class AccountRefused(Refused):
    """A mailbox cannot be fetched from there."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where a mailbox is fetched from. An empty `password` leaves the one there is."""

    server: str
    user: str
    password: str = ""
    port: int = 993
    secured: str = Secured.AT_ONCE
    folder: str = "INBOX"
    moves_to: str = ""


@all_or_nothing()
def add_mailbox(address: str, *, name: str = "", by: Actor, at: datetime | None = None) -> Mailbox:
    """Mail to this address is taken from now on; a known mailbox stays as it is.

    Effects: mailbox.added. Errors: AddressRefused, NotPermitted.
    """
    permits.require(by, PERMIT)
    at, address = clock.instant(at), well_formed_address(address)
    lock_key(f"mailbox {address.lower()}")
    if known := Mailbox.objects.filter(address__iexact=address).first():
        return known
    mailbox = Mailbox.objects.create(address=address, name=name.strip()[:200], added_at=at)
    record("mailbox.added", by=by, at=at, subjects=[("mailbox", mailbox.pk)])
    return mailbox


@all_or_nothing()
def fetch_from(
    mailbox: Mailbox,
    server: Server,
    *,
    takes_from: datetime | None = None,
    by: Actor,
    at: datetime | None = None,
) -> ImapAccount:
    """The mailbox is fetched from there from now on: what arrives from `takes_from` on, None for all.

    In another folder, or another person's, nothing is known; in the same one it is.
    Effects: mailbox.changed. Errors: AccountRefused, NotPermitted.
    """
    permits.require(by, PERMIT)
    lock(mailbox)
    account = account_of(mailbox)
    _require_safe(server, account)
    if server.password:
        account.sealed_password = seal(server.password)
        MailSignIn.objects.filter(account__mailbox=mailbox).delete()
    return look_there(account, server, takes_from=takes_from, by=by, at=clock.instant(at))


def account_of(mailbox: Mailbox) -> ImapAccount:
    """Where the mailbox is fetched from, or an empty one to fill in."""
    return ImapAccount.objects.filter(mailbox=mailbox).first() or ImapAccount(mailbox=mailbox)


def look_there(
    account: ImapAccount, server: Server, *, takes_from: datetime | None, by: Actor, at: datetime
) -> ImapAccount:
    """The account is kept as one that looks there. The caller holds the mailbox's lock.

    Effects: mailbox.changed.
    """
    before = _place(account)
    for name in ("server", "port", "secured", "user", "folder", "moves_to"):
        setattr(account, name, getattr(server, name))
    account.takes_from, account.changed_at = takes_from, at
    account.failures, account.said, account.succeeded_at = 0, "", None
    if _place(account) != before:
        account.uid_validity = None
    account.save()
    if account.uid_validity is None:
        RemoteMail.objects.filter(account=account).delete()
    record("mailbox.changed", by=by, at=at, subjects=[("mailbox", account.mailbox_id)])
    return account


@all_or_nothing()
def put_out_of_use(mailbox: Mailbox, *, by: Actor, at: datetime | None = None) -> None:
    """Nothing is taken in at this address any more; what came stays. Effects: mailbox.put_out_of_use."""
    _use(mailbox, is_in_use=False, by=by, at=at)


@all_or_nothing()
def put_into_use(mailbox: Mailbox, *, by: Actor, at: datetime | None = None) -> None:
    """Mail to it is taken again. Effects: mailbox.put_into_use."""
    _use(mailbox, is_in_use=True, by=by, at=at)


@all_or_nothing()
def answer_as(mailbox: Mailbox, brand: Brand | None, *, by: Actor, at: datetime | None = None) -> None:
    """Who writes to it is answered by this brand; None: by that of the product.

    Effects: mailbox.answered_as.
    """
    permits.require(by, PERMIT)
    lock(mailbox)
    if mailbox.brand != brand:
        mailbox.brand = brand
        mailbox.save(update_fields=["brand"])
        subjects = [("mailbox", mailbox.pk)]
        record("mailbox.answered_as", by=by, at=at, subjects=subjects, facts={"brand": mailbox.brand_id})


def _use(mailbox: Mailbox, *, is_in_use: bool, by: Actor, at: datetime | None) -> None:
    permits.require(by, PERMIT)
    lock(mailbox)
    if mailbox.is_in_use == is_in_use:
        return
    mailbox.is_in_use = is_in_use
    mailbox.save(update_fields=["is_in_use"])
    kind = "mailbox.put_into_use" if is_in_use else "mailbox.put_out_of_use"
    record(kind, by=by, at=at, subjects=[("mailbox", mailbox.pk)])


def _place(account: ImapAccount) -> tuple[str, str, str]:
    return account.server, account.user, account.folder


def _require_safe(server: Server, account: ImapAccount) -> None:
    """A password is not sent in the open, and neither it nor a sign-in to a server that it is not for."""
    if server.secured == Secured.NEVER and server.server not in LOOPBACK:
        raise AccountRefused(
            _("Without encryption only a server on this machine is asked. Choose TLS or STARTTLS.")
        )
    is_elsewhere = (account.server, account.port, account.user) != (server.server, server.port, server.user)
    if not server.password and (is_elsewhere or not _has_key(account)):
        raise AccountRefused(_("Enter the password for this server and user."))


def _has_key(account: ImapAccount) -> bool:
    return bool(account.sealed_password) or MailSignIn.objects.filter(account=account).exists()
