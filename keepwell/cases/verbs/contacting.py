"""A contact that did not pass through the product: a call on another phone, a word in the corridor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.late_contacts import is_in_time, is_late
from keepwell.cases.locking import lock_for, person_id
from keepwell.cases.models import Case, LoggedContact
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.states import after_contact
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@dataclass(frozen=True, kw_only=True)
class HandEntry:
    """What was said when, and why it is entered by hand.

    `enter_until_at` is one business day after it happened, by the calendar of the case's promises.
    """

    happened_at: datetime
    said: str
    reason: str
    enter_until_at: datetime
    is_live: bool = True


@all_or_nothing()
def log_contact(
    case: Case, contact: HandEntry, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The contact counts when it happened, and every figure marks it as entered later, at `at`.

    Effects: case.contact_logged, which happened at `contact.happened_at`. Errors: CaseRefused without words
    or a reason, for one that lies ahead, before the case, or more than a business day back;
    CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("log_contact", case, permit="case.log_contact", by=by, seen=seen)
    at = clock.instant(at)
    _require_credible(locked, contact, at)
    kept = _keep(locked, contact, by, at)
    state = after_contact(locked.state)
    moved = {"state": state.value, "state_changed_at": at} if state != locked.state else {}
    facts = {
        "contact": kept.pk,
        "live": kept.is_live,
        "entered_later": is_late(happened_at=kept.happened_at, entered_at=at),
        "entered_at": at,
    }
    return change(locked, "case.contact_logged", by=by, at=kept.happened_at, facts=facts, columns=moved)


def _keep(case: Case, contact: HandEntry, by: Actor, at: datetime) -> LoggedContact:
    return LoggedContact.objects.create(
        case=case,
        happened_at=clock.instant(contact.happened_at),
        entered_at=at,
        entered_by_id=person_id(by),
        is_live=contact.is_live,
        said=contact.said.replace("\x00", "").strip(),
        reason=contact.reason.replace("\x00", "").strip(),
    )


def _require_credible(case: Case, contact: HandEntry, at: datetime) -> None:
    happened_at = clock.instant(contact.happened_at)
    if not contact.said.strip() or not contact.reason.strip():
        raise CaseRefused(_("Say what was spoken, and why it is entered by hand."))
    if happened_at > at:
        raise CaseRefused(_("That contact lies ahead. Enter it when it has happened."))
    if happened_at < case.opened_at:
        raise CaseRefused(_("That contact was before the case was opened."))
    if not is_in_time(happened_at=happened_at, entered_at=at, enter_until_at=contact.enter_until_at):
        raise CaseRefused(
            _("A contact can be entered for at most one business day back. Enter this one as a note instead.")
        )
