"""What a mail says about where it belongs, as far as the mail alone tells it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.evidence import Via
from keepwell.channels.email.understanding.signing import (
    Claim,
    Keys,
    SideClaim,
    plus_part,
    read_message_id,
    read_side_message_id,
)

# However many a mail names, so many are looked up.
REFERENCES_AT_MOST = 50
ADDRESSES_AT_MOST = 50
DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
# Shorter than a whole seal it is a truncated one; shorter than this it is somebody's own tag.
_LIKE_A_SEAL = re.compile(r"[a-z2-7]{20,}")
_NUMBER = re.compile(r"\[#([1-9][0-9]{0,17})\]")
# 1 of version, 5 of time, 16 of a thread's id; what follows is a reply ([MS-OXOMSG] 2.2.1.3).
THREAD_BYTES = 22


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What a mail names. `seals` are what stands after the plus in our addresses.

    `claims` are Message-IDs in our form with where they stood, the answered mail first, then the newest
    first; `asides` the same of side threads; `ids` all others in that order. `thread` is of Outlook, `number`
    from the subject; empty and None where there is none.
    """

    seals: tuple[str, ...] = ()
    claims: tuple[tuple[Via, Claim], ...] = ()
    asides: tuple[tuple[Via, SideClaim], ...] = ()
    ids: tuple[str, ...] = ()
    thread: str = ""
    number: int | None = None


def named_by(mail: ParsedMail, mailboxes: Collection[str], keys: Keys) -> Named:
    """What this mail names, with `mailboxes` as the addresses that are ours."""
    claims: list[tuple[Via, Claim]] = []
    asides: list[tuple[Via, SideClaim]] = []
    ids: list[str] = []
    for via, text in _references(mail):
        if claim := read_message_id(text, keys):
            claims.append((via, claim))
        elif aside := read_side_message_id(text, keys):
            asides.append((via, aside))
        else:
            ids.append(text)
    return Named(
        seals=tuple(dict.fromkeys(_seals(mail, mailboxes))),
        claims=tuple(claims),
        asides=tuple(asides),
        ids=tuple(ids),
        thread=thread_of(mail.thread_index),
        number=_number(mail.subject),
    )


def thread_of(index: str) -> str:
    """The thread that a Thread-Index header belongs to; empty if it is none."""
    try:
        decoded = b64decode("".join(index.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return decoded[:THREAD_BYTES].hex() if len(decoded) >= THREAD_BYTES else ""


def _references(mail: ParsedMail) -> list[tuple[Via, str]]:
    named = {text.strip(): Via.IN_REPLY_TO for text in mail.in_reply_to}
    for text in reversed(mail.references):
        named.setdefault(text.strip(), Via.REFERENCES)
    return [(via, text) for text, via in named.items() if text][:REFERENCES_AT_MOST]


def _seals(mail: ParsedMail, mailboxes: Collection[str]) -> Iterator[str]:
    for address in list(dict.fromkeys(_addresses(mail)))[:ADDRESSES_AT_MOST]:
        for mailbox in mailboxes:
            part = plus_part(address, mailbox)
            if _LIKE_A_SEAL.fullmatch(part):
                yield part


def _addresses(mail: ParsedMail) -> Iterable[str]:
    # Where it was delivered comes first: that is written by the server, and To by the sender.
    for name in DELIVERED:
        yield from (text.strip().strip("<>") for text in mail.all_of(name))
    yield from (party.address for party in (*mail.to, *mail.cc))


def _number(subject: str) -> int | None:
    found = _NUMBER.search(subject)
    return int(found[1]) if found else None
