"""Taking out what should never have been written, such as a password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.conversations.about import carried, subjects_of
from keepwell.conversations.authors import staff_author
from keepwell.conversations.models import Message, Note
from keepwell.conversations.quoting import lines_of, longest_first, take_out_of_drafts, without
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.outbox.verbs.forgetting import forget_mail_about
from keepwell.people import permits


class NotFoundThere(Refused):
    """A passage is to be removed that does not stand in the text."""

    def __init__(self) -> None:
        super().__init__(_("The words to be removed do not stand in this text. Nothing was changed."))


class NothingLeft(Refused):
    """The whole is to be removed of what holds neither words nor files any more."""

    def __init__(self) -> None:
        super().__init__(_("It has been removed already; nothing is left of it. Nothing was changed."))


@all_or_nothing()
def redact(
    said: Message | Note, *, passages: Sequence[str] = (), by: Actor, at: datetime | None = None
) -> None:
    """The passages are gone for good, or, without any, the whole text and its files.

    Who did it, and when, stays to be seen. Drafts of the same conversation that hold the words lose them
    too, and mails that carried the text are forgotten. Effects: message.redacted or note.redacted;
    mail.forgotten. Errors: NotFoundThere, NothingLeft.
    """
    permits.require(by, "message.redact")
    lock(said)
    if not (passages or said.body or said.attached.exists()):
        raise NothingLeft
    removed = _removed_words(said, passages)
    take_out_of_drafts(said.conversation_id, removed)
    at = clock.instant(at)
    said.body = without(said.body, removed) if passages else ""
    if not passages:
        said.attached.all().delete()
    said.redacted_at = at
    said.redacted_by_id = staff_author(by)
    said.save(update_fields=["body", "redacted_at", "redacted_by"])
    noun = "note" if isinstance(said, Note) else "message"
    facts = {noun: said.pk, "whole": not passages}
    with caused_by():
        record(f"{noun}.redacted", by=by, at=at, subjects=subjects_of(said), facts=facts)
        forget_mail_about(carried(noun, [said.pk]), by=by, at=at)


def _removed_words(said: Message | Note, passages: Sequence[str]) -> list[str]:
    """What goes, the longest first, so that a passage within another does not break it."""
    if passages and not all(passage.strip() and passage in said.body for passage in passages):
        raise NotFoundThere
    return longest_first(passages or lines_of(said.body))
