"""Words that serve no case, as a mail: letters of success and account managers, answers to enquiries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from keepwell.channels.email.enclosures import enclosures_of
from keepwell.channels.email.thread_headers import headers_after, sent_about, written_to_us
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Message
from keepwell.customers.models import Account, Contact
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Purpose

# What is entered of a time long ago, as when a history is brought in, is no news to anybody.
IS_NEWS_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Under:
    """What a mail of such words stands under. `ending` is the address by which its reader ends mail like it,
    `way` the page on which he finds it; "" for none.
    """

    subject: str
    account: Account
    ending: str = ""
    way: str = ""


def is_news(entry: Entry) -> bool:
    """Written by a person, not spoken, and not long ago."""
    is_spoken = entry.fact("contact_live") or entry.fact("entered_later")
    return not entry.fact("automatic") and not is_spoken and entry.occurred_at > clock.now() - IS_NEWS_FOR


def letter_of(message: Message, under: Under, to: tuple[Contact, str], sealed: Mapping[str, str]) -> Letter:
    """`sealed` are the headers by which this contact answers. One that says how to end it says so in its
    headers, too (RFC 2369 section 3.2).
    """
    contact, address = to
    about = ("conversation", message.conversation_id)
    here = InboundMail.objects.filter(message__conversation=message.conversation_id)
    threaded = headers_after([*written_to_us(here), *sent_about(about, address)])
    enclosed = enclosures_of(message, under.way)
    writer = message.author_user.name if message.author_user else ""
    ending = {"List-Unsubscribe": f"<{under.ending}>"} if under.ending else {}
    own_zone = contact.user.time_zone if contact.user else ""
    return Letter(
        template="channels/email/mail/letter",
        to=Recipient(
            address=address,
            name=contact.name,
            locale=contact.locale,
            time_zone=own_zone or under.account.time_zone,
        ),
        purpose=Purpose.REPLY,
        context={
            "words": message.body,
            "subject": under.subject,
            "is_answer": bool(threaded),
            "files": enclosed.left,
            "ending": under.ending,
            "way": under.way,
        },
        about=(("message", message.pk), about, ("account", under.account.pk)),
        sender_name=writer,
        headers={**sealed, **threaded, **ending},
        attachments=enclosed.attached,
        variables={"writer": writer, "contact": contact.name, "subject": under.subject},
    )
