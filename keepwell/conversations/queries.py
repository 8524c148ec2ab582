"""Who may see what of conversations. On the customer's side nobody ever sees a note."""

from __future__ import annotations

from typing import Any

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


def with_unseen(conversations: QuerySet[Conversation], user: Any) -> QuerySet[Conversation]:
    """Adds `has_unseen`: whether somebody else said or noted something since this person read."""
    return conversations.annotate(has_unseen=unseen_by(user, OuterRef("pk")))


def unseen_by(user: Any, conversation: Any) -> Q:
    """The same, for any queryset that knows its conversation: `unseen_by(user, OuterRef("conversation"))`."""
    marks = ReadMark.objects.filter(conversation=OuterRef("conversation"), user=user)
    messages = Message.objects.filter(conversation=conversation, state__in=STANDING_STATES)
    new_messages = messages.exclude(author_user=user).exclude(
        Exists(marks.filter(last_message__gte=OuterRef("pk")))
    )
    notes = Note.objects.filter(conversation=conversation).exclude(author=user)
    new_notes = notes.exclude(Exists(marks.filter(last_note__gte=OuterRef("pk"))))
    return Q(Exists(new_messages)) | Q(Exists(new_notes))


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
