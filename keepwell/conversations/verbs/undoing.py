"""Taking a reply back before it leaves."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.conversations.about import subjects_of
from keepwell.conversations.drafts import put_before
from keepwell.conversations.models import Draft, DraftKind, Message, MessageState
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.people import permits


class AlreadyLeft(Refused):
    """The customer can read it already."""

    def __init__(self) -> None:
        super().__init__(
            _("It is too late to take this back: the customer can read it already. Nothing was changed.")
        )


@all_or_nothing()
def undo(message: Message, *, by: Actor, at: datetime | None = None) -> Draft | None:
    """The customer never sees it, and the writer has his words and files again, as his draft.

    They stand before whatever he has begun since. None where the product wrote it: it has no drafts.
    Effects: message.undone. Errors: AlreadyLeft; NotPermitted for anybody but the writer.
    """
    permits.require(by, "case.reply")
    lock(message)
    _require_writer(message, by)
    if message.state == MessageState.UNDONE:
        return _draft_of_writer(message)
    if message.state != MessageState.PENDING:
        raise AlreadyLeft
    writer_id = message.author_user_id
    draft = put_before(message, writer_id, clock.instant(at)) if writer_id else None
    message.state = MessageState.UNDONE
    message.body = ""
    message.save(update_fields=["state", "body"])
    message.attached.all().delete()
    message.copies.all().delete()
    record("message.undone", by=by, at=at, subjects=subjects_of(message), facts={"message": message.pk})
    return draft


def _draft_of_writer(message: Message) -> Draft | None:
    drafts = Draft.objects.filter(conversation=message.conversation_id, kind=DraftKind.REPLY)
    return drafts.filter(user=message.author_user_id).first()


def _require_writer(message: Message, by: Actor) -> None:
    if by.actor_ref != ("person", message.author_user_id) and not by.actor_ref[0].startswith("system."):
        raise permits.NotPermitted("case.reply")
