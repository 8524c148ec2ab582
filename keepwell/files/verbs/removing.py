"""Removing files: one that somebody does not want to send after all, and what nobody owns."""

from __future__ import annotations

from datetime import datetime

from keepwell.files.drafts import Draft
from keepwell.files.models import Attachment
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def remove_from_draft(
    draft: Draft, attachment_id: int, *, by: Actor, at: datetime | None = None
) -> Attachment | None:
    """The file is not sent after all. None if the draft has no such file, or it was sent already.

    Effects: file.removed.
    """
    permits.require(by, "file.add")
    found = Attachment.objects.select_for_update().filter(pk=attachment_id, draft_key=draft.key).first()
    if found:
        remove(found, by=by, at=at)
    return found


@all_or_nothing()
def remove(
    attachment: Attachment, *, by: Actor, is_unowned: bool = False, at: datetime | None = None
) -> None:
    """The attachment is gone; its content follows once nobody else has it.

    Whoever uploaded it removes it, or who may redact. What it is attached to lets go of it first.
    Effects: file.removed.
    """
    if by.actor_ref != (attachment.uploaded_by_kind, attachment.uploaded_by_id):
        permits.require(by, "message.redact")
    facts = {"size": attachment.size, "unowned": is_unowned}
    record("file.removed", by=by, at=at, subjects=[("file", attachment.pk)], facts=facts)
    attachment.delete()
