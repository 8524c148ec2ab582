"""What is written about an engagement: for both sides, or for us alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from keepwell.conversations.authors import staff_author
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.outbox.verbs.forgetting import forget_mail_about
from keepwell.people import permits
from keepwell.success.engagements.about import subjects_of
from keepwell.success.engagements.checking import checked_minutes, checked_place, checked_subject, cleaned
from keepwell.success.engagements.inviting import invite
from keepwell.success.engagements.models import Engagement, InternalNote, NoteKind, State
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import NothingWritten
from keepwell.success.engagements.standing import tell

# What those who are invited have in their calendars.
IN_CALENDARS = frozenset({"subject", "place", "agenda"})


@dataclass(frozen=True, kw_only=True)
class Details:
    """What both sides read of it beforehand; `wanted_on` is about when, while there is no time."""

    subject: str = ""
    place: str = ""
    agenda: str = ""
    wanted_on: date | None = None
    lasts_minutes: int = 60


@all_or_nothing()
def change_details(
    engagement: Engagement, details: Details, *, by: Actor, at: datetime | None = None
) -> Engagement:
    """It is about this. Those invited get the news, as far as it stands in their calendars.

    How long one that is scheduled takes is changed by moving it. Effects: engagement.changed, mail.queued.
    Errors: EngagementRefused, NotPermitted.
    """
    permits.require(by, HOLDS)
    lock(engagement)
    wanted: dict[str, Any] = {
        "subject": checked_subject(details.subject),
        "place": checked_place(details.place),
        "agenda": cleaned(details.agenda),
        "wanted_on": details.wanted_on,
    }
    if engagement.starts_at is None:
        wanted["lasts_minutes"] = checked_minutes(details.lasts_minutes)
    changed = [name for name, value in wanted.items() if getattr(engagement, name) != value]
    if not changed:
        return engagement
    at = clock.instant(at)
    for name in changed:
        setattr(engagement, name, wanted[name])
    engagement.changed_at = at
    engagement.save(update_fields=[*changed, "changed_at"])
    with caused_by():
        tell("engagement.changed", engagement, by=by, at=at, fields=changed)
        if engagement.state == State.SCHEDULED and IN_CALENDARS & set(changed):
            invite(engagement, by=by, at=at)
    return engagement


@all_or_nothing()
def share_notes(engagement: Engagement, words: str, *, by: Actor, at: datetime | None = None) -> Engagement:
    """Both sides read these notes, in place of what stood there. Effects: engagement.noted."""
    permits.require(by, HOLDS)
    lock(engagement)
    words = cleaned(words)
    if engagement.shared_notes != words:
        at = clock.instant(at)
        engagement.shared_notes, engagement.changed_at = words, at
        engagement.save(update_fields=["shared_notes", "changed_at"])
        tell("engagement.noted", engagement, by=by, at=at, shared=True)
    return engagement


@all_or_nothing()
def note_for_us(
    engagement: Engagement,
    words: str,
    *,
    kind: str = NoteKind.NOTE,
    by: Actor,
    at: datetime | None = None,
) -> InternalNote:
    """No customer ever sees it. Written twice by a double click it is one note. Effects: engagement.noted.

    Errors: NothingWritten, NotPermitted.
    """
    permits.require(by, HOLDS)
    author, words = staff_author(by), cleaned(words)
    if not words:
        raise NothingWritten
    lock(engagement)
    newest = engagement.internal_notes.filter(kind=kind).last()
    if newest and (newest.author_id, newest.body) == (author, words):
        return newest
    note = InternalNote.objects.create(
        engagement=engagement,
        kind=NoteKind(kind),
        author_id=author,
        body=words,
        written_at=clock.instant(at),
    )
    tell("engagement.noted", engagement, by=by, at=note.written_at, shared=False)
    return note


@all_or_nothing()
def redact_note(note: InternalNote, *, by: Actor, at: datetime | None = None) -> None:
    """Its words are gone for good; that there was a note stays. Effects: engagement.redacted."""
    permits.require(by, "message.redact")
    lock(note)
    if note.redacted_at is None:
        note.body, note.redacted_at = "", clock.instant(at)
        note.save(update_fields=["body", "redacted_at"])
        tell("engagement.redacted", note.engagement, by=by, at=note.redacted_at)


@all_or_nothing()
def redact_shared(engagement: Engagement, *, by: Actor, at: datetime | None = None) -> None:
    """Agenda and shared notes are gone for good, and the mails that carried them are forgotten.

    Effects: engagement.redacted, mail.forgotten.
    """
    permits.require(by, "message.redact")
    lock(engagement)
    at = clock.instant(at)
    engagement.agenda = engagement.shared_notes = ""
    engagement.save(update_fields=["agenda", "shared_notes"])
    about = subjects_of(engagement)
    with caused_by():
        record("engagement.redacted", by=by, at=at, subjects=about, facts={"engagement": engagement.pk})
        forget_mail_about([("engagement", engagement.pk)], by=by, at=at)
