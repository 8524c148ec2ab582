"""What somebody sends by the form becomes a case, once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.form.verbs.following import send_first_code
from keepwell.channels.models import Submission
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact, Deployment, Product
from keepwell.customers.queries import contact_of
from keepwell.customers.verbs.adding import key_of_address, known_or_added_locked
from keepwell.files.drafts import Draft, take
from keepwell.journal.recording import caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits
from keepwell.people.actors import System
from keepwell.people.models import User

BY = System("form")


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A filled form. `key` is that of the form as it was opened; `draft` holds its files, None: no files.

    `name` and `email` are asked of visitors only. `situation` says how bad it is, in the customer's words.
    """

    key: uuid.UUID
    subject: str
    body: str
    severity: str
    situation: str
    draft: Draft | None
    name: str = ""
    email: str = ""
    product: Product | None = None
    deployment: Deployment | None = None
    is_private: bool = field(default=False)


@all_or_nothing()
def submit(sent: Submitted, *, by: User | None, at: datetime | None = None) -> Case:
    """There is a case with a number, and its clocks run; the same form sent again gives the same case.

    `by` is the customer who is signed in; None is a visitor, whose address stays unverified until he
    enters the code that is mailed to it. Effects: submission.received, case.opened and what follows;
    for a visitor follow_code.sent. Errors: CaseRefused, NothingSaid.
    """
    at = clock.instant(at)
    keys = [f"submission {sent.key}"] if by else [f"submission {sent.key}", key_of_address(sent.email)]
    lock_key(*keys)
    known = Submission.objects.filter(key=sent.key).values_list("case_id", flat=True)
    if known:
        return Case.objects.get(pk=known[0])
    with caused_by():
        address = None if by else known_or_added_locked(sent.name, email=sent.email, by=BY, at=at)
        contact = address.contact if address else _contact_of(by)
        sender: User | Contact = by or contact
        case = open_case(_new_case(sent, contact), by=sender, at=at)
        Submission.objects.create(key=sent.key, case=case, received_at=at)
        record(
            "submission.received",
            by=sender,
            at=at,
            subjects=[("case", case.pk)],
            facts={"unverified": not case.is_verified_sender},
        )
        if address:
            send_first_code(case, address, by=BY, at=at)
    return case


def _new_case(sent: Submitted, contact: Any) -> NewCase:
    return NewCase(
        subject=sent.subject,
        contact=contact,
        words=Words(body=sent.body, channel="form", attachments=take(sent.draft)),
        severity=sent.severity,
        situation=sent.situation,
        product=sent.product,
        deployment=sent.deployment,
        is_private=sent.is_private,
    )


def _contact_of(user: User | None) -> Contact:
    """Who is signed in, on the customer's side. Errors: NotPermitted for anybody else."""
    contact = contact_of(user) if user else None
    if contact is None:
        raise permits.NotPermitted("case.open")
    return contact
