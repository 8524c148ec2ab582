"""What clocks are told of a case: its entries, reduced to what can move a clock.

Whoever reads the journal makes one `Fact` of each entry that matters and hands them over in the order in
which they were recorded.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from keepwell.service_levels.terms import Allowance

OPENED = "opened"
CONTACT = "contact"
RESOLVED = "resolved"
SEVERITY = "severity"
WAIT = "wait"
CUSTOMER_MESSAGE = "customer_message"
TAKE_BACK = "take_back"
REOPENED = "reopened"
WITHDRAWN = "withdrawn"
SPAM = "spam"
NOT_SPAM = "not_spam"
MERGED_AWAY = "merged_away"
MERGED_IN = "merged_in"
CONTACT_WITHDRAWN = "contact_withdrawn"
KINDS = (
    OPENED,
    CONTACT,
    RESOLVED,
    SEVERITY,
    WAIT,
    CUSTOMER_MESSAGE,
    TAKE_BACK,
    REOPENED,
    WITHDRAWN,
    SPAM,
    NOT_SPAM,
    MERGED_AWAY,
    MERGED_IN,
    CONTACT_WITHDRAWN,
)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """An undecided clock of a merged case, as it stood when the surviving case took it over.

    A pause it was in has ended at the merge, so `due_at` is always an instant. `allowance` is the one that
    set it: its unit is the measure in which later pauses are taken off.
    """

    metric: str
    severity: str
    started_at: datetime
    due_at: datetime
    due_without_pauses: datetime
    allowance: Allowance
    pauses: tuple[Span, ...] = ()


class Fact(NamedTuple):
    """One entry of a case that its clocks care about.

    at: when it happened (`occurred_at`), aware, whole seconds.
    id: names the entry, unique within the case (its sequence); steps and `contact` point to it.
    severity: of `opened` and `severity`: the new severity (low, normal, high).
    by: of `opened`: "customer", or "staff" when staff opened the case of their own accord.
    live: of `opened`: born in an answered call or chat.
    correction: of `severity`: "entered wrongly".
    entered_at: of `contact`: when it was entered by hand, if that was later than it happened; else None.
    contact: of `contact_withdrawn`: the id of the contact, or of the resolution whose message failed.
    carried: of `merged_in`: the undecided clocks of the merged case, see `replay.carried`.
    """

    kind: str
    at: datetime
    id: Any
    severity: str = ""
    by: str = "customer"
    live: bool = False
    correction: bool = False
    entered_at: datetime | None = None
    contact: Any = None
    carried: tuple[Carried, ...] = ()

    @property
    def is_entered_later(self) -> bool:
        """Whether a contact was written down by hand after it happened."""
        return self.entered_at is not None

    @property
    def known_at(self) -> datetime:
        """The first instant at which the records held this fact."""
        return self.at if self.entered_at is None else max(self.at, self.entered_at)
