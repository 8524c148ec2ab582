"""What a case's page tells of its mail: how a message came, and what waits beside the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.fields.json import KT

from keepwell.cases.models import Case
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message
from keepwell.side_threads.models import SideThread

EARLIER = Message.objects.filter(conversation=OuterRef("message__conversation"), pk__lt=OuterRef("message"))
# For annotating cases: whether a mail waits beside them.
WAITS = Exists(InboundMail.objects.not_forgotten().filter(case=OuterRef("pk"), state=MailState.HELD))


def mails_of(messages: Iterable[int]) -> dict[int, Any]:
    """The mails that these messages came by, by the message's id; one query, none for no messages.

    Each as in a list, with `said_trimmed` (the words without quotes), `has_html`, and `has_joined`: whether
    its message is not the first of its case, so that the join can be undone.
    """
    asked = list(messages)
    if not asked:
        return {}
    rows = _with_words().filter(message__in=asked).annotate(has_joined=Exists(EARLIER))
    return {mail.message_id: mail for mail in rows}


def side_mails_of(side_messages: Iterable[int]) -> dict[int, Any]:
    """The same of messages in side threads, by the side message's id."""
    asked = list(side_messages)
    rows = _with_words().filter(side_message__in=asked).annotate(has_joined=Value(False)) if asked else ()
    return {mail.side_message_id: mail for mail in rows}


def waiting_beside_thread(thread: SideThread) -> list[Any]:
    """The mails held beside a side thread."""
    return list(_with_words().filter(side_thread=thread, state=MailState.HELD).order_by("pk"))


def waiting_beside(case: Case, *, since: datetime | None, before: datetime | None) -> list[Any]:
    """The mails held beside the case that came between two instants; None: from the beginning, up to now."""
    rows = _with_words().filter(case=case, state=MailState.HELD)
    if since:
        rows = rows.filter(raw__received_at__gte=since)
    if before:
        rows = rows.filter(raw__received_at__lt=before)
    return list(rows.order_by("pk"))


def _with_words() -> QuerySet[Any]:
    rows = InboundMail.objects.not_forgotten().for_list().annotate(said_trimmed=KT("parsed__trimmed_text"))
    has_html = Q(parsed__isnull=False) & ~Q(parsed__body_html="")
    return rows.annotate(has_html=ExpressionWrapper(has_html, output_field=BooleanField()))
