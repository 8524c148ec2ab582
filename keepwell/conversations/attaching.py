"""Files and what they are put to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keepwell.conversations.authors import contact_id_of
from keepwell.conversations.models import (
    Draft,
    DraftAttachment,
    Message,
    MessageAttachment,
    Note,
    NoteAttachment,
)
from keepwell.kit.refusals import Refused

if TYPE_CHECKING:
    from keepwell.files.models import Attachment


class NotYourFile(Refused):
    """Somebody put a file to his words that another one brought: an id that was guessed."""

    def __init__(self) -> None:
        super().__init__(_("One of the files is not yours to send. Nothing was sent; your text is kept."))


def require_own(attachments: Sequence[Attachment], by: Any) -> None:
    """Whoever speaks brought the files himself, or the product took them in for him. Errors: NotYourFile."""
    if not attachments or by.actor_ref[0].startswith("system."):
        return
    own = {by.actor_ref, ("contact", contact_id_of(by))}
    for attachment in attachments:
        brought_by = (attachment.uploaded_by_kind, attachment.uploaded_by_id)
        if brought_by not in own and (not brought_by[0].startswith("system.") or is_attached(attachment)):
            raise NotYourFile


def is_attached(attachment: Attachment) -> bool:
    tables = (MessageAttachment, NoteAttachment, DraftAttachment)
    return any(table._default_manager.filter(attachment=attachment).exists() for table in tables)


def attach(said: Message | Note | Draft, attachments: Iterable[Attachment]) -> None:
    """Puts the files to it, in their order; one that is there already stays where it is."""
    rows: Any = said.attached
    links = [rows.model(**{rows.field.name: said}, attachment=attachment) for attachment in attachments]
    rows.bulk_create(links, ignore_conflicts=True)
