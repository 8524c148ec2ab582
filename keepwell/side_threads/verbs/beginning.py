"""Asking somebody outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.cases.details import clean_subject
from keepwell.cases.locking import lock_for, person_id
from keepwell.cases.models import Case
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.side_threads.about import subjects_of
from keepwell.side_threads.models import SideParty, SideThread
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.outside import require_outside
from keepwell.side_threads.refusals import NoSubject
from keepwell.side_threads.writing import write

PERMIT = "case.ask_outside"


@all_or_nothing()
def begin(case: Case, new: NewSideThread, *, by: Actor, at: datetime | None = None) -> SideThread:
    """Whoever is asked gets the words and files by mail, and nothing else of the case.

    Asked the same twice with nothing in between, by a double click, it is one side thread. Effects:
    side_thread.begun, side_message.sent. Errors: NoSubject, ReadsTheCase, OneOfUs, NotYourFile,
    FilesDoNotGo; CaseRefused for a subject too long; NotNow for a merged case; NotPermitted.
    """
    locked = lock_for("note", case, permit=PERMIT, by=by)
    if not new.subject.strip():
        raise NoSubject
    subject, at = clean_subject(new.subject), clock.instant(at)
    if begun := _begun_already(locked, subject, new, by):
        return begun
    require_outside(new.asked, locked)
    thread = SideThread.objects.create(
        case=locked, subject=subject, begun_by_id=person_id(by), begun_at=at, changed_at=at
    )
    SideParty.objects.bulk_create(
        SideParty(thread=thread, address=one.address, name=one.name, added_at=at) for one in new.asked
    )
    with caused_by():
        facts = {"side_thread": thread.pk, "asked": len(new.asked)}
        record("side_thread.begun", by=by, at=at, subjects=subjects_of(thread), facts=facts)
        write(thread, new.words, by=by, at=at)
    return thread


def _begun_already(case: Case, subject: str, new: NewSideThread, by: Any) -> SideThread | None:
    newest = SideThread.objects.filter(case=case).order_by("pk").last()
    if newest is None or newest.begun_by_id != person_id(by) or newest.subject != subject:
        return None
    said = list(newest.messages.values_list("body", flat=True)[:2])
    asked = {address.lower() for address in newest.parties.values_list("address", flat=True)}
    is_same = said == [new.words.body] and asked == {one.address.lower() for one in new.asked}
    return newest if is_same else None
