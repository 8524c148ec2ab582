"""The evidence of a mail that names a side thread, from the database. Most mails cost no query here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.conf import settings

from keepwell.channels.email.aside.evidence import Evidence, Reference, Sender
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.automatic import Own, Written, is_ours, written_by
from keepwell.channels.email.understanding.bounces import Returned
from keepwell.channels.email.understanding.evidence import Via
from keepwell.channels.email.understanding.finding import came_before, forwarder_of, who_wrote
from keepwell.channels.email.understanding.forwarding import original_of, proof_of_both
from keepwell.channels.email.understanding.naming import Named, named_by
from keepwell.channels.email.understanding.places import Who, opened
from keepwell.channels.email.understanding.signing import SideTicket, is_address_seal
from keepwell.channels.models import InboundMail, ReplyAddress, SideReplyAddress
from keepwell.conversations.models import Participant
from keepwell.customers.addresses import domain_of
from keepwell.customers.public_providers import is_public_provider
from keepwell.side_threads.models import SideParty, SideThread

DIRECT = (Via.REPLY_ADDRESS, Via.IN_REPLY_TO)


@dataclass(frozen=True, kw_only=True)
class FoundAside:
    """The evidence and its side thread; `original` is the mail that one of us passes on.

    `returned` is what came back, where the mail says that one of ours did.
    """

    evidence: Evidence
    thread: SideThread
    original: ParsedMail | None = None
    returned: Returned | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """How it names which side thread; `parties` are whom its seals were made for."""

    side_thread: int
    reference: Reference
    via: Via = Via.NOTHING
    parties: frozenset[int] = field(default=frozenset())


def find_aside(mail: ParsedMail, own: Own, *, itself: int | None = None) -> FoundAside | None:
    """All that a decision about this mail rests on; None where it names no side thread.

    A mail that answers one of our conversations directly, and a side thread only further up, names none.
    """
    forwarder = forwarder_of(mail)
    original = original_of(mail, own.keys) if forwarder else None
    said = original or mail
    written = written_by(mail, own)
    place = _came_back_to(written) or _place_of(named_by(said, own.addresses, own.keys), own)
    thread = _thread_of(place)
    if place is None or thread is None:
        return None
    who = who_wrote(said)
    truth = proof_of_both(mail, original, settings.KEEPWELL_MAIL_TRUSTED_HOSTS)
    party = _asked_at(who.address, thread)
    reference = place.reference
    if reference is Reference.SEALED and (party is None or party.pk not in place.parties):
        reference = Reference.SEALED_FOR_ANOTHER
    evidence = Evidence(
        side_thread=thread.pk,
        kind=written.kind,
        reference=Reference.REPEATED if came_before(said, itself) else reference,
        via=place.via,
        sender=Sender.STAFF if is_ours(who.address, own) else _sender(who, party, thread),
        party=party.pk if party else None,
        contact=who.contact.pk if who.contact else None,
        proof=truth.proof,
        host=truth.host,
        forwarder=forwarder.pk if forwarder and original else None,
    )
    return FoundAside(evidence=evidence, thread=thread, original=original, returned=written.returned)


def _came_back_to(written: Written) -> Place | None:
    """The side thread whose mail came back, where it says so by a good seal."""
    failed = written.returned.failed_aside if written.returned else None
    if failed is None or failed.ticket is None:
        return None
    parties = frozenset({failed.ticket.party})
    return Place(side_thread=failed.ticket.side_thread, reference=Reference.SEALED, parties=parties)


def _place_of(named: Named, own: Own) -> Place | None:
    """Seals before anything else: the reply address, the answered mail, then the newest of the thread."""
    tickets = [(Via.REPLY_ADDRESS, ticket) for ticket in _opened(named.seals, own)]
    tickets += [(via, claim.ticket) for via, claim in named.asides if claim.ticket]
    place = _sealed(tickets) if tickets else _by_their_mail(named)
    if place is None or not _answers_a_case(named, own):
        return place
    # What answers a conversation directly belongs there, whatever it names further up.
    return replace(place, reference=Reference.SEALS_DISAGREE) if _direct(tickets) else None


def _sealed(tickets: list[tuple[Via, SideTicket]]) -> Place:
    via, first = tickets[0]
    reference = Reference.SEALS_DISAGREE if len(_direct(tickets)) > 1 else Reference.SEALED
    parties = frozenset(ticket.party for _by, ticket in tickets if ticket.side_thread == first.side_thread)
    return Place(side_thread=first.side_thread, reference=reference, via=via, parties=parties)


def _direct(tickets: list[tuple[Via, SideTicket]]) -> set[int]:
    """The side threads that it answers, not only mentions."""
    return {ticket.side_thread for via, ticket in tickets if via in DIRECT}


def _opened(seals: Collection[str], own: Own) -> list[SideTicket]:
    """What these seals were made for, as far as one of our keys gives them."""
    if not seals:
        return []
    rows = SideReplyAddress.objects.filter(seal__in=seals).select_related("party").order_by("pk")
    tickets = [(row.seal, SideTicket(side_thread=row.party.thread_id, party=row.party_id)) for row in rows]
    return [ticket for seal, ticket in tickets if is_address_seal(seal, ticket, own.keys)]


def _answers_a_case(named: Named, own: Own) -> bool:
    """Whether it answers one of our conversations directly, by a good seal."""
    if any(claim.ticket for via, claim in named.claims if via in DIRECT):
        return True
    return bool(opened(ReplyAddress.objects.filter(seal__in=named.seals), own))


def _by_their_mail(named: Named) -> Place | None:
    """What anybody may write: that it answers a mail which came to a side thread."""
    if not named.ids:
        return None
    came = InboundMail.objects.filter(own_id__in=named.ids, side_message__isnull=False).order_by("-pk")
    for side_thread in came.values_list("side_thread", flat=True)[:1]:
        return Place(side_thread=side_thread, reference=Reference.THEIR_MAIL, via=Via.REFERENCES)
    return None


def _thread_of(place: Place | None) -> SideThread | None:
    if place is None:
        return None
    return SideThread.objects.filter(pk=place.side_thread).select_related("case").first()


def _asked_at(address: str, thread: SideThread) -> SideParty | None:
    """The one who was asked there by this address."""
    return thread.parties.filter(address__iexact=address).first() if address else None


def _sender(who: Who, party: SideParty | None, thread: SideThread) -> Sender:
    if who.user is not None:
        return Sender.STAFF
    if party is not None:
        return Sender.ASKED
    if _takes_part(who, thread):
        return Sender.CUSTOMER
    if _is_colleague(who, thread):
        return Sender.COLLEAGUE
    account = who.contact.account_id if who.contact else None
    is_customers = account is not None and account == thread.case.account_id
    return Sender.CUSTOMER if is_customers else Sender.STRANGER


def _takes_part(who: Who, thread: SideThread) -> bool:
    parts = Participant.objects.filter(conversation=thread.case.conversation_id, removed_at__isnull=True)
    return who.contact is not None and parts.filter(contact=who.contact).exists()


def _is_colleague(who: Who, thread: SideThread) -> bool:
    """Whether his mail domain is that of somebody who was asked, and not everybody's."""
    domain = domain_of(who.address)
    if not domain or is_public_provider(domain):
        return False
    return any(domain_of(address) == domain for address in thread.parties.values_list("address", flat=True))
