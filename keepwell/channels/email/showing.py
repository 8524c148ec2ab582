"""A mail that came in as one record: what it says, what it is, what became of it, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.models import InboundMail


def record_of(mail: InboundMail) -> dict[str, Any]:
    """In values that JSON has. `sha256` is of the raw bytes as they are kept; `case` is its number."""
    raw = mail.raw
    return {
        "id": mail.pk,
        "mailbox": raw.mailbox.address,
        "came_by": raw.came_by,
        "received_at": raw.received_at.isoformat(),
        "envelope_sender": raw.envelope_sender,
        "envelope_recipients": raw.envelope_recipients,
        "size": raw.size,
        "sha256": raw.sha256,
        "state": mail.state,
        **_said(mail.said or ParsedMail()),
        "case": mail.case.number if mail.case else None,
        "author": _author(mail),
        "decision": mail.decision,
        "why": mail.why,
        "left_out": mail.left_out,
    }


def _said(said: ParsedMail) -> dict[str, Any]:
    author = said.author or Party(address="")
    return {
        "from": author.address,
        "display_name": author.name,
        "reply_to": _addresses(said.reply_to),
        "to": _addresses(said.to),
        "cc": _addresses(said.cc),
        "subject": said.subject,
        "message_id": said.message_id,
        "in_reply_to": list(said.in_reply_to),
        "references": list(said.references),
        "sent_at": said.sent_at.isoformat() if said.sent_at else None,
        "body_text": said.body_text,
        "trimmed_text": said.trimmed_text,
        "attachments": [
            {
                "name": file.name,
                "type": file.content_type,
                "size": file.size,
                "sha256": file.sha256,
                "is_inline": file.is_inline,
            }
            for file in said.attachments
        ],
        "warnings": list(said.warnings),
    }


def _addresses(parties: Iterable[Party]) -> list[str]:
    return [party.address for party in parties if party.address]


def _author(mail: InboundMail) -> dict[str, Any] | None:
    """Whose message it became; None where there is none, or nobody is believed to be its author."""
    message = mail.message
    if message is None or (message.author_contact_id is None and message.author_user_id is None):
        return None
    kind = "contact" if message.author_contact_id else "person"
    author = message.author_contact or message.author_user
    return {"kind": kind, "id": author.pk if author else None, "name": str(author)}
