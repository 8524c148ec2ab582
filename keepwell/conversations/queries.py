"""Who may see what of conversations. On the customer's side nobody ever sees a note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from keepwell.conversations.authors import contact_id_of
from keepwell.conversations.models import (
    Conversation,
    Draft,
    DraftAttachment,
    Message,
    MessageAttachment,
    Note,
    NoteAttachment,
    Participant,
    PartRole,
    ReadMark,
)
from keepwell.conversations.models.message import READABLE_STATES, STANDING_STATES
from keepwell.customers import queries as customers
from keepwell.customers.models import Account
from keepwell.customers.queries import accounts_administered_by, administers
from keepwell.files.models import Attachment
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry, EntrySubject

# Written out: for the fifty rows of a list Django takes longer to put it together than PostgreSQL to answer.
UNSEEN = f"""
SELECT asked.id
FROM unnest(%(ids)s::bigint[]) AS asked (id)
LEFT JOIN {ReadMark._meta.db_table} AS mark ON mark.conversation_id = asked.id AND mark.user_id = %(user)s
WHERE EXISTS (
    SELECT FROM {Message._meta.db_table} AS said
    WHERE said.conversation_id = asked.id AND said.id > coalesce(mark.last_message_id, 0)
    AND said.state = ANY(%(standing)s) AND said.author_user_id IS DISTINCT FROM %(user)s
) OR EXISTS (
    SELECT FROM {Note._meta.db_table} AS said
    WHERE said.conversation_id = asked.id AND said.id > coalesce(mark.last_note_id, 0)
    AND said.author_id IS DISTINCT FROM %(user)s
)
"""  # noqa: S608 - names of our own tables

NOUNS = frozenset({"conversation", "message", "note", "participant"})


def sees_all(actor: Any) -> bool:
    """Staff whose roles let them see cases, and parts of the product."""
    return customers.sees_all(actor, "case.see")


def conversations_visible_to(actor: Any) -> QuerySet[Conversation]:
    """Staff see all; a customer those he takes part in; an administrator those of his accounts.

    Private ones only their participants, and nothing of an opener whose address is not proven.
    """
    conversations = Conversation.objects.all()
    if sees_all(actor):
        return conversations
    seen = takes_part(contact_id_of(actor), OuterRef("pk"))
    if administers(actor):
        return conversations.filter(Q(seen) | of_accounts_of(actor))
    return conversations.filter(seen)


def takes_part(contact_id: int | None, conversation: Any) -> Exists:
    """Whether the contact is a confirmed participant; for use in any queryset that knows its conversation."""
    return Exists(
        Participant.objects.filter(
            conversation=conversation, contact=contact_id, confirmed_at__isnull=False, removed_at__isnull=True
        )
    )


def of_accounts_of(administrator: Any) -> Q:
    """Conversations that an account's administrator sees for being that."""
    unproven = Participant.objects.filter(
        conversation=OuterRef("pk"), role=PartRole.OPENER, confirmed_at__isnull=True
    )
    return Q(is_private=False, account__in=accounts_administered_by(administrator)) & ~Q(Exists(unproven))


def messages_visible_to(actor: Any) -> QuerySet[Message]:
    """Staff see also what is about to leave; customers what has left and what came in."""
    messages = Message.objects.filter(state__in=STANDING_STATES)
    if sees_all(actor):
        return messages
    return messages.filter(state__in=READABLE_STATES, conversation__in=conversations_visible_to(actor))


def notes_visible_to(actor: Any) -> QuerySet[Note]:
    return Note.objects.all() if sees_all(actor) else Note.objects.none()


def draft_of(conversation: Conversation, user: Any, kind: str) -> Draft | None:
    """What this person has begun to write here, with its files loaded; None if nothing."""
    drafts = Draft.objects.filter(conversation=conversation, user=user, kind=kind)
    return drafts.prefetch_related("attached__attachment__blob").first()


def attachments_visible_to(actor: Any) -> QuerySet[Attachment]:
    """Files of the messages and notes he may read, and of his own drafts."""
    of_message = MessageAttachment.objects.filter(
        attachment=OuterRef("pk"), message__in=messages_visible_to(actor)
    )
    of_note = NoteAttachment.objects.filter(attachment=OuterRef("pk"), note__in=notes_visible_to(actor))
    visible = Q(Exists(of_message)) | Q(Exists(of_note))
    if actor.actor_ref[0] == "person":
        of_draft = DraftAttachment.objects.filter(attachment=OuterRef("pk"), draft__user=actor.pk)
        visible |= Q(Exists(of_draft))
    return Attachment.objects.filter(visible)


def unseen_among(conversation_ids: Iterable[int], user: Any) -> set[int]:
    """Those of these conversations in which somebody else said or noted something since this person read.

    One query; what was read is passed over in the index.
    """
    given = {"ids": list(conversation_ids), "user": user.pk, "standing": list(STANDING_STATES)}
    with connection.cursor() as cursor:
        cursor.execute(UNSEEN, given)
        return {identity for (identity,) in cursor.fetchall()}


def visible_entries(actor: Any, account: Account | None = None) -> QuerySet[Entry]:
    """How conversations went, as far as this actor may read it, of one account or of all; oldest first."""
    entries = Entry.objects.about("account", account.pk) if account else Entry.objects.order_by("pk")
    entries = entries.of_kinds(own_kinds())
    if sees_all(actor):
        return entries
    about = EntrySubject.objects.filter(
        entry=OuterRef("pk"),
        kind="conversation",
        subject_id__in=conversations_visible_to(actor).values("pk"),
    )
    return entries.filter(Exists(about)).of_kinds(kinds_customers_see())


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)
