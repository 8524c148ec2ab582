"""The words for what a case may be, as people read them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keepwell.cases.severities import Severity
from keepwell.cases.states import State

STATE_WORDS = (
    (State.NEW.value, _("New")),
    (State.OPEN.value, _("Open")),
    (State.WAITING_ON_CUSTOMER.value, _("Waiting on customer")),
    (State.WAITING_ON_ENGINEERING.value, _("Waiting on engineering")),
    (State.SCHEDULED.value, _("Scheduled")),
    (State.RESOLVED.value, _("Resolved")),
    (State.CLOSED.value, _("Closed")),
)
SEVERITY_WORDS = (
    (Severity.HIGH.value, _("High")),
    (Severity.NORMAL.value, _("Normal")),
    (Severity.LOW.value, _("Low")),
)
LEVEL_WORDS = ((1, _("Level 1")), (2, _("Level 2")), (3, _("Level 3")))
HAND_OFF_PARTS = {
    "known": _("what is known"),
    "tried": _("what was tried"),
    "needed": _("what is needed"),
}


class OpenedBy(TextChoices):
    """Whose idea the case was: a call that staff write down is still the customer's."""

    CUSTOMER = "customer", _("Customer")
    STAFF = "staff", _("Staff")


class How(TextChoices):
    """How a case came to its end."""

    ANSWERED = "answered", _("Question answered")
    CORRECTED = "corrected", _("Corrected")
    WORKED_AROUND = "worked_around", _("Worked around")
    NOT_REPRODUCED = "not_reproduced", _("Could not be reproduced")
    NOT_COVERED = "not_covered", _("Not covered")
    NO_ANSWER = "no_answer", _("No answer from the customer")
    WITHDRAWN = "withdrawn", _("Withdrawn by the customer")


class HandOffState(TextChoices):
    """How a hand-off stands. Lapsed: the case ended before anybody answered it."""

    REQUESTED = "requested", _("Requested")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    TAKEN_BACK = "taken_back", _("Taken back")
    LAPSED = "lapsed", _("Lapsed")


class IntendedAct(TextChoices):
    """What is to follow once a reply has left."""

    WAIT = "wait", _("Wait for the customer")
    RESOLVE = "resolve", _("Resolve")
