"""What staff write down becomes a case, once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.by_hand.ways import BORN
from keepwell.channels.models import Submission
from keepwell.conversations.words import Words
from keepwell.customers.models import Account, Contact, Product
from keepwell.customers.verbs.adding import add_contact
from keepwell.journal.recording import caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits
from keepwell.people.models import User


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A contact whom nobody has entered yet. `email` may be empty; `account` None: not known."""

    name: str
    email: str = ""
    account: Account | None = None


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A case as it is written down. `key` is that of the form as it was opened; `way` is one of WAYS.

    `words` become a note, which the customer never sees; `situation` he does.
    """

    key: uuid.UUID
    way: str
    who: Contact | Somebody
    subject: str
    severity: str
    situation: str = ""
    words: str = ""
    product: Product | None = None


@all_or_nothing()
def enter(entered: Entered, *, by: User, at: datetime | None = None) -> Case:
    """There is a case, its promises run as its way says; the same form sent again gives the same case.

    Effects: submission.entered, case.opened and what follows; contact.added for somebody new.
    Errors: CaseRefused, NotPermitted, and what adding a contact refuses.
    """
    permits.require(by, "case.enter")
    at = clock.instant(at)
    lock_key(f"submission {entered.key}")
    if known := Submission.objects.filter(key=entered.key).select_related("case").first():
        return known.case
    with caused_by():
        case = open_case(_new_case(entered, _contact(entered.who, by, at)), by=by, at=at)
        Submission.objects.create(key=entered.key, case=case, received_at=at)
        record("submission.entered", by=by, at=at, subjects=[("case", case.pk)], facts={"way": entered.way})
    return case


def _contact(who: Contact | Somebody, by: User, at: datetime) -> Contact:
    if isinstance(who, Contact):
        return who
    return add_contact(who.name, email=who.email, account=who.account, by=by, at=at)


def _new_case(entered: Entered, contact: Contact) -> NewCase:
    born = BORN[entered.way]
    return NewCase(
        subject=entered.subject,
        contact=contact,
        words=Words(body=entered.words) if entered.words.strip() else None,
        severity=entered.severity,
        situation=entered.situation,
        product=entered.product,
        channel=born.channel,
        opened_by=born.opened_by,
        is_live=born.is_live,
    )
