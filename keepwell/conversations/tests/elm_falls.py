"""Elm Falls and those who look after it: the people of this slice's tests, made through verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.mail import EmailMessage

from keepwell.conversations.models import Conversation, Message
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.starting import start
from keepwell.conversations.verbs.writing import AT_ONCE, write
from keepwell.conversations.words import Words
from keepwell.customers.models import Account, Contact
from keepwell.customers.queries import contact_of
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.files.models import Attachment, Blob
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing, Purpose
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.people.actors import System
from keepwell.people.models import Role, User
from tests import cast

TEST = System("test")
MORNING = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)


def customer(name: str, account: Account | None, role: str = Role.CUSTOMER_USER) -> Customer:
    contact = add_contact(name, email=f"{name.lower()}@customer.example", account=account, by=TEST, at=NOON)
    user = grant_portal_access(contact, role, by=TEST, at=NOON)
    return Customer(contact=contact, user=user)


@dataclass(frozen=True, kw_only=True)
class Customer:
    contact: Contact
    user: User


@dataclass(kw_only=True)
class ElmFalls:
    account: Account
    dana: Customer
    conversation: Conversation


def as_customer(user: User) -> Customer:
    contact = contact_of(user)
    assert contact
    return Customer(contact=contact, user=user)


def elm_falls() -> ElmFalls:
    """Dana of Elm Falls has opened a conversation about her case."""
    account, dana = cast.elm_falls(), as_customer(cast.dana_at_elm_falls())
    conversation = start(serves="case", account=account, opener=dana.contact, by=TEST, at=NOON)
    return ElmFalls(account=account, dana=dana, conversation=conversation)


def words(body: str = "The pump page stays white.", *attachments: Attachment) -> Words:
    return Words(body=body, channel="portal", attachments=attachments)


def said(conversation: Conversation, by: Customer, body: str = "Any news?", at: datetime = NOON) -> Message:
    return receive(conversation, words(body), by=by.user, at=at)


def answered(
    conversation: Conversation, by: User, body: str = "We look at it.", at: datetime = NOON
) -> Message:
    message = write(conversation, words(body), undo_for=AT_ONCE, by=by, at=at)
    release(message, at=at)
    return message


def file_of(by: User | Contact | System, name: str = "pump.png") -> Attachment:
    """A file that this one has brought; its content does not matter here."""
    noun, identity = by.actor_ref
    blob, _is_new = Blob.objects.get_or_create(sha256="ab" * 32, defaults={"size": 10, "stored_at": NOON})
    return Attachment.objects.create(
        blob=blob,
        name=name,
        media_type="image/png",
        size=10,
        uploaded_by_kind=noun,
        uploaded_by_id=identity,
        created_at=NOON,
    )


def kinds_about(conversation: Conversation) -> list[str]:
    return [entry.kind for entry in Entry.objects.about("conversation", conversation.pk)]


def last_entry(conversation: Conversation) -> Entry:
    entry = Entry.objects.about("conversation", conversation.pk).last()
    assert entry
    return entry


def carried_to(message: Message, *addresses: str) -> list[Outgoing]:
    """The mails that carry the message: one for each address."""
    mail = EmailMessage("Your case", message.body, to=list(addresses))
    return enqueue(mail, purpose=Purpose.REPLY, about=[("message", message.pk)], by=TEST, at=NOON)
