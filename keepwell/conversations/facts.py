"""The facts that entries of messages share."""

from __future__ import annotations

from typing import Any

from keepwell.conversations.models import Message


def message_facts(message: Message) -> dict[str, Any]:
    return {
        "message": message.pk,
        "channel": str(message.channel),
        "contact_live": message.is_live,
        "automatic": message.is_automatic,
        "entered_later": message.entered_later,
        "entered_at": message.written_at.isoformat() if message.entered_later else None,
    }
