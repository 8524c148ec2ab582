"""What is about no case: what it is about instead, who of us keeps it, and where it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from keepwell.conversations.models import Message
from keepwell.customers.models import Stewardship
from keepwell.enquiries.models import Enquiry
from keepwell.journal.models import Entry
from keepwell.success.engagements.models import Engagement
from keepwell.success.portfolios.models import HandOver
from keepwell.success.reviews.models import Review
from keepwell.success.road_maps.models import RoadMap
from keepwell.success.signals.models import Signal


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A thing of an account. `keeper` is the id of who of us has it; None where nobody does."""

    noun: str
    pk: int
    account: int | None
    keeper: int | None


# Where each is looked at, as a path.
PLACES: Mapping[str, str] = {
    "engagement": "/desk/engagements/{}/",
    "enquiry": "/desk/enquiries/{}/",
    "correspondence": "/desk/letters/{}/",
    "road_map": "/desk/road-maps/{}/",
    "review": "/desk/reviews/{}/",
    "signal": "/desk/signals/{}/",
    "hand_over": "/desk/hand-overs/{}/",
}


# Of what serves a conversation: its id, its account, and who has it.
COLUMNS = [
    f"conversation__{noun}{column}"
    for noun in ("enquiry", "correspondence")
    for column in ("", "__account", "__owner")
]


def matter_of(entry: Entry) -> Matter | None:
    """What the entry is about; None where it is none of these. Two queries at most."""
    if (message := entry.fact("message")) is not None:
        return _written_in(message)
    for noun, read in READ.items():
        if (pk := entry.fact(noun)) is not None:
            return read(noun, pk)
    return None


def _written_in(message: int) -> Matter | None:
    found = Message.objects.filter(pk=message).values_list(*COLUMNS).first()
    if found is None:
        return None
    for noun, (pk, account, owner) in (("enquiry", found[:3]), ("correspondence", found[3:])):
        if pk is not None:
            return _matter(noun, pk, account, owner)
    return None


def _kept_by(model: Any, keeper: str) -> Callable[[str, int], Matter | None]:
    """Of things that name who has them; where nobody does, whoever looks after the account."""

    def read(noun: str, pk: int) -> Matter | None:
        found = model.objects.filter(pk=pk).values_list("account", keeper).first()
        return _matter(noun, pk, *found) if found else None

    return read


def _of_account(model: Any) -> Callable[[str, int], Matter | None]:
    """Of things that are whose the account is."""

    def read(noun: str, pk: int) -> Matter | None:
        account = model.objects.filter(pk=pk).values_list("account", flat=True).first()
        return _matter(noun, pk, account, None)

    return read


def _matter(noun: str, pk: int, account: int | None, keeper: int | None) -> Matter:
    return Matter(noun=noun, pk=pk, account=account, keeper=keeper or _steward(account))


def _steward(account: int | None) -> int | None:
    """Whoever looks after its success; whoever manages the account where nobody does."""
    rows = Stewardship.objects.filter(account=account, to_at__isnull=True)
    found = dict(rows.values_list("kind", "user"))
    return found.get(Stewardship.Kind.SUCCESS) or found.get(Stewardship.Kind.ACCOUNT)


READ: Mapping[str, Callable[[str, int], Matter | None]] = {
    "hand_over": _kept_by(HandOver, "taker"),
    "signal": _kept_by(Signal, "owner"),
    "review": _of_account(Review),
    "road_map": _of_account(RoadMap),
    "enquiry": _kept_by(Enquiry, "owner"),
    "engagement": _kept_by(Engagement, "host"),
}
