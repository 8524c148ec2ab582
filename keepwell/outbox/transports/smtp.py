"""SMTP, step by step, so that it is always known whether the server can have taken the mail.

Until the last byte of the mail has been handed to the network the server has nothing: whatever fails is
tried again. After it, only the server's answer tells; where none is heard the outcome is unknown.
Source: RFC 5321 sections 3.3 and 4.5.3.2.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

import structlog
from django.core.mail.utils import DNS_NAME

from keepwell.outbox.models import Outcome
from keepwell.outbox.transports.answers import Answer, Envelope
from keepwell.outbox.transports.server import MailServer, Secured

log = structlog.get_logger("keepwell.outbox")

CONNECT_SECONDS = 10.0
STEP_SECONDS = 30.0
# Servers look at the mail before they answer; RFC 5321 would have us wait for ten minutes.
ANSWER_SECONDS = 120.0
# A server that trickles a byte a second keeps every single step alive; the whole has an end all the same.
WHOLE_SECONDS = 300.0

LINE_STARTS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
LINE_END = re.compile(rb"\r\n|\r|\n")


class _Refused(Exception):
    """The server's answer to one step, other than yes."""

    def __init__(self, code: int, reply: bytes) -> None:
        self.code, self.reply = code, reply
        super().__init__(code)

    @property
    def answer(self) -> Answer:
        # 4xx asks to come again; 5xx is final; anything else is no SMTP, and may be better later.
        outcome = Outcome.REFUSED if 500 <= self.code < 600 else Outcome.LATER
        return Answer.of(outcome, f"{self.code} {self.reply.decode('utf-8', 'replace')}")


class SmtpSession:
    """One connection, kept for as many mails as come; after a failure the next mail gets a new one."""

    transport = "smtp"

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._close()

    def deliver(self, raw: bytes, envelope: Envelope) -> Answer:
        try:
            connection = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            return Answer.of(Outcome.UNREACHABLE, _words(error))
        with _ending_after(connection, WHOLE_SECONDS):
            answer = _transaction(connection, raw, envelope)
        if answer.outcome in {Outcome.UNKNOWN, Outcome.UNREACHABLE, Outcome.LATER}:
            self._close()
        return answer

    def _connected(self) -> smtplib.SMTP:
        """The connection at hand if it still answers, else a new one."""
        if self._connection is not None:
            try:
                _expect(self._connection.docmd("RSET"), 250)
            except (OSError, smtplib.SMTPException, _Refused):
                self._close()
        if self._connection is None:
            self._connection = _connect(self.server)
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.docmd("QUIT")
        except (OSError, smtplib.SMTPException) as error:
            log.debug("smtp_left_without_goodbye", error=_words(error))
        connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    """Connected, encrypted and known to the server. Errors: OSError, SMTPException."""
    context = ssl.create_default_context()
    here = DNS_NAME.get_fqdn()
    smtp: smtplib.SMTP
    if server.secured is Secured.AT_ONCE:
        smtp = smtplib.SMTP_SSL(server.host, server.port, here, timeout=CONNECT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, here, timeout=CONNECT_SECONDS)
    try:
        _introduce(smtp, server, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _introduce(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    _timeout(smtp, STEP_SECONDS)
    smtp.ehlo_or_helo_if_needed()
    if server.secured is Secured.BEFORE_MAIL:
        smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)


def _transaction(smtp: smtplib.SMTP, raw: bytes, envelope: Envelope) -> Answer:
    try:
        _timeout(smtp, STEP_SECONDS)
        _sender(smtp, raw, envelope)
        _expect(smtp.rcpt(envelope.recipient), 250, 251)
        _expect(smtp.docmd("DATA"), 354)
        smtp.send(_stuffed(raw))
    except _Refused as refused:
        return refused.answer
    except (OSError, smtplib.SMTPException) as error:
        return Answer.of(Outcome.LATER, _words(error))
    return _heard(smtp)


def _sender(smtp: smtplib.SMTP, raw: bytes, envelope: Envelope) -> None:
    """Nobody as the sender where no answer is wanted (RFC 3834 section 3.3), if the server takes that."""
    options = _options(smtp, raw, envelope)
    if envelope.wants_no_bounce and smtp.mail("", options)[0] == 250:
        return
    _expect(smtp.mail(envelope.sender, options), 250)


def _options(smtp: smtplib.SMTP, raw: bytes, envelope: Envelope) -> list[str]:
    options = []
    if smtp.has_extn("size"):
        options.append(f"size={len(raw)}")
    if not raw.isascii() and smtp.has_extn("8bitmime"):
        options.append("body=8bitmime")
    if not (envelope.sender + envelope.recipient).isascii():
        if not smtp.has_extn("smtputf8"):
            raise _Refused(553, b"the mail server takes no addresses in other letters (SMTPUTF8)")
        options.append("smtputf8")
    return options


def _heard(smtp: smtplib.SMTP) -> Answer:
    """The mail lies with the server: what does it say?"""
    try:
        _timeout(smtp, ANSWER_SECONDS)
        code, reply = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Answer.of(Outcome.UNKNOWN, _words(error))
    if code == -1:
        return Answer.of(Outcome.UNKNOWN, reply)
    if code // 100 == 2:
        return Answer.of(Outcome.ACCEPTED, f"{code} {reply.decode('utf-8', 'replace')}")
    return _Refused(code, reply).answer


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise _Refused(*answer)


def _stuffed(raw: bytes) -> bytes:
    """The mail with network line ends, each leading dot doubled, and the final dot (RFC 5321 4.5.2)."""
    body = LINE_STARTS_WITH_DOT.sub(b"..", LINE_END.sub(b"\r\n", raw))
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _timeout(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


@contextmanager
def _ending_after(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    def end() -> None:
        with suppress(OSError):
            if smtp.sock is not None:
                smtp.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
