"""A customer asks for something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keepwell.conversations.models import Serves
from keepwell.conversations.verbs.receiving import receive_first
from keepwell.conversations.verbs.starting import start
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.enquiries.about import subjects_of
from keepwell.enquiries.models import Enquiry, Kind
from keepwell.enquiries.queries import steward_for
from keepwell.enquiries.refusals import NoAccount
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@dataclass(frozen=True, kw_only=True)
class NewEnquiry:
    """What is asked for, in which words. `wanted` is a code that says more of the kind, or ""."""

    kind: str
    words: Words
    wanted: str = ""


@all_or_nothing()
def ask(contact: Contact, new: NewEnquiry, *, by: Actor, at: datetime | None = None) -> Enquiry:
    """The contact asks for it, and whoever looks after his account answers.

    `by` is he himself: nobody speaks in a customer's name. Asked the same twice with nothing in between, by a
    double click, it is one enquiry. Effects: enquiry.asked, and those of its conversation. Errors: NoAccount,
    NotYourFile, NotPermitted.
    """
    permits.require(by, "enquiry.ask")
    kind, at = Kind(new.kind), clock.instant(at)
    lock(contact)
    if contact.account is None:
        raise NoAccount
    if asked := _asked_already(contact, new):
        return asked
    owner = steward_for(kind, contact.account)
    with caused_by():
        conversation = start(serves=Serves.ENQUIRY, account=contact.account, opener=contact, by=by, at=at)
        enquiry = Enquiry.objects.create(
            kind=kind,
            wanted=new.wanted,
            account=contact.account,
            contact=contact,
            conversation=conversation,
            owner=owner,
            asked_at=at,
            changed_at=at,
        )
        about = subjects_of(enquiry)
        receive_first(conversation, new.words, opener=contact, about=about, by=by, at=at)
        facts = {"enquiry": enquiry.pk, "kind": kind.value, "wanted": new.wanted or None}
        owned_by = {"owner": owner.pk if owner else None}
        record("enquiry.asked", by=by, at=at, subjects=about, facts={**facts, **owned_by})
    return enquiry


def _asked_already(contact: Contact, new: NewEnquiry) -> Enquiry | None:
    newest = Enquiry.objects.filter(contact=contact).order_by("pk").last()
    if newest is None or not newest.is_open or (newest.kind, newest.wanted) != (new.kind, new.wanted):
        return None
    said = list(newest.conversation.messages.order_by("pk").values_list("body", flat=True)[:2])
    return newest if said == [new.words.body] else None
