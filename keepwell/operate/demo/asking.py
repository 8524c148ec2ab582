"""A question to somebody outside, at the end of the demonstration, and the answer that comes by mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from keepwell.cases.models import Case
from keepwell.channels.email.arrivals import Arrival, mailbox_at
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.conversations.words import Words
from keepwell.operate.demo import cast
from keepwell.outbox.models import Outgoing
from keepwell.side_threads.about import MESSAGE
from keepwell.side_threads.asked import asked
from keepwell.side_threads.models import SideThread
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.verbs.beginning import begin

# Folded, a long Message-ID would be written in encoded words, which no mail program does.
UNFOLDED = policy.default.clone(max_line_length=900)
ASKED_BEFORE, ANSWERED_BEFORE = timedelta(hours=3), timedelta(hours=1)


def ask_outside(at: datetime) -> None:
    """Whoever works on the oldest open case asks a supplier, and the supplier answers; nobody asks twice."""
    case = Case.objects.open().filter(assignee__isnull=False).order_by("pk").first()
    if case is None or case.assignee is None or SideThread.objects.exists():
        return
    question = NewSideThread(
        asked=asked(cast.SUPPLIER_ADDRESS, name=cast.SUPPLIER_NAME),
        subject=cast.SUPPLIER_SUBJECT,
        words=Words(body=cast.SUPPLIER_QUESTION),
    )
    thread = begin(case, question, by=case.assignee, at=at - ASKED_BEFORE)
    for mail in Outgoing.objects.filter(about__contains=[[MESSAGE, thread.messages.get().pk]]):
        came = Arrival(envelope_sender=cast.SUPPLIER_ADDRESS)
        answered_at = at - ANSWERED_BEFORE
        receive_mail(_answer(mail, answered_at), mailbox_at(cast.SENDER), came, at=answered_at)


def _answer(asked_by: Outgoing, sent_at: datetime) -> bytes:
    """As his mail program writes it: an answer to the mail that he got."""
    mail = EmailMessage(policy=UNFOLDED)
    mail["From"] = formataddr((cast.SUPPLIER_NAME, cast.SUPPLIER_ADDRESS))
    mail["To"] = cast.SENDER
    mail["Subject"] = f"Re: {asked_by.subject}"
    mail["Date"] = format_datetime(sent_at)
    mail["Message-ID"] = f"<answer-{asked_by.pk}@{cast.SUPPLIER_ADDRESS.partition('@')[2]}>"
    mail["In-Reply-To"] = asked_by.message_id
    mail.set_content(cast.SUPPLIER_ANSWER)
    return mail.as_bytes()
