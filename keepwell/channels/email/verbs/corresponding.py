"""A mail that answers words of ours which serve no case joins that conversation, and opens none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.authenticity import authenticity
from keepwell.channels.email.understanding.automatic import Own, written_by
from keepwell.channels.email.understanding.evidence import Action, Kind, Proof
from keepwell.channels.email.understanding.finding import came_before, who_wrote
from keepwell.channels.email.understanding.naming import named_by
from keepwell.channels.email.understanding.places import opened
from keepwell.channels.email.understanding.signing import Ticket
from keepwell.channels.email.writing_down import words_of
from keepwell.channels.models import InboundMail, MailState, ReplyAddress
from keepwell.conversations.models import Conversation, Serves
from keepwell.conversations.verbs.receiving import receive
from keepwell.customers.models import Contact
from keepwell.journal.recording import Subject
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing

WITHOUT_A_CASE = (Serves.ACCOUNT, Serves.ENGAGEMENT, Serves.ENQUIRY)
HELD = "held_answer"
NOT_BELIEVED = frozenset({Proof.FAILED, Proof.FORGED})


@dataclass(frozen=True, kw_only=True)
class Meant:
    """The words that a mail answers, and for whom the seal was made by which it does."""

    conversation: Conversation
    ticket: Ticket

    def is_by(self, writer: Contact) -> bool:
        """Whether it was written to him, under this identity or one that was merged into it."""
        if self.ticket.noun != "contact":
            return False
        merged = (
            Contact.objects.filter(pk=self.ticket.recipient).values_list("merged_into", flat=True).first()
        )
        return writer.pk in (self.ticket.recipient, merged)

    def may_be_by(self, writer: Contact) -> bool:
        """He, or somebody else of that account, whom one of us lets answer for him."""
        account = self.conversation.account_id
        return self.is_by(writer) or (account is not None and writer.account_id == account)


def meant_by(said: ParsedMail, own: Own) -> Meant | None:
    """Which words without a case it answers, by a good seal; None where it answers none."""
    tickets = list(_tickets(said, own))
    if not tickets:
        return None
    rows = Conversation.objects.filter(
        pk__in=[ticket.conversation for ticket in tickets], serves__in=WITHOUT_A_CASE
    )
    found = {row.pk: row for row in rows.select_related("account")}
    ticket = next((one for one in tickets if one.conversation in found), None)
    return Meant(conversation=found[ticket.conversation], ticket=ticket) if ticket else None


@all_or_nothing()
def correspond(mail: InboundMail, read: Read, own: Own, *, at: datetime | None = None) -> Outcome | None:
    """What became of a person's answer to such words; None for any other mail.

    A good seal says which conversation it answers, and to whom that was written. Of anybody else, and of a
    mail that its host says is forged, it waits for somebody to look. Effects: message.received if it joins.
    """
    said = read.said
    meant = meant_by(said, own) if said else None
    if said is None or meant is None or written_by(said, own).kind is not Kind.PERSON:
        return None
    writer = who_wrote(said).contact
    proof = authenticity(said, settings.KEEPWELL_MAIL_TRUSTED_HOSTS).proof
    if writer is None or not meant.is_by(writer) or proof in NOT_BELIEVED or came_before(said, mail.pk):
        why = _("It answers words of ours, and is not proven to be from whoever we wrote to.")
        contact = writer.pk if writer else None
        return Outcome(state=MailState.HELD, decision=HELD, why=why, contact=contact, proof=proof)
    outcome = join_conversation(mail, read, meant.conversation, by=writer, at=clock.instant(at))
    return replace(outcome, proof=proof)


def join_conversation(
    mail: InboundMail, read: Read, conversation: Conversation, *, by: Contact, at: datetime
) -> Outcome:
    """It stands among the words that it answers. Effects: message.received."""
    words = words_of(mail, read, at)
    about = _about(conversation, by)
    message = receive(conversation, words, about=about, by=by, at=mail.raw.received_at)
    return Outcome(
        state=MailState.PLACED,
        decision=Action.JOIN,
        why=_("It answers words of ours by the seal that was made for its writer."),
        message=message,
        contact=by.pk,
    )


def _tickets(said: ParsedMail, own: Own) -> Iterator[Ticket]:
    """Those that its seals were made for: the reply address, then the mails that it answers."""
    named = named_by(said, own.addresses, own.keys)
    if named.seals:
        yield from opened(ReplyAddress.objects.filter(seal__in=named.seals), own)
    yield from (claim.ticket for _via, claim in named.claims if claim.ticket)


def _about(conversation: Conversation, writer: Contact) -> list[Subject]:
    about: list[Subject] = [("contact", writer.pk)]
    return [("account", conversation.account_id), *about] if conversation.account_id else about
