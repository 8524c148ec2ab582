"""By which headers a mail program puts a mail of ours to those that its reader has already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from keepwell.cases.models import Case
from keepwell.channels.email.thread_index import answered
from keepwell.channels.models import InboundMail
from keepwell.journal.models import Entry
from keepwell.journal.recording import Subject
from keepwell.outbox.models import Outgoing, State

# The first and the newest: programs look for those, and servers refuse headers without end.
FIRST, NEWEST = 2, 18
# Others wrote them: what could break a header, or fill it, is not carried on.
_ID = re.compile(r"<[!-;=?A-~]{1,240}@[!-;=?A-~]{1,240}>")
NEVER_THERE = (State.FAILED, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A mail that the reader has, or that was written to us. `thread_index` is Outlook's, or empty."""

    at: datetime
    message_id: str
    references: tuple[str, ...] = ()
    thread_index: str = ""


def thread_headers(case: Case, address: str) -> dict[str, str]:
    """The headers of a mail about the case to this address; none where it is the first.

    Ours have an id for each recipient: only what went to this address is named. Two queries.
    """
    here = InboundMail.objects.filter(message__conversation__in=_conversations(case))
    return headers_after([*written_to_us(here), *sent_about(("case", case.pk), address)])


def headers_after(mails: Iterable[Known]) -> dict[str, str]:
    """The headers of a mail that comes after these; none where there are none."""
    known = sorted(mails, key=lambda one: one.at)
    if not known:
        return {}
    # As the newest mail to us has them; what it does not name comes after.
    newest = next((one.references for one in reversed(known) if one.references), ())
    ids = list(dict.fromkeys([*newest, *(one.message_id for one in known)]))
    last = known[-1].message_id
    # The answered one stands last, wherever else it was named (RFC 5322 section 3.6.4).
    ids = [*(name for name in ids if name != last), last]
    kept = ids if len(ids) <= FIRST + NEWEST else [*ids[:FIRST], *ids[-NEWEST:]]
    headers = {"In-Reply-To": last, "References": " ".join(kept)}
    index = answered(next((one.thread_index for one in reversed(known) if one.thread_index), ""))
    return {**headers, "Thread-Index": index} if index else headers


def written_to_us(here: QuerySet[InboundMail]) -> list[Known]:
    """What these mails say of themselves, as far as it can be carried on."""
    # Of what it says only these two: the whole of a mail may be long.
    rows = here.values_list("raw__received_at", "own_id", "parsed__references", "parsed__thread_index")
    return [
        Known(
            at=at,
            message_id=own_id,
            references=tuple(filter(_ID.fullmatch, references or ())),
            thread_index=index or "",
        )
        for at, own_id, references, index in rows
        if _ID.fullmatch(own_id)
    ]


def sent_about(subject: Subject, address: str) -> list[Known]:
    """Our mails about this to this address that may have arrived."""
    queued = Entry.objects.about(*subject).of_kinds(("mail.queued",))
    sent = Outgoing.objects.filter(pk__in=[entry.facts["outgoing"] for entry in queued])
    rows = sent.to(address).exclude(state__in=NEVER_THERE).values_list("created_at", "message_id")
    return [Known(at=at, message_id=message_id) for at, message_id in rows]


def _conversations(case: Case) -> list[int]:
    """Its own, and those of the cases that were merged into it."""
    merged = Case.objects.filter(merged_into=case).values_list("conversation_id", flat=True)
    return [case.conversation_id, *merged]
