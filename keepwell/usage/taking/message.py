"""One call, or one entry of a batch, into an event; or a sentence why not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused
from keepwell.usage.models.apart import WhyApart
from keepwell.usage.taking.clock_skew import NoInstant, instant_in, occurred_at, why_apart
from keepwell.usage.taking.group_facts import facts_in
from keepwell.usage.taking.limits import (
    ID_LETTERS,
    MESSAGE_BYTES,
    MODULE_LETTERS,
    NAME_LETTERS,
    can_be_kept,
)

KINDS = ("track", "page", "screen", "identify", "group")
# Where each kind has its name; the others have none.
NAMED_BY = {"track": "event", "page": "name", "screen": "name"}
# How it came, not what it says: the same event sent again differs in these.
OF_THE_WAY = frozenset({"sentAt", "receivedAt", "integrations", "writeKey", "_metadata"})


class MessageRefused(Refused):
    """This event cannot be taken; the others of its batch can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is kept of an event. `user_id` is "" for nobody in particular; `facts` None but for a group.

    `content_hash` is of all it said, whenever and however it was sent: 64 bits, signed.
    """

    kind: str
    message_id: str
    content_hash: int
    event: str
    module: str
    group_key: str
    user_id: str
    occurred_at: datetime
    apart: WhyApart | None
    facts: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Received:
    """How something came: when we had it, when the sender says it was sent, and the salt of its source."""

    received_at: datetime
    sent_at: datetime | None
    salt: str


def event_in(message: Any, came: Received) -> Event:
    """Errors: MessageRefused."""
    if not isinstance(message, dict):
        raise MessageRefused(_("It is no JSON object."))
    kind = message.get("type")
    if kind not in KINDS:
        raise MessageRefused(
            _("Its type is '%(kind)s', and %(kinds)s are taken.")
            % {"kind": str(kind)[:40], "kinds": ", ".join(KINDS)}
        )
    content_hash = _hash(message, came.salt)
    at = _occurred_at(message, came)
    return Event(
        kind="page" if kind == "screen" else kind,
        message_id=_word(message, "messageId", ID_LETTERS) or f"made-{content_hash & (2**64 - 1):016x}",
        content_hash=content_hash,
        event=_name(message, kind),
        module=_module(message),
        group_key=_group(message, kind),
        user_id=_word(message, "userId", ID_LETTERS),
        occurred_at=at,
        apart=why_apart(at, came.received_at),
        facts=facts_in(_inner(message, "traits")) if kind == "group" else None,
    )


def _hash(message: Mapping[str, Any], salt: str) -> int:
    said = {key: value for key, value in message.items() if key not in OF_THE_WAY}
    body = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    written = body.encode("utf-8", "surrogatepass")
    if len(written) > MESSAGE_BYTES:
        raise MessageRefused(_too_large(said, len(written)))
    return hash_of(salt, written)


def hash_of(salt: str, written: bytes) -> int:
    digest = hashlib.sha256(salt.encode() + written).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _too_large(said: Mapping[str, Any], size: int) -> str:
    """Says which part it is, for whoever has to make it smaller."""
    parts: dict[tuple[str, ...], Any] = {}
    for key, value in said.items():
        if isinstance(value, dict) and value:
            parts |= {(key, str(name)): part for name, part in value.items()}
        else:
            parts[(key,)] = value
    longest = max(parts, key=lambda path: len(json.dumps(parts[path])))
    return _("It has %(size)s bytes and at most %(most)s are taken; most of them are in %(part)s.") % {
        "size": size,
        "most": MESSAGE_BYTES,
        "part": ".".join(longest)[:100],
    }


def _occurred_at(message: Mapping[str, Any], came: Received) -> datetime:
    try:
        said = instant_in(message.get("timestamp") or message.get("originalTimestamp"))
        sent_at = instant_in(message.get("sentAt")) or came.sent_at
    except NoInstant:
        raise MessageRefused(_("Its timestamp or sentAt is no instant as ISO 8601 writes them.")) from None
    return occurred_at(said, sent_at, came.received_at).replace(microsecond=0)


def _name(message: Mapping[str, Any], kind: str) -> str:
    field = NAMED_BY.get(kind, "")
    name = _word(message, field, NAME_LETTERS) if field else ""
    if kind == "track" and not name:
        raise MessageRefused(_("It is a track without an event."))
    return name


def _group(message: Mapping[str, Any], kind: str) -> str:
    key = _word(message, "groupId", ID_LETTERS) or _word(_inner(message, "context"), "groupId", ID_LETTERS)
    if kind == "group" and not key:
        raise MessageRefused(_("It is a group without a groupId."))
    return key


def _module(message: Mapping[str, Any]) -> str:
    """The module that an event says it happened in; "" where it does not say, or says something else."""
    said = _inner(message, "properties").get("module")
    if not isinstance(said, str) or not can_be_kept(said):
        return ""
    return " ".join(said.split())[:MODULE_LETTERS]


def _inner(message: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = message.get(key)
    return found if isinstance(found, dict) else {}


def _word(message: Mapping[str, Any], key: str, most: int) -> str:
    """A word or a whole number as text; "" where nothing stands there. Errors: MessageRefused."""
    found = message.get(key)
    if found is None:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise MessageRefused(_("Its %(key)s is neither text nor a whole number.") % {"key": key})
    text = str(found).strip()
    if len(text) > most or not can_be_kept(text):
        raise MessageRefused(
            _("Its %(key)s has more than %(most)s letters, or a zero byte.") % {"key": key, "most": most}
        )
    return text
