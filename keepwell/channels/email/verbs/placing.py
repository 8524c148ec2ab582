"""A mail finds its case. What it refers to is not looked at yet: each begins a new one, for triage."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.details import LONGEST_SUBJECT
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.email.findings import Read
from keepwell.channels.email.parsed import ParsedMail, Party, as_json
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Channel, Message
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.customers.reaching import well_formed_address
from keepwell.customers.refusals import AddressRefused
from keepwell.customers.verbs.adding import add_contact, known_or_added
from keepwell.files.content import open_content
from keepwell.files.models import Attachment
from keepwell.files.verbs.keeping import keep_mail
from keepwell.journal.recording import caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people.actors import System

BY = System("email")
NEW_CASE, UNREADABLE = "new_case", "unreadable"


@all_or_nothing()
def place_mail(mail: InboundMail, read: Read, *, at: datetime | None = None) -> InboundMail:
    """The mail stands in a case that staff see, with its files, or with its original where it was not read.

    Its sender is unproven, whoever it is. A mail that has its place already keeps it.
    Effects: inbound_mail.placed or inbound_mail.unparsed; case.opened and what follows, in the sender's name.
    """
    lock(mail)
    if mail.state != MailState.RECEIVED:
        return mail
    at = clock.instant(at)
    with caused_by():
        contact = _sender(mail, read.said, at)
        case = open_case(_new_case(mail, read, contact, at), by=contact, at=mail.raw.received_at)
        _keep(mail, read, case, at)
        kind = "inbound_mail.placed" if read.said else "inbound_mail.unparsed"
        about = [("inbound_mail", mail.pk), ("case", case.pk)]
        record(kind, by=BY, at=at, subjects=about, facts={"decision": mail.decision})
    return mail


def _keep(mail: InboundMail, read: Read, case: Case, at: datetime) -> None:
    mail.state = MailState.PLACED if read.said else MailState.UNPARSED
    mail.parsed = as_json(read.said) if read.said else None
    mail.own_id = read.said.message_id if read.said else ""
    mail.decision = NEW_CASE if read.said else UNREADABLE
    mail.why = read.why_not or _("A new case: what the mail refers to was not looked at.")
    mail.left_out = list(read.left_out)
    mail.case = case
    mail.message = Message.objects.filter(conversation=case.conversation_id).order_by("pk").first()
    mail.try_again_at, mail.changed_at = None, at
    mail.save()


def _new_case(mail: InboundMail, read: Read, contact: Contact, at: datetime) -> NewCase:
    subject = read.said.subject if read.said else _("A mail that could not be read")
    files = [*read.files, *([_original(mail, at)] if read.needs_original else [])]
    return NewCase(
        subject=subject.strip()[:LONGEST_SUBJECT] or _("(no subject)"),
        contact=contact,
        words=Words(body=_words(read), channel=Channel.EMAIL, attachments=files),
    )


def _words(read: Read) -> str:
    if read.said is None:
        return _("%(why)s The original is attached.") % {"why": read.why_not}
    said = read.said.body_text.strip()
    if not read.said.is_opened:
        said = _("%(why)s The original is attached.") % {"why": read.said.warnings[0]}
    return "\n\n".join([said or _("(The mail has no text.)"), *read.left_out])


def _original(mail: InboundMail, at: datetime) -> Attachment:
    """A file of its own: it is the message's, which may be forgotten apart from the mail."""
    if mail.raw.file is not None:
        with open_content(mail.raw.sha256) as kept:
            return keep_mail(kept.read(), name="original.eml", by=BY, at=at)
    return keep_mail(bytes(mail.raw.content or b""), name="original.eml", by=BY, at=at)


def _sender(mail: InboundMail, said: ParsedMail | None, at: datetime) -> Contact:
    """Whom the mail names as its writer, else who handed it in, else somebody without an address."""
    author = (said.author if said else None) or Party(address="")
    address = next(filter(_is_address, (author.address, mail.raw.envelope_sender)), "")
    if address:
        return known_or_added(author.name, email=address, by=BY, at=at).contact
    return add_contact(author.name or _("Unknown sender"), by=BY, at=at)


def _is_address(text: str) -> bool:
    try:
        well_formed_address(text)
    except AddressRefused:
        return False
    return True
