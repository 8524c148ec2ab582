"""Keeping what somebody has begun to write. Nothing is recorded: nothing has been said yet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from keepwell.conversations.attaching import attach, require_own
from keepwell.conversations.models import Conversation, Draft, DraftKind
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User

if TYPE_CHECKING:
    from keepwell.files.models import Attachment

PERMIT = {DraftKind.REPLY: "case.reply", DraftKind.NOTE: "case.note"}


@all_or_nothing()
def save_draft(
    conversation: Conversation, *, kind: str, body: str, by: User, at: datetime | None = None
) -> Draft | None:
    """What is written so far survives a closed browser; saved often, the last one counts.

    Files put to it stay. None where nothing is left: no words and no file.
    """
    permits.require(by, PERMIT[DraftKind(kind)])
    draft = Draft(
        conversation=conversation,
        user=by,
        kind=DraftKind(kind),
        body=body.replace("\x00", ""),
        updated_at=clock.instant(at),
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["conversation", "user", "kind"],
        update_fields=["body", "updated_at"],
    )
    if body.strip() or draft.attached.exists():
        return draft
    draft.delete()
    return None


@all_or_nothing()
def attach_to_draft(
    conversation: Conversation, attachment: Attachment, *, kind: str, by: User, at: datetime | None = None
) -> Draft:
    """The file waits with the draft until the words are sent. Errors: NotYourFile."""
    permits.require(by, PERMIT[DraftKind(kind)])
    require_own([attachment], by)
    draft, _is_new = Draft.objects.get_or_create(
        conversation=conversation, user=by, kind=DraftKind(kind), defaults={"updated_at": clock.instant(at)}
    )
    attach(draft, [attachment])
    return draft


@all_or_nothing()
def detach_from_draft(conversation: Conversation, attachment: Attachment, *, kind: str, by: User) -> None:
    """The file no longer waits with the draft; done twice it does nothing more."""
    permits.require(by, PERMIT[DraftKind(kind)])
    for draft in Draft.objects.filter(conversation=conversation, user=by, kind=DraftKind(kind)):
        draft.attached.filter(attachment=attachment).delete()
        if not draft.body.strip() and not draft.attached.exists():
            draft.delete()


def discard_draft(conversation: Conversation, *, kind: str, by: User) -> None:
    """The writer wants none of it."""
    permits.require(by, PERMIT[DraftKind(kind)])
    Draft.objects.filter(conversation=conversation, user=by, kind=DraftKind(kind)).delete()
