"""Two contacts became one: so did their parts in conversations."""

from __future__ import annotations

from django.db.models import QuerySet

from keepwell.conversations.models import Participant, PartRole


def join_parts(merged: int, into: int) -> None:
    """Wherever the merged contact took part, the remaining one does, with the better right of the two."""
    for participant in _parts(merged):
        both = _parts(into).filter(conversation=participant.conversation_id).first()
        if both is None:
            participant.contact_id = into
            participant.save(update_fields=["contact"])
            continue
        # First out of the way: a conversation has one opener only.
        participant.delete()
        _take_over(both, participant)


def _parts(contact_id: int) -> QuerySet[Participant]:
    return Participant.objects.select_for_update().filter(contact=contact_id).order_by("pk")


def _take_over(kept: Participant, gone: Participant) -> None:
    if gone.role == PartRole.OPENER:
        kept.role = PartRole.OPENER
    if gone.takes_part and not kept.takes_part:
        kept.confirmed_at, kept.removed_at = gone.confirmed_at, None
    kept.added_at = min(kept.added_at, gone.added_at)
    kept.save(update_fields=["role", "confirmed_at", "removed_at", "added_at"])
