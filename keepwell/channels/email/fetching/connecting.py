"""A signed-in connection to a mail server, or a sentence about why there is none."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from keepwell.channels.email.verbs.signing_in import access_token, forget_access
from keepwell.channels.models import ImapAccount, MailSignIn, Secured
from keepwell.kit.refusals import Refused
from keepwell.kit.sealing import unseal

CONNECT_SECONDS, ANSWER_SECONDS = 15.0, 60.0
# The numbers of all mails in a folder come as one line; the default ends at some 140,000 of them.
imaplib._MAXLINE = 20_000_000  # type: ignore[attr-defined]


class NotReached(Refused):
    """The mailbox cannot be looked into now; `str()` says why."""


@contextmanager
def connected(account: ImapAccount) -> Iterator[IMAPClient]:
    """Signed out again at the end. Errors: NotReached, for whatever the server does meanwhile, too."""
    with telling(account):
        client = IMAPClient(
            account.server,
            port=account.port,
            ssl=account.secured == Secured.AT_ONCE,
            timeout=SocketTimeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS),  # type: ignore[arg-type]
        )
        # As the server says them, with their zone.
        client.normalise_times = False
        with client:
            if account.secured == Secured.BEFORE_SIGN_IN:
                client.starttls(ssl.create_default_context())
            _sign_in(client, account)
            yield client


def _sign_in(client: IMAPClient, account: ImapAccount) -> None:
    """By the password, or by what the provider gives for a consent. Errors: NotReached, IMAPClientError."""
    at_provider = MailSignIn.objects.filter(account=account).first()
    try:
        if at_provider is None:
            client.login(account.user, unseal(account.sealed_password))
            return
        token = access_token(at_provider)
    except Refused as why:
        raise NotReached(str(why)) from why
    try:
        client.oauth2_login(account.user, token)
    except IMAPClientError as error:
        forget_access(at_provider)
        raise LoginError(*error.args) from error


@contextmanager
def telling(account: ImapAccount) -> Iterator[None]:
    """What a server does wrong becomes a sentence. Errors: NotReached."""
    try:
        yield
    except (OSError, IMAPClientError) as error:
        raise NotReached(_words(error, account)) from error


def _words(error: Exception, account: ImapAccount) -> str:
    place = {"server": account.server, "port": account.port, "error": _reply(error)}
    for kind, words in _by_kind():
        if isinstance(error, kind):
            return words % place
    return _("The mail server answered: %(error)s") % place


def _by_kind() -> list[tuple[type[Exception], str]]:
    """The narrower kinds first."""
    return [
        (socket.gaierror, _("No server has the name %(server)s.")),
        (ConnectionRefusedError, _("Nothing answers at %(server)s, port %(port)s.")),
        (TimeoutError, _("%(server)s, port %(port)s, does not answer.")),
        (ssl.SSLCertVerificationError, _("The certificate of %(server)s is not to be trusted: %(error)s")),
        (ssl.SSLError, _("%(server)s speaks no TLS at port %(port)s: %(error)s")),
        (LoginError, _("The mail server does not let this user in: %(error)s")),
        (OSError, _("The connection to %(server)s, port %(port)s, failed: %(error)s")),
    ]


def _reply(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    said = error.args[0] if error.args and not isinstance(error, OSError) else str(error)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return text[:300]
