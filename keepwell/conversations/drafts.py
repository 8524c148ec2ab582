"""A draft becomes what was sent, and what was taken back a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from keepwell.conversations.attaching import attach
from keepwell.conversations.copying import typed_again
from keepwell.conversations.models import Conversation, CopyKind, Draft, DraftKind, Message

# The draft goes, and with it the links to the files that now belong to what was said.
FINISH = """
    WITH finished AS (
        DELETE FROM keepwell_conversations_draft
        WHERE conversation_id = %s AND user_id = %s AND kind = %s RETURNING id
    )
    DELETE FROM keepwell_conversations_draftattachment
    USING finished WHERE keepwell_conversations_draftattachment.draft_id = finished.id
"""


def finish_draft(conversation: Conversation, user_id: int | None, kind: str) -> None:
    """What was drafted is said now. Somebody who is not signed in has no drafts."""
    if user_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(FINISH, [conversation.pk, user_id, kind])


def put_before(message: Message, writer_id: int, at: datetime) -> Draft:
    """The words and files of the message as its writer's draft, before what he has begun since.

    Who was to get a copy stands there again, too.
    """
    copies = list(message.copies.order_by("pk"))
    cc, bcc = (typed_again(copies, kind) for kind in CopyKind.values)
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        conversation_id=message.conversation_id,
        user_id=writer_id,
        kind=DraftKind.REPLY,
        defaults={"body": message.body, "cc": cc, "bcc": bcc, "updated_at": at},
    )
    if not is_new:
        draft.body = _both(message.body, draft.body, between="\n\n")
        draft.cc, draft.bcc = _both(cc, draft.cc), _both(bcc, draft.bcc)
        draft.updated_at = at
        draft.save(update_fields=["body", "cc", "bcc", "updated_at"])
    attach(draft, [row.attachment for row in message.attached.select_related("attachment").order_by("pk")])
    return draft


def _both(before: str, after: str, *, between: str = ", ") -> str:
    return between.join(dict.fromkeys(part for part in (before, after) if part.strip()))
