"""How a mail is handed over: to a mail server, or, without one, into the data folder."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings

from keepwell.outbox.transports.answers import Answer, Session
from keepwell.outbox.transports.kept import KeptSession
from keepwell.outbox.transports.server import MailServer
from keepwell.outbox.transports.smtp import SmtpSession

__all__ = ["Answer", "Session", "is_kept", "session"]


def is_kept() -> bool:
    """Whether mail is kept here and leaves for nowhere."""
    return not settings.KEEPWELL_MAIL_URL


def session() -> AbstractContextManager[Session]:
    """Hands mails over as long as it lasts; it connects with the first one."""
    if is_kept():
        return KeptSession(settings.VAR / "mail")
    return SmtpSession(MailServer.parse(settings.KEEPWELL_MAIL_URL))
