"""Mails as customers and others write them, as values and as bytes."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from typing import Any

from keepwell.cases.tests.elm_falls import NINE
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.outbox.models import Outgoing
from keepwell.people.actors import System

DANA, CARL, NORA = "dana@elmfalls.example", "carl@elmfalls.example", "nora@anothertown.example"
STRANGER, MARIA = "who@nowhere.example", "maria@vendor.example"
# Folded, a long id would be written in encoded words, which no mail program does.
UNFOLDED = policy.default.clone(max_line_length=900)
LATER = NINE + timedelta(minutes=10)
# The host whose word counts: see the fixture `mail_at_nine`.
TRUSTED = "mx.help.example"


def support() -> Mailbox:
    return add_mailbox("support@localhost", by=System("test"))


def mail_from(author: str, *, verdict: str = "", **said: Any) -> ParsedMail:
    """A mail of whoever says that he is its author, with what the trusted host says about it."""
    given: dict[str, Any] = {
        "from_addresses": (Party(address=author, name="Somebody"),),
        "subject": "It is silent again",
        "message_id": "<new@elmfalls.example>",
        "headers": ((("authentication-results", _result(author, verdict)),) if verdict else ()),
        **said,
    }
    return ParsedMail(**given)


def reply_to(sent: Outgoing) -> dict[str, Any]:
    """What a reply to this mail says of where it belongs."""
    return {"in_reply_to": (sent.message_id,), "references": (sent.message_id,)}


def letter(
    author: str = STRANGER,
    text: str = "It says nothing.",
    *,
    subject: str = "The printer is silent",
    verdict: str = "",
    html: str = "",
    pictures: dict[str, bytes] | None = None,
    files: dict[str, bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> bytes:
    """The same as bytes; `files` by name. With `html` it has both parts, with `pictures` by Content-ID."""
    mail = EmailMessage(policy=UNFOLDED)
    mail["From"], mail["To"], mail["Subject"] = f"Somebody <{author}>", "support@localhost", subject
    own_id = hashlib.sha256(f"{author} {subject} {text} {html}".encode()).hexdigest()[:20]
    for name, value in {"Message-ID": f"<{own_id}@x.example>", **(headers or {})}.items():
        mail[name] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
        for identity, content in (pictures or {}).items():
            mail.get_payload()[-1].add_related(content, "image", "png", cid=f"<{identity}>")  # type: ignore[union-attr]
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    result = f"Authentication-Results: {_result(author, verdict)}\n".encode() if verdict else b""
    return result + mail.as_bytes()


def came_in(raw: bytes, mailbox: Mailbox | None = None, **came: Any) -> InboundMail:
    """The mail the whole way: taken, read in a child, decided about."""
    mail = receive_mail(raw, mailbox or support(), Arrival(**came))
    understand(mail.pk)
    return InboundMail.objects.get(pk=mail.pk)


def _result(author: str, verdict: str) -> str:
    return f"{TRUSTED}; dmarc={verdict} header.from={author.partition('@')[2]}"
