"""Forgetting what somebody wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from keepwell.conversations.about import carried
from keepwell.conversations.copying import without_addresses
from keepwell.conversations.models import Copy, Direction, Draft, Message, MessageAttachment
from keepwell.conversations.quoting import lines_of, longest_first, take_out_of_drafts
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.queries import identities_of
from keepwell.journal.recording import Actor, Subject, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.verbs.forgetting import forget_mail_about
from keepwell.people import permits


@all_or_nothing()
def erase_words_of(contact: Contact, *, by: Actor, at: datetime | None = None) -> int:
    """Every message this person wrote stays in its place, without its words and files.

    Gives how many messages that were. Effects: message.erased and mail.forgotten, where there was one.
    """
    permits.require(by, "person.erase")
    return erase_words_of_contacts(identities_of(contact), by=by, at=at)


@all_or_nothing()
def erase_words_of_contacts(contact_ids: Sequence[int], *, by: Actor, at: datetime | None = None) -> int:
    """The same for all the ids under which somebody stands. The caller has asked for the permit."""
    Draft.objects.filter(user__contact__in=contact_ids).delete()
    Copy.objects.filter(contact__in=contact_ids).update(address="")
    _take_out_of_copies(
        ContactAddress.objects.filter(contact__in=contact_ids).values_list("email", flat=True)
    )
    written = Message.objects.filter(author_contact__in=contact_ids)
    return _erase(written, by=by, at=at, subjects=[("contact", identity) for identity in contact_ids])


@all_or_nothing()
def erase_words_of_person(user_id: int, *, by: Actor, at: datetime | None = None) -> int:
    """The same for somebody who signed in. What staff wrote for the vendor stays; nobody's drafts do.

    The caller has asked for the permit.
    """
    Draft.objects.filter(user=user_id).delete()
    written = Message.objects.filter(author_user=user_id, direction=Direction.IN)
    return _erase(written, by=by, at=at, subjects=[("person", user_id)])


def _erase(written: QuerySet[Message], *, by: Actor, at: datetime | None, subjects: list[Subject]) -> int:
    at = clock.instant(at)
    standing = written.filter(erased_at__isnull=True).select_for_update().order_by("pk")
    rows = list(standing.values_list("pk", "conversation_id", "body"))
    if not rows:
        return 0
    messages = [row[0] for row in rows]
    _take_out_of_drafts((conversation, body) for _message, conversation, body in rows)
    MessageAttachment.objects.filter(message__in=messages).delete()
    Message.objects.filter(pk__in=messages).update(body="", erased_at=at)
    about = [*subjects, *(("conversation", identity) for identity in sorted({row[1] for row in rows}))]
    with caused_by():
        record("message.erased", by=by, at=at, subjects=about, facts={"messages": len(messages)})
        forget_mail_about(carried("message", messages), by=by, at=at)
    return len(messages)


def _take_out_of_copies(addresses: Iterable[str]) -> None:
    """Nobody's answer that is not sent yet goes to these addresses any more."""
    gone = {address.lower() for address in addresses}
    for draft in Draft.objects.select_for_update().exclude(cc="", bcc=""):
        cc, bcc = without_addresses(draft.cc, gone), without_addresses(draft.bcc, gone)
        if (cc, bcc) != (draft.cc, draft.bcc):
            draft.cc, draft.bcc = cc, bcc
            draft.save(update_fields=["cc", "bcc"])


def _take_out_of_drafts(said: Iterable[tuple[int, str]]) -> None:
    """What others had quoted of it and not sent yet goes, too."""
    lines: dict[int, set[str]] = defaultdict(set)
    for conversation, body in said:
        lines[conversation].update(lines_of(body))
    for conversation in sorted(lines):
        take_out_of_drafts(conversation, longest_first(lines[conversation]))
