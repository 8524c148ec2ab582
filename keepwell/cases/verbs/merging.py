"""Two cases about one thing become one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change, into, subjects_of
from keepwell.cases.ending import end_work
from keepwell.cases.locking import lock, require_allowed
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.states import State
from keepwell.conversations.models import Message, MessageState, Participant
from keepwell.conversations.verbs.participating import add_participant
from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def merge(
    case: Case, survivor: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The case lives on in the other one, which is given back. Nothing said in either is moved or lost.

    Its messages stay in their conversation and are shown with the survivor's; who took part in it takes
    part in the survivor; what is said to it from now on is said to the survivor. Effects: case.merged on
    the case, case.absorbed on the survivor, participant.added. Errors: CaseRefused where the two do not
    go together, CaseHasChanged, NotNow, NotPermitted.
    """
    permits.require(by, "case.merge")
    if case.pk == survivor.pk:
        raise CaseRefused(_("A case cannot be merged into itself. Choose another one."))
    at = clock.instant(at)
    merged, kept = _locked_both(case, survivor, seen)
    _require_fitting(merged, kept)
    with caused_by():
        _merge_away(merged, kept, by=by, at=at)
        _take_in_participants(merged, kept, by=by, at=at)
        return change(kept, "case.absorbed", by=by, at=at, facts={"from_case": merged.pk})


def _locked_both(case: Case, survivor: Case, seen: int | None) -> tuple[Case, Case]:
    # The older one first, whichever is merged: two people merging the same two never wait for each other.
    expected = {case.pk: seen, survivor.pk: None}
    locked = {
        one.pk: lock(one, seen=expected[one.pk]) for one in sorted((case, survivor), key=lambda one: one.pk)
    }
    return locked[case.pk], locked[survivor.pk]


def _merge_away(case: Case, survivor: Case, *, by: Actor, at: datetime) -> None:
    columns = {
        **end_work(case, at),
        **into(State.CLOSED, at),
        "closed_at": case.closed_at or at,
        "merged_into": survivor,
        "reopenable_until_at": None,
    }
    change(case, "case.merged", by=by, at=at, facts={"into": survivor.pk}, columns=columns)


def _take_in_participants(case: Case, survivor: Case, *, by: Actor, at: datetime) -> None:
    # Only those who took part: a sender who is not proven must not come to see another's case this way.
    taking_part = Participant.objects.filter(
        conversation=case.conversation_id, confirmed_at__isnull=False, removed_at__isnull=True
    )
    for contact in Contact.objects.filter(pk__in=taking_part.values("contact")).order_by("pk"):
        add_participant(survivor.conversation, contact, about=subjects_of(survivor), by=by, at=at)


def _require_fitting(case: Case, survivor: Case) -> None:
    require_allowed("merge", case)
    require_allowed("merge", survivor)
    _require_same_customer(case, survivor)
    numbers = {"number": case.number, "into": survivor.number}
    if case.merged_cases.exists():
        raise CaseRefused(
            _("Other cases were merged into #%(number)s. Merge #%(into)s into it instead.") % numbers
        )
    if case.is_open and not survivor.is_open:
        raise CaseRefused(
            _("#%(into)s has ended, and #%(number)s has not. Reopen #%(into)s first.") % numbers
        )
    if Message.objects.filter(conversation=case.conversation_id, state=MessageState.PENDING).exists():
        raise CaseRefused(_("A reply to #%(number)s is just leaving. Try again in a moment.") % numbers)


def _require_same_customer(case: Case, survivor: Case) -> None:
    numbers = {"number": case.number, "into": survivor.number}
    if case.account_id != survivor.account_id:
        raise CaseRefused(_("#%(number)s and #%(into)s belong to different customers.") % numbers)
    if case.account_id is None and case.contact_id != survivor.contact_id:
        raise CaseRefused(_("#%(number)s and #%(into)s are of different people. Place them first.") % numbers)
    if case.is_private != survivor.is_private:
        raise CaseRefused(
            _("One of #%(number)s and #%(into)s is private to its participants. Make both so, or neither.")
            % numbers
        )
