"""Whether a person wrote a mail. What a machine wrote is put aside, and no machine of ours answers it.

Sources: RFC 3834 (answers by machines), RFC 3464 (mail that came back), RFC 8098 (read receipts), RFC 5965
(complaints), RFC 2919 (lists). X-Auto-Response-Suppress asks for silence; it does not say that a machine
wrote the mail, for Outlook and ticket systems put it on mail of people.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.bounces import Returned, has_null_path, returned
from keepwell.channels.email.understanding.evidence import Kind
from keepwell.channels.email.understanding.machine_words import AWAY, UNREAD
from keepwell.channels.email.understanding.signing import (
    Keys,
    plus_part,
    read_message_id,
    read_side_message_id,
)

# Their mere presence says that a machine answered.
ANSWERED = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-auto-respond",
    "x-auto-response",
    "x-vacation",
    "x-mail-autoreply",
    "x-autoreply-from",
)
LISTED = ("list-id", "list-post", "list-unsubscribe", "list-help", "x-mailing-list", "mailing-list")
PRECEDENCE = {"list": Kind.LIST, "bulk": Kind.LIST, "junk": Kind.LIST, "auto_reply": Kind.AUTO_REPLY}
# What the outbox gives a mail without a seal of its own.
_PLAIN_ID = re.compile(r"<[0-9a-f]{32}@(?P<domain>[^<>\s@]+)>")
_SUBJECT_HEAD = re.compile(r"^(?:(?:re|aw|sv|fw|fwd|wg)\s*:\s*|\[[^\]]{0,40}\]\s*)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """What is ours: the addresses of our mailboxes and sender, and the domains our Message-IDs end with.

    All in small letters. A list that is one of these addresses, as where support@ is a group, is no list:
    people write to us by it.
    """

    addresses: Collection[str] = ()
    domains: Collection[str] = ()
    keys: Keys = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What wrote the mail, whether it may be answered by a machine, and what came back if anything did."""

    kind: Kind
    may_be_answered: bool = False
    returned: Returned | None = field(default=None)


def written_by(mail: ParsedMail, own: Own) -> Written:
    """Who or what wrote this mail."""
    if _is_own(mail, own):
        return Written(kind=Kind.OWN_MAIL)
    came_back = returned(mail, own.keys)
    if came_back:
        return Written(kind=came_back.kind, returned=came_back)
    kind = _by_headers(mail, own)
    if kind is Kind.PERSON:
        return Written(kind=kind, may_be_answered=not _asks_for_silence(mail))
    return Written(kind=kind)


def _is_own(mail: ParsedMail, own: Own) -> bool:
    writers = [*mail.from_addresses, *((mail.sender,) if mail.sender else ())]
    if any(is_ours(party.address, own) for party in writers):
        return True
    message_id = mail.message_id.strip().lower()
    domain = message_id.rstrip(">").rpartition("@")[2]
    return domain in own.domains and _is_in_our_form(message_id, own.keys)


def _is_in_our_form(message_id: str, keys: Keys) -> bool:
    is_sealed = read_message_id(message_id, keys) or read_side_message_id(message_id, keys)
    return is_sealed is not None or _PLAIN_ID.fullmatch(message_id) is not None


def is_ours(address: str, own: Own) -> bool:
    """Whether mail to this address comes here."""
    return any(address.strip().lower() == ours or plus_part(address, ours) for ours in own.addresses)


def _by_headers(mail: ParsedMail, own: Own) -> Kind:
    submitted = _first_word(mail.header("auto-submitted"))
    is_away = _SUBJECT_HEAD.sub("", mail.subject.lower()).startswith(AWAY)
    if submitted == "auto-replied" or is_away or any(mail.header(name) for name in ANSWERED):
        return Kind.AUTO_REPLY
    if mail.content_type.lower() == "multipart/report" or submitted not in {"", "no"}:
        return Kind.REPORT
    if (found := _by_list(mail, own)) is not Kind.PERSON:
        return found
    return Kind.REPORT if has_null_path(mail) or _is_unread(mail) else Kind.PERSON


def _by_list(mail: ParsedMail, own: Own) -> Kind:
    if _is_own_list(mail, own):
        return Kind.PERSON
    if any(mail.header(name) for name in LISTED):
        return Kind.LIST
    return PRECEDENCE.get(_first_word(mail.header("precedence")), Kind.PERSON)


def _is_own_list(mail: ParsedMail, own: Own) -> bool:
    """Whether the list is a mailbox of ours: support.help.example is support@help.example (RFC 2919)."""
    named = mail.header("list-id").lower().rpartition("<")[2].partition(">")[0].strip()
    return named in {address.replace("@", ".") for address in own.addresses}


def _is_unread(mail: ParsedMail) -> bool:
    local = mail.author.address.lower().partition("@")[0].partition("+")[0] if mail.author else ""
    return local in UNREAD


def _asks_for_silence(mail: ParsedMail) -> bool:
    silence = _first_word(mail.header("x-auto-response-suppress"))
    return silence not in {"", "none"} or any(mail.header(name) for name in (*LISTED, "precedence"))


def _first_word(text: str) -> str:
    return re.split(r"[\s;,(]", text.strip().lower(), maxsplit=1)[0]
