"""Who will get the answer to a case, and how that differs from the mail before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from keepwell.cases.models import Case
from keepwell.channels.email.differences import Differences, Somebody, differences
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.recipients import ADDRESS
from keepwell.channels.email.understanding.naming import plus_part
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.conversations.copying import CopyTo
from keepwell.conversations.models import (
    Copy,
    CopyKind,
    Direction,
    Message,
    MessageState,
    Participant,
    PartRole,
)
from keepwell.customers.models import Contact, ContactAddress, MailDomain
from keepwell.customers.naming import contact_name
from keepwell.customers.public_providers import is_public_provider
from keepwell.kit.asking import Question
from keepwell.outbox.queries import sender_addresses

LEFT = (MessageState.SENT, MessageState.FAILED)


@dataclass(frozen=True, kw_only=True)
class Audience:
    """`to` take part, and mail reaches them; `unreached` take part and get none.

    `cc` and `bcc` get a copy. `differs`: how they differ from those of the mail before.
    """

    to: tuple[Somebody, ...] = ()
    unreached: tuple[Somebody, ...] = ()
    cc: tuple[Somebody, ...] = ()
    bcc: tuple[Somebody, ...] = ()
    differs: Differences = field(default_factory=Differences)


def audience_of(case: Case, copies: Iterable[CopyTo] = ()) -> Audience:
    """Who gets an answer that is written now, with these copies.

    The same number of queries for any number of people.
    """
    parts = _parts(case)
    everybody = [_taking_part(part) for part in parts]
    copied = _copied(list(copies), {part.contact_id for part in parts})
    to = tuple(one for one in everybody if one.address)
    now = [*everybody, *(one for _kind, one in copied)]
    answered = _last_answer(case)
    written = _mail_after(case, answered)
    return Audience(
        to=to,
        unreached=tuple(one for one in everybody if not one.address),
        cc=tuple(one for kind, one in copied if kind == CopyKind.CC),
        bcc=tuple(one for kind, one in copied if kind == CopyKind.BCC),
        differs=differences(now, _people_of(answered), written, _domains(case, now)),
    )


def copies_of(conversation: int, also: Collection[int] = ()) -> list[Copy]:
    """Who got an answer besides those who take part, in their order, also in other conversations.

    Each with its contact, and with `newest`: the id of our last answer in the first of them. One query.
    """
    if not also:
        return COPIES.objects(conversation)
    return list(_copies(conversation, message__conversation__in=[conversation, *also]))


def last_cc(copies: Iterable[Copy]) -> list[str]:
    """The addresses that our last answer names as Cc. Blind copies are for once."""
    return [
        copy.address
        for copy in copies
        if copy.message_id == copy.newest and copy.kind == CopyKind.CC and copy.address  # type: ignore[attr-defined]
    ]


def _parts(case: Case) -> list[Any]:
    """Those who take part, whoever opened it first; each with the address that he is written to."""
    rows = Participant.objects.filter(
        conversation=case.conversation_id, confirmed_at__isnull=False, removed_at__isnull=True
    )
    return list(rows.select_related("contact").annotate(mailed_to=ADDRESS).order_by("role", "pk"))


def _taking_part(part: Any) -> Somebody:
    return Somebody(
        address=part.mailed_to or "",
        contact=part.contact_id,
        name=contact_name(part.contact, part.mailed_to),
        is_opener=part.role == PartRole.OPENER,
    )


def _copied(copies: list[CopyTo], anyway: set[int]) -> list[tuple[str, Somebody]]:
    known = _known([copy.address for copy in copies])
    found = [(copy.kind, known.get(copy.address.lower()) or _unknown(copy)) for copy in copies]
    return [(kind, one) for kind, one in found if one.contact not in anyway]


def _unknown(copy: CopyTo) -> Somebody:
    return Somebody(address=copy.address, name=copy.name or copy.address)


def _known(addresses: Iterable[str]) -> dict[str, Somebody]:
    """Whose addresses these are, by the address in small letters; nobody for one that nobody has."""
    asked = Q()
    for address in {address.strip() for address in addresses if address.strip()}:
        asked |= Q(email__iexact=address)
    rows = ContactAddress.objects.filter(asked).select_related("contact__merged_into") if asked else []
    return {row.email.lower(): _of(row.contact.merged_into or row.contact, row.email) for row in rows}


def _of(contact: Contact, address: str) -> Somebody:
    return Somebody(address=address, contact=contact.pk, name=contact_name(contact, address))


def _answers(conversation: int, *states: str) -> Any:
    left = Message.objects.filter(
        conversation=conversation,
        direction=Direction.OUT,
        state__in=states,
        author_user__isnull=False,
        entered_later=False,
    )
    return left.order_by("-happened_at", "-pk")


def _last_answer(case: Case) -> Message | None:
    return _answers(case.conversation_id, *LEFT).only("recipients", "happened_at").first()


def _people_of(answer: Message | None) -> list[Somebody] | None:
    """Who takes part and got it, and those who were named as Cc to all."""
    if answer is None:
        return None
    copies = Copy.objects.filter(message=answer, kind=CopyKind.CC, contact__erased_at__isnull=True)
    rows = Contact.objects.filter(
        Q(pk__in=answer.recipients) | Q(pk__in=copies.values("contact")), erased_at__isnull=True
    )
    people = {
        contact.pk: contact for contact in rows.select_related("merged_into").prefetch_related("addresses")
    }
    return [_of(contact.merged_into or contact, contact.email) for _pk, contact in sorted(people.items())]


def _mail_after(case: Case, answer: Message | None) -> list[Somebody] | None:
    """Whom the newest mail in the case names besides us; None where our answer is newer, or none came."""
    mails = InboundMail.objects.filter(message__conversation=case.conversation_id, parsed__isnull=False)
    if answer is not None:
        mails = mails.filter(message__happened_at__gt=answer.happened_at)
    newest = mails.order_by("-message__happened_at", "-pk").only("parsed").first()
    if newest is None or newest.said is None:
        return None
    named = _named_in(newest.said)
    known = _known(named)
    return [known.get(address.lower()) or Somebody(address=address, name=address) for address in named]


def _named_in(said: ParsedMail) -> list[str]:
    ours = {*sender_addresses(), *_mailboxes()}
    named = [party.address.strip() for party in (*said.from_addresses, *said.to, *said.cc)]
    return [address for address in dict.fromkeys(named) if "@" in address and not _is_ours(address, ours)]


def _mailboxes() -> list[str]:
    return [address.lower() for address in Mailbox.objects.values_list("address", flat=True)]


def _is_ours(address: str, ours: Iterable[str]) -> bool:
    return any(address.lower() == own or plus_part(address, own) for own in ours)


def _domains(case: Case, now: Iterable[Somebody]) -> set[str]:
    """Of the account, and of whoever opened the case; not those where anybody gets an address.

    Not asked for where there is nobody else.
    """
    openers = {one.domain for one in now if one.is_opener}
    if not any(one.address and not one.is_opener for one in now):
        return openers
    own = MailDomain.objects.filter(account=case.account_id).values_list("domain", flat=True)
    return {domain for domain in {*own, *openers} if domain and not is_public_provider(domain)}


def _copies(conversation: int, **where: Any) -> QuerySet[Copy]:
    newest = _answers(conversation, *LEFT, MessageState.PENDING).values("pk")[:1]
    copies = Copy.objects.filter(**where).annotate(newest=Subquery(newest))
    return copies.select_related("contact").order_by("pk")


COPIES = Question(lambda conversation: _copies(conversation, message__conversation=conversation))
