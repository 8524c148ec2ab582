"""A real mail server on this machine that behaves as a test wants it to."""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Arrived:
    sender: str
    recipients: list[str]
    content: bytes

    @property
    def mail(self) -> Message:
        return message_from_bytes(self.content)


@dataclass
class Postbox:
    """What the server does at each step: "" for yes, an answer such as "451 later", hang, drop, or kill."""

    at_sender: str = ""
    at_recipient: str = ""
    at_data: str = ""
    takes_null_sender: bool = True
    kills: Callable[[], int] | None = None
    arrived: list[Arrived] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address == "<>" and not self.takes_null_sender:
            return "550 we do not take mail from nobody"
        envelope.mail_from = address
        return self.at_sender or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.at_recipient == "kill":
            self._kill()
        envelope.rcpt_tos.append(address)
        return self.at_recipient.removeprefix("kill") or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data[:1].isdigit():
            return self.at_data
        assert isinstance(envelope.content, bytes)
        self.arrived.append(
            Arrived((envelope.mail_from or "").removeprefix("<>"), envelope.rcpt_tos, envelope.content)
        )
        if self.at_data == "kill":
            self._kill()
        if self.at_data == "hang":
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
        if self.at_data == "drop":
            server.transport.abort()
        return "250 taken as 4711"

    def _kill(self) -> None:
        assert self.kills is not None
        os.kill(self.kills(), signal.SIGKILL)

    @property
    def ids(self) -> list[str]:
        return [str(one.mail["Message-ID"]) for one in self.arrived]


class Server(Controller):
    """Listens on a free port of this machine."""

    def __init__(self, postbox: Postbox, certificate: ssl.SSLContext | None = None) -> None:
        self.certificate = certificate
        super().__init__(postbox, hostname="127.0.0.1", port=0, ready_timeout=20)

    def factory(self) -> SMTP:
        return SMTP(self.handler, enable_SMTPUTF8=True, tls_context=self.certificate, hostname="localhost")

    def _trigger_server(self) -> None:
        # The base class connects to the port it was given; ours was chosen by the system.
        self.port = self.handler.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
