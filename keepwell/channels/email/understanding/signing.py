"""Seals on reply addresses and Message-IDs: a reply finds its conversation by what only its sender was given.

A seal is a whole HMAC-SHA256 over the conversation and the recipient, in small letters and digits (base32),
because mail servers may write an address in small letters. A Message-ID says in plain numbers what it is
sealed for. A reply address cannot: before its @ stand at most 64 letters (RFC 5321 section 4.5.3.1.1), of
which the seal takes 52. It is the seal alone, and whoever reads it looks up what it was made for.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# The newest first: it seals. The older ones are believed still.
Keys = Sequence[bytes]

LOCAL_PART_AT_MOST = 64
SEAL = r"[a-z2-7]{52}"
_SEAL_ONLY = re.compile(SEAL)
_NUMBER = r"(?:0|[1-9][0-9]{0,17})"
# A part too much or too little, or a seal too short, is still ours to judge: it was made to look like ours.
_OURS = re.compile(
    rf"<kw\.(?P<conversation>{_NUMBER})\.(?P<noun>[cp])(?P<recipient>{_NUMBER})\.(?P<message>{_NUMBER})"
    r"(?P<seal>\.[^@<>\s]*)?@[^@<>\s]+>"
)
# Of a side thread, in a form of its own: whoever reads one as the other finds nothing.
_ASIDE = re.compile(
    rf"<kw\.side\.(?P<side_thread>{_NUMBER})\.(?P<party>{_NUMBER})\.(?P<message>{_NUMBER})"
    r"(?P<seal>\.[^@<>\s]*)?@[^@<>\s]+>"
)
_LETTERS = {"contact": "c", "person": "p"}
_NOUNS = {letter: noun for noun, letter in _LETTERS.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """What a seal is made for: a conversation, and the one person who was written to.

    `noun` is contact, or person for one of our own.
    """

    conversation: int
    recipient: int
    noun: str = "contact"


@dataclass(frozen=True, kw_only=True, slots=True)
class SideTicket:
    """What a seal is made for outside: a side thread, and the one who was asked there."""

    side_thread: int
    party: int


class Standing(StrEnum):
    """What a seal is worth."""

    GOOD = "good"
    BROKEN = "broken"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a Message-ID in our form says. `ticket` is None unless its seal is good: the rest is hearsay."""

    standing: Standing
    ticket: Ticket | None = None
    message: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SideClaim:
    """The same of a Message-ID of a side thread; `message` is a side message."""

    standing: Standing
    ticket: SideTicket | None = None
    message: int | None = None


def sealed_message_id(ticket: Ticket, message: int, *, domain: str, keys: Keys) -> str:
    """The Message-ID of one message to one recipient: the same whenever it is asked for under one key."""
    seal = _seal(keys[0], _of_message(ticket, message))
    letter = _LETTERS[ticket.noun]
    return f"<kw.{ticket.conversation}.{letter}{ticket.recipient}.{message}.{seal}@{domain}>"


def read_message_id(text: str, keys: Keys) -> Claim | None:
    """What a Message-ID claims, in whatever case it came back; None if it is not in our form."""
    found = _OURS.fullmatch(text.strip().lower())
    if found is None:
        return None
    if not found["seal"]:
        return Claim(standing=Standing.MISSING)
    ticket = Ticket(
        conversation=int(found["conversation"]), recipient=int(found["recipient"]), noun=_NOUNS[found["noun"]]
    )
    message = int(found["message"])
    if not _is_seal(found["seal"][1:], _of_message(ticket, message), keys):
        return Claim(standing=Standing.BROKEN)
    return Claim(standing=Standing.GOOD, ticket=ticket, message=message)


def side_message_id(ticket: SideTicket, message: int, *, domain: str, keys: Keys) -> str:
    """The Message-ID of one side message to one of those who are asked."""
    seal = _seal(keys[0], _of_message(ticket, message))
    return f"<kw.side.{ticket.side_thread}.{ticket.party}.{message}.{seal}@{domain}>"


def read_side_message_id(text: str, keys: Keys) -> SideClaim | None:
    """What a Message-ID claims of a side thread; None if it is not in that form."""
    found = _ASIDE.fullmatch(text.strip().lower())
    if found is None:
        return None
    if not found["seal"]:
        return SideClaim(standing=Standing.MISSING)
    ticket = SideTicket(side_thread=int(found["side_thread"]), party=int(found["party"]))
    message = int(found["message"])
    if not _is_seal(found["seal"][1:], _of_message(ticket, message), keys):
        return SideClaim(standing=Standing.BROKEN)
    return SideClaim(standing=Standing.GOOD, ticket=ticket, message=message)


def address_seal(ticket: Ticket | SideTicket, keys: Keys) -> str:
    """The seal that this recipient answers to in this conversation, or side thread."""
    return _seal(keys[0], _of_address(ticket))


def is_address_seal(seal: str, ticket: Ticket | SideTicket, keys: Keys) -> bool:
    """Whether the seal was made for this ticket, with a key that is believed."""
    return _is_seal(seal.lower(), _of_address(ticket), keys)


def reply_address(mailbox: str, seal: str) -> str:
    """The mailbox's address with the seal after a plus; empty where that is longer than addresses may be."""
    local, _at, domain = mailbox.rpartition("@")
    address = f"{local}+{seal}"
    return f"{address}@{domain}" if len(address) <= LOCAL_PART_AT_MOST else ""


def plus_part(address: str, mailbox: str) -> str:
    """What stands after the plus where the address is that of the mailbox, in small letters; else empty."""
    local, _at, domain = address.strip().lower().rpartition("@")
    own_local, _at, own_domain = mailbox.strip().lower().rpartition("@")
    name, _plus, part = local.partition("+")
    return part if (name, domain) == (own_local, own_domain) else ""


def is_whole(seal: str) -> bool:
    """Whether it has the length and the letters of a seal."""
    return _SEAL_ONLY.fullmatch(seal) is not None


def _of_message(ticket: Ticket | SideTicket, message: int) -> str:
    return f"message-id {_of(ticket)} {message}"


def _of_address(ticket: Ticket | SideTicket) -> str:
    return f"address {_of(ticket)}"


def _of(ticket: Ticket | SideTicket) -> str:
    if isinstance(ticket, SideTicket):
        return f"side thread {ticket.side_thread} {ticket.party}"
    return f"{ticket.conversation} {ticket.noun} {ticket.recipient}"


def _seal(key: bytes, words: str) -> str:
    # The last letter holds one bit only, and there are sixteen ways to write it: seals are compared as text.
    return b32encode(hmac.digest(key, words.encode(), "sha256")).decode().rstrip("=").lower()


def _is_seal(seal: str, words: str, keys: Keys) -> bool:
    # Of letters and digits only: compare_digest takes no others.
    return is_whole(seal) and any(hmac.compare_digest(_seal(key, words), seal) for key in keys)
