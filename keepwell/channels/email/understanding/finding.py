"""The evidence of one mail, from the database. As many queries for one reference as for fifty."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet

from keepwell.cases.models import Case
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.automatic import Own, is_ours, written_by
from keepwell.channels.email.understanding.bounces import Returned
from keepwell.channels.email.understanding.evidence import DomainClaim, Evidence, Reference, Sender
from keepwell.channels.email.understanding.forwarding import original_of, proof_of_both
from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.naming import named_by
from keepwell.channels.email.understanding.places import Who, place_of
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.conversations.models import Participant, PartRole
from keepwell.customers.addresses import domain_of
from keepwell.customers.models import ContactAddress, MailDomain
from keepwell.customers.public_providers import is_public_provider
from keepwell.kit.asking import Question
from keepwell.outbox.queries import sender_addresses
from keepwell.people.models import User
from keepwell.people.permits import may

# Whoever writes down what customers say may pass on what they write.
FORWARDS = "case.enter"


def _addresses(address: str) -> QuerySet[ContactAddress]:
    return ContactAddress.objects.filter(email__iexact=address).select_related("contact__merged_into")


def _staff(address: str) -> QuerySet[User]:
    return User.objects.filter(email=address)


def _claims(domain: str) -> QuerySet[MailDomain]:
    return MailDomain.objects.filter(domain=domain)


def _of_the_same_id(message_id: str) -> QuerySet[InboundMail, tuple[int]]:
    return InboundMail.objects.filter(own_id=message_id).values_list("pk")[:2]


# Asked for every mail.
MAILBOXES = Question(lambda: Mailbox.objects.values_list("address"))
ADDRESSES, STAFF = Question(_addresses), Question(_staff)
CLAIMS, OF_THE_SAME_ID = Question(_claims), Question(_of_the_same_id)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The evidence, and beside it what came back if the mail says that one of ours did.

    `original` is the mail that one of us passes on; None where nobody of ours does.
    """

    evidence: Evidence
    original: ParsedMail | None = None
    returned: Returned | None = field(default=None)


def find(mail: ParsedMail, *, itself: int | None = None, own: Own | None = None) -> Found:
    """All that a decision about this mail rests on. `itself` is its row: it does not repeat itself.

    `own` is what `our_own` gave, where the caller has it.
    """
    own = own or our_own()
    written = written_by(mail, own)
    forwarder = forwarder_of(mail)
    original = original_of(mail, own.keys) if forwarder else None
    said = original or mail
    who = who_wrote(said)
    truth = proof_of_both(mail, original, settings.KEEPWELL_MAIL_TRUSTED_HOSTS)
    place = place_of(named_by(said, own.addresses, own.keys), own, who)
    reference = Reference.REPEATED if came_before(said, itself) else place.reference
    domain = domain_of(who.address)
    evidence = Evidence(
        kind=written.kind,
        may_be_answered=written.may_be_answered,
        reference=reference,
        via=place.via,
        conversation=place.case.conversation_id if place.case else None,
        sender=Sender.STAFF if is_ours(who.address, own) else _sender(who, place.case),
        forwarder=forwarder.pk if forwarder and original else None,
        contact=who.contact.pk if who.contact else None,
        user=who.user.pk if who.user else None,
        account=who.contact.account_id if who.contact else None,
        proof=truth.proof,
        host=truth.host,
        domains=_claims_to(domain),
        is_public_domain=is_public_provider(domain),
    )
    return Found(evidence=evidence, original=original, returned=written.returned)


def our_own() -> Own:
    """The addresses and domains that are ours, and our keys."""
    addresses = {*sender_addresses(), *(address.lower() for (address,) in MAILBOXES.rows())}
    return Own(addresses=addresses, domains={domain_of(address) for address in addresses}, keys=seal_keys())


def who_wrote(mail: ParsedMail) -> Who:
    """Whose address its From line has, where that names one writer."""
    if len(mail.from_addresses) != 1:
        return Who()
    address = mail.from_addresses[0].address.strip()
    known = ADDRESSES.objects(address)
    contact = next((row.contact.merged_into or row.contact for row in known), None)
    user = next(iter(STAFF.objects(address.lower())), None)
    return Who(address=address, contact=contact, user=user if user and user.is_staff_member else None)


def forwarder_of(mail: ParsedMail) -> User | None:
    """Who says that he is one of us, and passes on a mail as he may."""
    user = who_wrote(mail).user if mail.forwarded else None
    return user if user and may(user, FORWARDS) else None


def _sender(who: Who, case: Case | None) -> Sender:
    if who.user is not None:
        return Sender.STAFF
    if who.contact is None:
        return Sender.STRANGER
    if case is None:
        return Sender.KNOWN
    part = Participant.objects.filter(conversation=case.conversation_id, contact=who.contact).first()
    if part is not None and part.role == PartRole.OPENER:
        return Sender.REQUESTER
    if part is not None and part.takes_part:
        return Sender.PARTICIPANT
    is_colleague = who.contact.account_id is not None and who.contact.account_id == case.account_id
    return Sender.COLLEAGUE if is_colleague else Sender.KNOWN


def _claims_to(domain: str) -> tuple[DomainClaim, ...]:
    rows = CLAIMS.objects(domain) if domain else []
    return tuple(DomainClaim(account=row.account_id, is_verified=row.verified_at is not None) for row in rows)


def came_before(mail: ParsedMail, itself: int | None) -> bool:
    """Whether another mail bore the same Message-ID. The very same bytes never come as far as this."""
    return bool(mail.message_id) and any(pk != itself for (pk,) in OF_THE_SAME_ID.rows(mail.message_id))
