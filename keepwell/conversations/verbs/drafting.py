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
    conversation: Conversation,
    *,
    kind: str,
    body: str,
    copies: tuple[str, str] | None = None,
    by: User,
    at: datetime | None = None,
) -> Draft | None:
    """What is written so far survives a closed browser; saved often, the last one counts.

    `copies` are Cc and Bcc as they were typed. Files put to it stay, and so do the copies where they are
    None. None where nothing is left: no words, nobody who is to get a copy, and no file.
    """
    permits.require(by, PERMIT[DraftKind(kind)])
    cc_and_bcc = zip(("cc", "bcc"), copies or (), strict=False)
    typed = {name: text.replace("\x00", "") for name, text in (("body", body), *cc_and_bcc)}
    draft = Draft(
        conversation=conversation, user=by, kind=DraftKind(kind), updated_at=clock.instant(at), **typed
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["conversation", "user", "kind"],
        update_fields=[*typed, "updated_at"],
    )
    if any(text.strip() for text in typed.values()) or _holds_more(draft):
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
        if not (draft.body + draft.cc + draft.bcc).strip() and not draft.attached.exists():
            draft.delete()


def discard_draft(conversation: Conversation, *, kind: str, by: User) -> None:
    """The writer wants none of it."""
    permits.require(by, PERMIT[DraftKind(kind)])
    Draft.objects.filter(conversation=conversation, user=by, kind=DraftKind(kind)).delete()


def _holds_more(draft: Draft) -> bool:
    """Whether somebody to get a copy, or a file, stands in it from before."""
    kept = Draft.objects.filter(pk=draft.pk).exclude(cc="", bcc="")
    return draft.attached.exists() or kept.exists()
