"""What happened is told, in the same transaction, to those whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping

from keepwell.cases.severities import Severity
from keepwell.customers.models import Contact
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.notices.calling import call_for, call_no_more
from keepwell.notices.happenings import Happening
from keepwell.notices.models import PushDevice
from keepwell.notices.verbs.telling import tell

KINDS: Mapping[str, Happening] = {
    "case.opened": Happening.HIGH_ARRIVED,
    "case.severity_changed": Happening.HIGH_ARRIVED,
    "case.assigned": Happening.ASSIGNED,
    "message.received": Happening.ANSWERED,
    "side_message.received": Happening.ANSWERED_ASIDE,
    "note.added": Happening.NOTED,
    "case.escalated": Happening.HAND_OFF_ASKED,
    "case.escalation_returned": Happening.HAND_OFF_RETURNED,
    "clock.warned": Happening.DUE_SOON,
    "clock.missed": Happening.MISSED,
    "message.failed": Happening.NOT_DELIVERED,
    "side_message.failed": Happening.NOT_DELIVERED,
    "call_out.asked": Happening.CALLED,
    "call_out.unanswered": Happening.CALL_UNANSWERED,
    "inbound_mail.held": Happening.MAIL_HELD,
    "inbound_mail.unparsed": Happening.MAIL_HELD,
    "inbound_mail.quarantined": Happening.MAIL_HELD,
    "signal.opened": Happening.SIGNALLED,
    "hand_over.begun": Happening.HAND_OVER_ASKED,
    "hand_over.returned": Happening.HAND_OVER_RETURNED,
}
# Told where a customer did it: what one of ours enters for him is known here.
BY_CUSTOMERS: Mapping[str, Happening] = {
    "road_map.commented": Happening.WROTE,
    "road_map.agreed": Happening.DID,
    "value_claim.confirmed": Happening.DID,
    "value_claim.disputed": Happening.DID,
    "action_item.moved": Happening.DID,
    "review.accepted": Happening.DID,
    "engagement.scheduled": Happening.DID,
    "engagement.declined": Happening.DID,
    "engagement.rated": Happening.DID,
    "engagement_action.done": Happening.DID,
    "attendee.answered": Happening.DID,
}
# Whatever shows that somebody has the case in hand, or that it is none of High any more.
IN_HAND = (
    "case.assigned",
    "case.escalation_accepted",
    "case.severity_changed",
    "case.resolved",
    "case.closed",
    "case.withdrawn",
    "case.marked_spam",
    "case.merged",
    "message.sent",
)
# The fact that says which severity a case has from now on.
SEVERITY_IN = {"case.opened": "severity", "case.severity_changed": "to_severity"}


@on(*KINDS)
def who_is_concerned_is_told(entry: Entry) -> None:
    if _is_worth_telling(entry):
        answers_no_case = entry.kind == "message.received" and not entry.ids_of("case")
        tell(Happening.WROTE if answers_no_case else KINDS[entry.kind], entry)


@on(*BY_CUSTOMERS)
def what_a_customer_did_is_told(entry: Entry) -> None:
    if _is_by_a_customer(entry):
        tell(BY_CUSTOMERS[entry.kind], entry)


@on("person.erased")
def nobody_is_told_on_his_devices(entry: Entry) -> None:
    PushDevice.objects.filter(user__in=entry.ids_of("person")).delete()


@on("case.opened", "case.severity_changed")
def who_is_on_call_is_asked(entry: Entry) -> None:
    if _is_worth_telling(entry):
        call_for(entry)


@on(*IN_HAND)
def nobody_on_call_is_asked_any_more(entry: Entry) -> None:
    if not _asks_still(entry):
        call_no_more(entry)


def _is_by_a_customer(entry: Entry) -> bool:
    noun, identity = entry.actor_ref
    if noun == "person":
        return Contact.objects.filter(user=identity).exists()
    return noun == "contact"


def _asks_still(entry: Entry) -> bool:
    """Whether the case is as nobody's as before: given to nobody, answered by the product, still of High."""
    if entry.kind == "case.assigned":
        return entry.fact("assignee") is None
    return bool(entry.fact("automatic")) or (entry.kind in SEVERITY_IN and _is_worth_telling(entry))


def _is_worth_telling(entry: Entry) -> bool:
    """Of arrivals those of High."""
    fact = SEVERITY_IN.get(entry.kind)
    return fact is None or entry.fact(fact) == Severity.HIGH.value
