"""A draft becomes what was sent, and what was taken back a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from keepwell.conversations.attaching import attach
from keepwell.conversations.models import Conversation, Draft, DraftKind, Message

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
    """The words and files of the message as its writer's draft, before what he has begun since."""
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        conversation_id=message.conversation_id,
        user_id=writer_id,
        kind=DraftKind.REPLY,
        defaults={"body": message.body, "updated_at": at},
    )
    if not is_new:
        draft.body = "\n\n".join(part for part in (message.body, draft.body) if part.strip())
        draft.updated_at = at
        draft.save(update_fields=["body", "updated_at"])
    attach(draft, [row.attachment for row in message.attached.select_related("attachment").order_by("pk")])
    return draft
