"""Who of the customer's side takes part in a conversation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.conversations.about import in_conversation
from keepwell.conversations.authors import contact_id_of
from keepwell.conversations.models import Conversation, Participant, PartRole
from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits

About = Iterable[Subject]


class OpenerStays(Refused):
    """Who opened a conversation cannot be taken out of it."""

    def __init__(self) -> None:
        super().__init__(_("Whoever opened this stays part of it. Nothing was changed."))


@all_or_nothing()
def add_participant(
    conversation: Conversation, contact: Contact, *, about: About = (), by: Actor, at: datetime | None = None
) -> Participant:
    """The contact takes part, if staff or the opener say so; anybody else can only suggest him.

    Somebody removed before comes back. One who takes part already stays as he is, and nothing is
    recorded. Effects: participant.added.
    """
    permits.require(by, "case.reply")
    confirms = decides_who_takes_part(conversation, by=by)
    return _add(conversation, contact.pk, confirms, about=about, by=by, at=clock.instant(at))


def suggest_writer(
    conversation: Conversation, contact_id: int | None, *, about: About, by: Actor, at: datetime
) -> None:
    """Whoever wrote is suggested, unless he was ever added: one who was removed does not add himself.

    Effects: participant.added.
    """
    known = Participant.objects.filter(conversation=conversation, contact=contact_id)
    if contact_id is not None and not known.exists():
        _add(conversation, contact_id, False, about=about, by=by, at=at)


@all_or_nothing()
def confirm_participant(
    conversation: Conversation, contact: Contact, *, about: About = (), by: Actor, at: datetime | None = None
) -> Participant:
    """From now on he sees the conversation. Done twice it does nothing. Effects: participant.confirmed.

    Errors: NotPermitted for anybody but staff and the opener; Participant.DoesNotExist.
    """
    _require_decider(conversation, by)
    participant = _locked(conversation, contact)
    if participant.takes_part:
        return participant
    at = clock.instant(at)
    participant.confirmed_at, participant.removed_at = at, None
    participant.save(update_fields=["confirmed_at", "removed_at"])
    _record("participant.confirmed", participant, about=about, by=by, at=at)
    return participant


@all_or_nothing()
def remove_participant(
    conversation: Conversation, contact: Contact, *, about: About = (), by: Actor, at: datetime | None = None
) -> Participant:
    """He no longer sees the conversation; what he wrote stays. Effects: participant.removed.

    Errors: OpenerStays; NotPermitted for anybody but staff, the opener, and himself.
    """
    if contact_id_of(by) != contact.pk:
        _require_decider(conversation, by)
    participant = _locked(conversation, contact)
    if participant.role == PartRole.OPENER:
        raise OpenerStays
    if participant.removed_at is None:
        participant.removed_at = clock.instant(at)
        participant.save(update_fields=["removed_at"])
        _record("participant.removed", participant, about=about, by=by, at=participant.removed_at)
    return participant


def decides_who_takes_part(conversation: Conversation, *, by: Any) -> bool:
    """Staff who reply, parts of the product, and the opener whose address is proven."""
    if by.actor_ref[0].startswith("system.") or (by.actor_ref[0] == "person" and by.is_staff_member):
        return permits.may(by, "case.reply")
    return Participant.objects.filter(
        conversation=conversation, contact=contact_id_of(by), role=PartRole.OPENER, confirmed_at__isnull=False
    ).exists()


def _require_decider(conversation: Conversation, by: Actor) -> None:
    permits.require(by, "case.reply")
    if not decides_who_takes_part(conversation, by=by):
        raise permits.NotPermitted("case.reply")


def _add(
    conversation: Conversation, contact_id: int, confirms: bool, *, about: About, by: Actor, at: datetime
) -> Participant:
    participant, is_new = Participant.objects.select_for_update().get_or_create(
        conversation=conversation,
        contact_id=contact_id,
        defaults={"role": PartRole.PARTICIPANT, "added_at": at, "confirmed_at": at if confirms else None},
    )
    if not is_new and not _brought_back(participant, at, confirms):
        return participant
    facts = {"confirmed": participant.confirmed_at is not None}
    _record("participant.added", participant, about=about, by=by, at=at, facts=facts)
    return participant


def _brought_back(participant: Participant, at: datetime, confirms: bool) -> bool:
    """Whether adding changed somebody who was there: removed and back, or suggested and confirmed by it."""
    if participant.removed_at is None and (participant.takes_part or not confirms):
        return False
    participant.removed_at = None
    participant.confirmed_at = at if confirms else None
    participant.save(update_fields=["removed_at", "confirmed_at"])
    return True


def _locked(conversation: Conversation, contact: Contact) -> Participant:
    return Participant.objects.select_for_update().get(conversation=conversation, contact=contact)


def _record(
    kind: str,
    participant: Participant,
    *,
    about: About,
    by: Actor,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    record(
        kind,
        by=by,
        at=at,
        subjects=[*about, *in_conversation(participant.conversation_id), ("contact", participant.contact_id)],
        facts={"contact": participant.contact_id, **(facts or {})},
    )
