"""Whose case it is, and whether its sender is who he says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.changing import change, subjects_of
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.conversations.models import Serves
from keepwell.conversations.verbs import participating, placing
from keepwell.customers.models import Account, Contact
from keepwell.customers.queries import identities_of
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System


@dataclass(frozen=True, kw_only=True)
class Placement:
    """The account, and the person there whose case it is (None: whoever sent it)."""

    account: Account
    contact: Contact | None = None


@all_or_nothing()
def place(
    case: Case, placement: Placement, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The case belongs to this account, and to this person there, who takes part in it from now on.

    It is about no installation any more if that was another account's. Effects: case.placed, besides
    conversation.placed and perhaps participant.added. Errors: CaseRefused for a person of another account,
    CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("place", case, permit="triage.place", by=by, seen=seen)
    at, contact = clock.instant(at), placement.contact or locked.contact
    if contact.account_id not in (None, placement.account.pk):
        raise CaseRefused(_("%(name)s belongs to another account.") % {"name": contact})
    if (locked.account_id, locked.contact_id) == (placement.account.pk, contact.pk):
        return locked
    with caused_by():
        facts = _facts(locked, placement.account, contact)
        locked.account = placement.account
        _move_conversation(locked, contact, by, at)
        return change(locked, "case.placed", by=by, at=at, facts=facts, columns=_columns(locked, contact))


@all_or_nothing()
def confirm_sender(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """The sender is who he says: his account's portal shows the case from now on.

    By staff, or by the contact himself after he has shown that the address is his; whoever calls this for
    him has checked that. Done twice it does nothing. Effects: case.sender_confirmed. Errors: NotPermitted.
    """
    locked = lock_for("place", case, permit=_permit_to_confirm(case, by), by=by, seen=seen)
    if locked.is_verified_sender:
        return locked
    at = clock.instant(at)
    with caused_by():
        _prove_opener(locked, by, at)
        return change(locked, "case.sender_confirmed", by=by, at=at, columns={"is_verified_sender": True})


def _permit_to_confirm(case: Case, by: Actor) -> str:
    noun, identity = by.actor_ref
    return "case.see" if noun == "contact" and identity in identities_of(case.contact) else "triage.place"


def _prove_opener(case: Case, by: Any, at: datetime) -> None:
    # The conversation lets only staff and proven openers decide; this is what makes him proven.
    decider = System("cases") if by.actor_ref[0] == "contact" else by
    opener = case.conversation.participants.filter(role="opener").select_related("contact").first()
    if opener is not None:
        participating.confirm_participant(
            case.conversation, opener.contact, about=subjects_of(case), by=decider, at=at
        )


def _move_conversation(case: Case, contact: Contact, by: Actor, at: datetime) -> None:
    about = subjects_of(case)
    placing.place(case.conversation, serves=Serves.CASE, account=case.account, about=about, by=by, at=at)
    if contact.pk != case.contact_id:
        participating.add_participant(case.conversation, contact, about=about, by=by, at=at)


def _columns(case: Case, contact: Contact) -> dict[str, Any]:
    columns: dict[str, Any] = {"account": case.account, "contact": contact}
    if case.deployment and case.deployment.account_id != case.account_id:
        columns["deployment"] = None
    return columns


def _facts(case: Case, account: Account, contact: Contact) -> dict[str, int | None]:
    return {
        "account": account.pk,
        "contact": contact.pk,
        "from_account": case.account_id,
        "from_contact": case.contact_id,
    }
