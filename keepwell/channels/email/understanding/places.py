"""Which case a mail names, and how well: seals before anything else, then what anybody may write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keepwell.cases.models import Case
from keepwell.channels.email.understanding.automatic import Own
from keepwell.channels.email.understanding.evidence import Reference, Via
from keepwell.channels.email.understanding.naming import Named
from keepwell.channels.email.understanding.signing import Standing, Ticket, is_address_seal
from keepwell.channels.models import InboundMail, ReplyAddress
from keepwell.customers.models import Contact
from keepwell.people.models import User


@dataclass(frozen=True, kw_only=True)
class Place:
    """The best reference there is, and the case it leads to; None where it leads nowhere."""

    reference: Reference = Reference.NOTHING
    via: Via = Via.NOTHING
    case: Case | None = None


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whose address the From line has, if it names one writer and no more."""

    address: str = ""
    contact: Contact | None = None
    user: User | None = None


def place_of(named: Named, own: Own, who: Who) -> Place:
    """Seals before anything else, and the best of the rest where there is none."""
    rows = list(ReplyAddress.objects.filter(seal__in=named.seals)) if named.seals else []
    tickets = [(Via.REPLY_ADDRESS, ticket) for ticket in opened(rows, own)]
    tickets += [(via, claim.ticket) for via, claim in named.claims if claim.ticket]
    hints = list(_hints(named))
    cases = _surviving([*(ticket.conversation for _via, ticket in tickets), *(one[2] for one in hints)])
    sealed = [(via, ticket) for via, ticket in tickets if ticket.conversation in cases]
    if sealed:
        return _sealed(sealed, cases, who)
    best = next((one for one in hints if one[2] in cases), None)
    place = Place(reference=best[0], via=best[1], case=cases[best[2]]) if best else Place()
    standings = {claim.standing for _via, claim in named.claims}
    standings |= {claim.standing for _via, claim in named.asides}
    if len(tickets) < len(named.seals) or Standing.BROKEN in standings:
        return Place(reference=Reference.BROKEN, via=place.via, case=place.case)
    if Standing.MISSING in standings:
        return Place(reference=Reference.UNSEALED, via=place.via, case=place.case)
    return place


def opened(rows: Iterable[ReplyAddress], own: Own) -> list[Ticket]:
    """What these seals were made for, as far as one of our keys gives them."""
    tickets = [(row.seal, Ticket(conversation=row.conversation_id, recipient=row.contact_id)) for row in rows]
    return [ticket for seal, ticket in tickets if is_address_seal(seal, ticket, own.keys)]


def _sealed(sealed: list[tuple[Via, Ticket]], cases: dict[int, Case], who: Who) -> Place:
    """Where the reply address leads, else the answered mail, else the newest of the thread."""
    via, first = sealed[0]
    case = cases[first.conversation]
    same = [(by, ticket) for by, ticket in sealed if cases[ticket.conversation] == case]
    if _disagree(sealed, cases):
        return Place(reference=Reference.SEALS_DISAGREE, via=via, case=case)
    own = _for(who, same)
    if own is not None:
        return Place(reference=Reference.SEALED, via=own, case=case)
    return Place(reference=Reference.SEALED_FOR_ANOTHER, via=via, case=case)


def _disagree(sealed: list[tuple[Via, Ticket]], cases: dict[int, Case]) -> bool:
    # Of an honest answer both are of one mail. Further up a thread other cases are no wonder: one that ended
    # is taken up again by a new one.
    direct = {
        cases[ticket.conversation].pk for via, ticket in sealed if via in (Via.REPLY_ADDRESS, Via.IN_REPLY_TO)
    }
    return len(direct) > 1


def _for(who: Who, sealed: list[tuple[Via, Ticket]]) -> Via | None:
    """By which of these seals the sender was written to himself, under this identity or a merged one."""
    if who.user is not None:
        own = (via for via, ticket in sealed if (ticket.noun, ticket.recipient) == who.user.actor_ref)
        return next(own, None)
    recipients = [ticket.recipient for _via, ticket in sealed if ticket.noun == "contact"]
    merged = dict(Contact.objects.filter(pk__in=recipients).values_list("pk", "merged_into"))
    for via, ticket in sealed:
        recipient = merged.get(ticket.recipient) or ticket.recipient
        if who.contact is not None and (ticket.noun, recipient) == who.contact.actor_ref:
            return via
    return None


def _hints(named: Named) -> Iterable[tuple[Reference, Via, int]]:
    """What anybody may write, the strongest first: a customer's mail, Outlook's thread, a number."""
    placed = InboundMail.objects.filter(message__isnull=False)
    answered = placed.filter(own_id__in=named.ids).values_list("own_id", "message__conversation")
    known = dict(answered) if named.ids else {}
    for identity in named.ids:
        if identity in known:
            yield Reference.CUSTOMERS_MAIL, Via.REFERENCES, known[identity]
    if named.thread:
        thread = placed.filter(thread=named.thread).order_by("-pk")
        for conversation in thread.values_list("message__conversation", flat=True)[:1]:
            yield Reference.THREAD_INDEX, Via.THREAD_INDEX, conversation
    if named.number:
        for conversation in Case.objects.filter(number=named.number).values_list("conversation", flat=True):
            yield Reference.NUMBER, Via.SUBJECT, conversation


def _surviving(conversations: Iterable[int]) -> dict[int, Case]:
    """The case of each conversation, or the one that it was merged into."""
    wanted = set(conversations)
    if not wanted:
        return {}
    cases = Case.objects.filter(conversation__in=wanted).select_related("merged_into")
    return {case.conversation_id: case.merged_into or case for case in cases}
