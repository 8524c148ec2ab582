"""Forgetting somebody who was asked, or who answered in his place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from keepwell.conversations.quoting import lines_of, longest_first, take_out_of_drafts
from keepwell.journal.recording import Actor, Subject, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.verbs.forgetting import forget_mail_about, forget_mail_to
from keepwell.people import permits
from keepwell.side_threads.about import carried, subjects_of
from keepwell.side_threads.models import SideAttachment, SideMessage, SideParty, SideThread


@all_or_nothing()
def erase_asked(address: str, *, by: Actor, at: datetime | None = None) -> int:
    """Whoever has this address is gone from all side threads: name, address, what he wrote, his files.

    That he was asked and answered stays, as by an erased person, and so does what we wrote to him. Mail to
    him is forgotten, and mail that quotes him. Gives how many messages lost their words. Effects:
    side_party.erased, mail.forgotten. Errors: NotPermitted.
    """
    permits.require(by, "person.erase")
    return erase_addresses([address], by=by, at=at)


@all_or_nothing()
def erase_addresses(addresses: Iterable[str], *, by: Actor, at: datetime | None = None) -> int:
    """The same for several addresses of one person. The caller has asked for the permit."""
    gone = [address.strip().lower() for address in addresses if address.strip()]
    asked, said = _asked_at(gone), _said_by(gone)
    if not asked and not said:
        return 0
    at = clock.instant(at)
    with caused_by():
        forget_mail_to(gone, by=by, at=at)
        forget_mail_about(carried(message.pk for message in said), by=by, at=at)
        # Told before anything is gone: who else keeps the addresses somewhere has to know them.
        facts = {"messages": len(said)}
        record("side_party.erased", by=by, at=at, subjects=_subjects(asked, said), facts=facts)
        _take_out_of_drafts(said)
        _forget(asked, SideMessage.objects.filter(pk__in=[one.pk for one in said]), at)
    return len(said)


def _asked_at(addresses: list[str]) -> list[SideParty]:
    rows: QuerySet[Any] = SideParty.objects.alias(small=Lower("address")).filter(small__in=addresses)
    return list(rows.select_for_update().order_by("pk"))


def _said_by(addresses: list[str]) -> list[SideMessage]:
    rows: QuerySet[Any] = SideMessage.objects.alias(small=Lower("writer_address"))
    rows = rows.filter(small__in=addresses).select_related("thread__case")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _subjects(asked: list[SideParty], said: list[SideMessage]) -> list[Subject]:
    ids = {*(party.thread_id for party in asked), *(message.thread_id for message in said)}
    threads = SideThread.objects.filter(pk__in=ids).select_related("case").order_by("pk")
    return [
        *(("side_party", party.pk) for party in asked),
        *(("side_message", message.pk) for message in said),
        *(subject for thread in threads for subject in subjects_of(thread)),
    ]


def _take_out_of_drafts(said: list[SideMessage]) -> None:
    for message in said:
        take_out_of_drafts(message.thread.case.conversation_id, longest_first(lines_of(message.body)))


def _forget(asked: list[SideParty], said: QuerySet[SideMessage], at: datetime) -> None:
    SideParty.objects.filter(pk__in=[party.pk for party in asked]).update(address="", name="", erased_at=at)
    SideAttachment.objects.filter(message__in=said).delete()
    said.update(body="", writer_name="", writer_address="", erased_at=at)
