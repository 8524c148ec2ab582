"""A mail that joined the wrong case gets one of its own."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import subjects_of
from keepwell.cases.details import LONGEST_SUBJECT
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Channel, Message
from keepwell.conversations.verbs.moving import move_message
from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.people import permits

PARTED = "parted"


class DidNotJoin(Refused):
    """There is nothing to undo: the mail began its case itself, or stands in none."""

    def __init__(self) -> None:
        super().__init__(_("This mail did not join a case that was there before. Nothing was changed."))


@all_or_nothing()
def move_to_new_case(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> Case:
    """The join is undone: the message and its files are the first of a new case of whoever wrote it.

    The new case's promises run from when the mail came, and its sender is unverified until somebody confirms
    him. What the mail did to the other case, as ending a wait, stays: its history says why. Effects:
    case.opened, message.moved, inbound_mail.parted. Errors: DidNotJoin, NotPermitted.
    """
    permits.require(by, "triage.place")
    lock(mail)
    message, writer = _joined(mail)
    at, before = clock.instant(at), mail.case
    with caused_by():
        case = open_case(_new_case(mail, writer), by=writer, at=mail.raw.received_at)
        move_message(message, case.conversation, about=subjects_of(case), by=by, at=at)
        about = [("inbound_mail", mail.pk), ("case", case.pk), ("case", mail.case_id or case.pk)]
        _keep(mail, case, at)
        facts = {"from_number": before.number if before else None, "to_number": case.number}
        record("inbound_mail.parted", by=by, at=at, subjects=about, facts=facts)
    case.refresh_from_db()
    return case


def _joined(mail: InboundMail) -> tuple[Message, Contact]:
    """The message that it became, and who wrote it."""
    message: Message | None = mail.message
    writer: Contact | None = message.author_contact if message else None
    if message is None or writer is None:
        raise DidNotJoin
    first = Message.objects.filter(conversation=message.conversation_id).order_by("pk").first()
    if first == message:
        raise DidNotJoin
    return message, writer


def _new_case(mail: InboundMail, writer: Contact) -> NewCase:
    subject = mail.said.subject.strip() if mail.said else ""
    return NewCase(
        subject=subject[:LONGEST_SUBJECT] or _("(no subject)"),
        contact=writer,
        channel=Channel.EMAIL,
    )


def _keep(mail: InboundMail, case: Case, at: datetime) -> None:
    mail.why = _("%(why)s One of us moved it to a case of its own.") % {"why": mail.why}
    mail.case, mail.decision, mail.changed_at = case, PARTED, at
    mail.save(update_fields=["why", "case", "decision", "changed_at"])
