"""A copy of an answer as a mail to somebody who takes no part in the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.channels.email.answer import recipient_of, told_of, variables_of
from keepwell.channels.email.enclosures import enclosures_of
from keepwell.channels.email.thread_headers import thread_headers
from keepwell.conversations.about import COPIED
from keepwell.conversations.models import Copy, CopyKind
from keepwell.customers.models import Contact
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Brand, Purpose


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whom the mails of one answer name in their headers; a blind copy is named in none."""

    to: tuple[Recipient, ...] = ()
    cc: tuple[Recipient, ...] = ()

    @property
    def cc_header(self) -> dict[str, str]:
        return {"Cc": _written(self.cc)} if self.cc else {}

    @property
    def headers(self) -> dict[str, str]:
        """Of a copy: to whom the answer itself went. Where it went to nobody, the copy is to its reader."""
        return {**({"To": _written(self.to)} if self.to else {}), **self.cc_header}


def named_in(reached: list[tuple[Contact, str]], copies: list[Copy]) -> Named:
    """Those who are written to, and the copies that are not blind."""
    return Named(
        to=tuple(Recipient(address=address, name=contact.name) for contact, address in reached),
        cc=tuple(
            Recipient(address=copy.address, name=copy.contact.name)
            for copy in copies
            if copy.kind == CopyKind.CC
        ),
    )


def letter_of_copy(
    copy: Copy, case: Case, named: Named, *, ours: Brand, sealed: Mapping[str, str], at: datetime
) -> Letter:
    """The answer alone: what was said before, and the way to the case, are for those who take part."""
    recipient, message = recipient_of(copy.contact, copy.address, case), copy.message
    variables = variables_of(message, case, recipient, ours, at)
    if named.to:
        # The words are to whom they were written, and are the same to everybody.
        variables["contact"] = named.to[0].name
    threaded = thread_headers(case, copy.address)
    enclosed = enclosures_of(message, "")
    return Letter(
        template="channels/email/mail/copy",
        to=recipient,
        purpose=Purpose.REPLY,
        context={
            **told_of(message, case, variables, threaded, ours),
            "files": enclosed.left,
            "names": ", ".join(one.name or one.address for one in named.to),
        },
        about=(("copy", copy.pk), (f"{COPIED}message", message.pk), ("case", case.pk)),
        sender_name=variables["writer"],
        headers={**sealed, **threaded, **named.headers},
        attachments=enclosed.attached,
        variables=variables,
        brand=ours,
    )


def _written(recipients: tuple[Recipient, ...]) -> str:
    return ", ".join(one.written for one in recipients)
