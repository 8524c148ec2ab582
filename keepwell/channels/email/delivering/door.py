"""Where mail servers deliver to us: KEEPWELL_MAIL_LISTEN read, and opened while the worker runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.utils.translation import gettext as _

from keepwell.channels.email.delivering.taking import Taking
from keepwell.channels.email.parsing.limits import STORED_BYTES

log = structlog.get_logger("keepwell.mail")
KINDS: dict[str, type[SMTP]] = {"lmtp": LMTP, "smtp": SMTP}
# Lines of a real mail are longer than the RFC allows, and it is kept as it is.
LINE_BYTES = 1024 * 1024
SILENT_SECONDS = 300.0
AGAIN_SECONDS = 10.0


class ListenRefused(ValueError):
    """KEEPWELL_MAIL_LISTEN cannot be used; `str()` says how it is written."""


@dataclass(frozen=True, kw_only=True)
class Door:
    kind: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Door:
        """Errors: ListenRefused."""
        parts = urlsplit(text)
        try:
            port = parts.port
        except ValueError:
            port = None
        if parts.scheme not in KINDS or not parts.hostname or not port:
            raise ListenRefused(_("It is written lmtp://127.0.0.1:8024, or smtp://host:port."))
        return cls(kind=parts.scheme, host=parts.hostname, port=port)


class _Long:
    """Before SMTP's own: takes lines of any length that a mail has."""

    line_length_limit = LINE_BYTES


def protocol(kind: str) -> SMTP:
    served = type(f"Long{kind}", (_Long, KINDS[kind]), {})
    taking = Taking(is_lmtp=kind == "lmtp")
    made: SMTP = served(
        taking, data_size_limit=STORED_BYTES, enable_SMTPUTF8=True, timeout=SILENT_SECONDS, ident="Keepwell"
    )
    return made


@asynccontextmanager
async def open_door(text: str) -> AsyncIterator[None]:
    """Mail servers are heard while the block runs; nobody is where `text` is empty.

    Workers share the port. Where it is taken by something else it is tried again, and pages and jobs go on.
    """
    if not text:
        yield
        return
    opening = asyncio.create_task(_listen(Door.parse(text)), name="mail door")
    try:
        yield
    finally:
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)


async def _listen(door: Door) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            server = await loop.create_server(
                lambda: protocol(door.kind), door.host, door.port, reuse_port=True
            )
        except OSError as error:
            log.warning("mail_door_not_opened", error=str(error), again_in_seconds=AGAIN_SECONDS)
            await asyncio.sleep(AGAIN_SECONDS)
            continue
        async with server:
            await server.serve_forever()
