"""What happened is told, in the same transaction, to those whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping

from keepwell.cases.severities import Severity
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.notices.happenings import Happening
from keepwell.notices.verbs.telling import tell

KINDS: Mapping[str, Happening] = {
    "case.opened": Happening.HIGH_ARRIVED,
    "case.severity_changed": Happening.HIGH_ARRIVED,
    "case.assigned": Happening.ASSIGNED,
    "message.received": Happening.ANSWERED,
    "note.added": Happening.NOTED,
    "case.escalated": Happening.HAND_OFF_ASKED,
    "case.escalation_returned": Happening.HAND_OFF_RETURNED,
    "clock.warned": Happening.DUE_SOON,
    "clock.missed": Happening.MISSED,
    "message.failed": Happening.NOT_DELIVERED,
    "inbound_mail.held": Happening.MAIL_HELD,
    "inbound_mail.unparsed": Happening.MAIL_HELD,
    "inbound_mail.quarantined": Happening.MAIL_HELD,
}
# The fact that says which severity a case has from now on.
SEVERITY_IN = {"case.opened": "severity", "case.severity_changed": "to_severity"}


@on(*KINDS)
def who_is_concerned_is_told(entry: Entry) -> None:
    if _is_worth_telling(entry):
        tell(KINDS[entry.kind], entry)


def _is_worth_telling(entry: Entry) -> bool:
    """Of arrivals those of High."""
    fact = SEVERITY_IN.get(entry.kind)
    return fact is None or entry.fact(fact) == Severity.HIGH.value
