"""A case that is to be opened, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keepwell.cases.severities import Severity
from keepwell.cases.words import OpenedBy
from keepwell.conversations.words import Words

if TYPE_CHECKING:
    from keepwell.cases.models import Case
    from keepwell.customers.models import Account, Contact, Deployment, Product


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What is known when a case begins.

    `words` are the customer's where he opens it himself, else a note of staff; None: there are none.
    `situation` is what justifies the severity, and both sides read it. `account` None: that of the contact.
    `opened_by` is whose idea it was: a call that staff write down is the customer's. `is_live`: born in an
    answered call or chat. `follow_up_of`: the ended case that it takes up again.
    """

    subject: str
    contact: Contact
    words: Words | None = None
    severity: str = Severity.NORMAL
    situation: str = ""
    account: Account | None = None
    product: Product | None = None
    deployment: Deployment | None = None
    channel: str = ""
    opened_by: str = OpenedBy.CUSTOMER
    is_live: bool = False
    is_private: bool = False
    tags: tuple[str, ...] = ()
    follow_up_of: Case | None = None

    @property
    def way(self) -> str:
        """The channel by which it came: the one named, else that of the words."""
        return self.channel or (self.words.channel if self.words else "desk")
