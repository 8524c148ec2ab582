"""One of ours has an enquiry in hand, or it is settled; or the customer wants it no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.conversations.authors import contact_id_of
from keepwell.enquiries.about import subjects_of
from keepwell.enquiries.models import Enquiry, State
from keepwell.enquiries.refusals import EnquiryEnded
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User

HANDLES = "enquiry.handle"
SETTLED = (State.DONE, State.DECLINED)


@all_or_nothing()
def take(enquiry: Enquiry, user: User, *, by: Actor, at: datetime | None = None) -> Enquiry:
    """This one of ours has it in hand. The same person again is no news. Effects: enquiry.taken.

    Errors: EnquiryEnded, NotPermitted.
    """
    permits.require(by, HANDLES)
    _lock_open(enquiry)
    if (enquiry.state, enquiry.owner_id) != (State.TAKEN, user.pk):
        enquiry.owner = user
        _stand(enquiry, State.TAKEN, at=clock.instant(at))
        about = [*subjects_of(enquiry), ("person", user.pk)]
        facts = {"enquiry": enquiry.pk, "owner": user.pk}
        record("enquiry.taken", by=by, at=at, subjects=about, facts=facts)
    return enquiry


@all_or_nothing()
def give(enquiry: Enquiry, user: User | None, *, by: Actor, at: datetime | None = None) -> Enquiry:
    """Somebody else of ours answers, or None: nobody yet; how far it is stays. Effects: enquiry.given.

    Errors: EnquiryEnded, NotPermitted.
    """
    permits.require(by, HANDLES)
    _lock_open(enquiry)
    new = user.pk if user else None
    if enquiry.owner_id != new:
        enquiry.owner = user
        # In nobody's hand it is to be taken again.
        _stand(enquiry, State(enquiry.state) if user else State.NEW, at=clock.instant(at))
        facts = {"enquiry": enquiry.pk, "owner": new}
        record("enquiry.given", by=by, at=enquiry.changed_at, subjects=subjects_of(enquiry), facts=facts)
    return enquiry


@all_or_nothing()
def settle(enquiry: Enquiry, state: str, *, by: Actor, at: datetime | None = None) -> Enquiry:
    """It is done or declined. Settled so already it stays as it is. Effects: enquiry.settled.

    Errors: EnquiryEnded where it ended in another way; NotPermitted; ValueError for another state.
    """
    permits.require(by, HANDLES)
    wanted = State(state)
    if wanted not in SETTLED:
        raise ValueError(state)
    lock(enquiry)
    if enquiry.state == wanted:
        return enquiry
    _require_open(enquiry)
    _stand(enquiry, wanted, at=clock.instant(at))
    facts = {"enquiry": enquiry.pk, "to_state": wanted.value}
    record("enquiry.settled", by=by, at=at, subjects=subjects_of(enquiry), facts=facts)
    return enquiry


@all_or_nothing()
def withdraw(enquiry: Enquiry, *, by: Any, at: datetime | None = None) -> Enquiry:
    """Whoever asked wants it no more. Effects: enquiry.withdrawn. Errors: EnquiryEnded, NotPermitted."""
    permits.require(by, "enquiry.ask")
    if contact_id_of(by) != enquiry.contact_id:
        raise permits.NotPermitted("enquiry.ask")
    _lock_open(enquiry)
    _stand(enquiry, State.WITHDRAWN, at=clock.instant(at))
    about, facts = subjects_of(enquiry), {"enquiry": enquiry.pk}
    record("enquiry.withdrawn", by=by, at=at, subjects=about, facts=facts)
    return enquiry


def _lock_open(enquiry: Enquiry) -> None:
    lock(enquiry)
    _require_open(enquiry)


def _require_open(enquiry: Enquiry) -> None:
    if not enquiry.is_open:
        raise EnquiryEnded


def _stand(enquiry: Enquiry, state: State, *, at: datetime) -> None:
    enquiry.state, enquiry.changed_at = state, at
    enquiry.save(update_fields=["state", "owner", "changed_at"])
