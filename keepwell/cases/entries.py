"""What is recorded about cases: acts, states, ids and instants; never what anybody wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

# The list of the desk hears of every case.
LIST = ("cases:0",)


def _declare(name: str, words: Any, *, customers_see: bool = False, **facts: type) -> None:
    declare(name, words=words, facts=facts, customers_see=customers_see, tells=LIST)


_declare(
    "case.opened",
    _("Case opened"),
    customers_see=True,
    account=int,
    severity=str,
    opened_by=str,
    live=bool,
    channel=str,
    unverified=bool,
    private=bool,
    follow_up_of=int,
)
_declare("case.assigned", _("Assigned"), from_assignee=int, assignee=int, owner=int, team=int)
_declare(
    "case.owner_changed", _("Another person for the customer"), customers_see=True, from_owner=int, owner=int
)
_declare(
    "case.severity_changed",
    _("Severity changed from %(from_severity)s to %(to_severity)s"),
    customers_see=True,
    from_severity=str,
    to_severity=str,
    correction=bool,
)
_declare("case.wait_began", _("Waiting for the customer"), customers_see=True, message=int)
_declare("case.engineering_wait_began", _("Waiting for engineering"), customers_see=True)
_declare("case.scheduled", _("Scheduled until %(until)s"), customers_see=True, until=datetime)
_declare("case.taken_back", _("Work goes on"), customers_see=True, from_state=str, message=int)
_declare("case.resolved", _("Resolved"), customers_see=True, how=str, message=int, reopenable_until=datetime)
_declare("case.closed", _("Closed"), customers_see=True)
_declare("case.reopened", _("Reopened"), customers_see=True, from_state=str, message=int)
_declare(
    "case.withdrawn",
    _("Withdrawn by the customer"),
    customers_see=True,
    reopenable_until=datetime,
    for_customer=bool,
)
_declare("case.marked_spam", _("Marked as spam"))
_declare("case.unmarked_spam", _("No spam after all"))
_declare("case.merged", _("Merged into another case"), customers_see=True, into=int)
_declare("case.absorbed", _("Another case merged into this one"), from_case=int)
_declare(
    "case.escalated",
    _("Hand-off to level %(to_level)s requested"),
    escalation=int,
    from_level=int,
    to_level=int,
    from_team=int,
    to_team=int,
)
_declare(
    "case.escalation_accepted", _("Hand-off accepted"), escalation=int, level=int, team=int, assignee=int
)
_declare(
    "case.escalation_returned", _("Hand-off returned"), escalation=int, level=int, team=int, assignee=int
)
_declare(
    "case.escalation_taken_back", _("Hand-off taken back"), escalation=int, level=int, team=int, assignee=int
)
_declare("case.snoozed", _("Put off until %(until)s"), until=datetime)
_declare("case.woken", _("Back in the list"))
_declare(
    "case.contact_logged",
    _("Contact entered by hand"),
    customers_see=True,
    contact=int,
    live=bool,
    entered_later=bool,
    entered_at=datetime,
)
_declare(
    "case.placed", _("Placed at an account"), account=int, contact=int, from_account=int, from_contact=int
)
_declare("case.sender_confirmed", _("Sender confirmed"))
_declare("case.made_private", _("Made private to its participants"), customers_see=True)
_declare("case.made_shared", _("No longer private"), customers_see=True)
_declare("case.subject_changed", _("Subject changed"), customers_see=True)
_declare("case.product_changed", _("Product changed"), product=int, deployment=int)
_declare("case.words_erased", _("Words of an erased person removed"), customers_see=True)
_declare("case.tags_changed", _("Tags changed"), count=int)
_declare(
    "case.intention_dropped",
    _("What was to follow the answer was not done: something came in between"),
    verb=str,
    message=int,
)
