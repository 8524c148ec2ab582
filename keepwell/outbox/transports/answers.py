"""What a transport answers, whatever happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from keepwell.outbox.models import Outcome

LONGEST_REPLY = 1000


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The outcome of one try and the server's own words, cut to what one reads."""

    outcome: Outcome
    reply: str

    @classmethod
    def of(cls, outcome: Outcome, reply: str | bytes) -> Answer:
        words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        # PostgreSQL takes no NUL, and nobody reads more.
        return cls(outcome=outcome, reply=words.replace("\0", "")[:LONGEST_REPLY])


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """From whom and to whom, as the server is told. `name` is the mail's id here."""

    sender: str
    recipient: str
    name: str
    wants_no_bounce: bool = False


class Session(Protocol):
    @property
    def transport(self) -> str: ...

    def deliver(self, raw: bytes, envelope: Envelope) -> Answer:
        """Hands one mail over; what a server does or fails to do is an answer, never an exception."""
        ...
