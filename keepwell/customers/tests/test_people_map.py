"""Who at an account stands for what, who did before, and what nobody stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from keepwell.customers.models import ContactRole
from keepwell.customers.people_map import seats
from keepwell.customers.queries import people_map
from keepwell.customers.verbs.changing import place_contact
from keepwell.customers.verbs.giving_roles import end_role, give_role
from tests import cast

MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))


@dataclass(frozen=True)
class Was:
    role: str
    from_at: datetime
    to_at: datetime | None = None


@pytest.mark.parametrize(
    ("held", "now", "before", "empty_since"),
    [
        ([], 0, 0, None),
        ([Was("champion", MAY)], 1, 0, None),
        ([Was("champion", MAY, JUNE)], 0, 1, JUNE),
        ([Was("champion", MAY, JUNE), Was("champion", JUNE, JULY)], 0, 2, JULY),
        ([Was("champion", MAY, JULY), Was("champion", JUNE)], 1, 1, None),
    ],
)
def test_a_seat_is_held_was_held_or_is_empty_since(held, now, before, empty_since):
    (seat,) = seats(["champion"], held)
    assert (len(seat.now), len(seat.before), seat.empty_since) == (now, before, empty_since)


def test_who_leaves_for_another_account_is_still_told_where_he_was(db, clock_at):
    clock_at(MAY)
    dana, account = cast.dana_at_elm_falls().contact, cast.elm_falls()
    ada = cast.ada_the_administrator()
    give_role(dana, "champion", by=ada, at=MAY)
    place_contact(dana, cast.nora_of_another_town().contact.account, by=ada, at=JUNE)
    champion = next(seat for seat in people_map(account, ada) if seat.role == ContactRole.Kind.CHAMPION)
    assert [one.contact for one in champion.before] == [dana]
    assert champion.empty_since == JUNE
    assert not any(seat.before for seat in people_map(dana.account, ada))


def test_no_customer_reads_the_map(db, clock_at):
    clock_at(MAY)
    dana, ada = cast.dana_at_elm_falls(), cast.ada_the_administrator()
    give_role(dana.contact, "executive_sponsor", by=ada, at=MAY)
    end_role(dana.contact, "executive_sponsor", by=ada, at=JUNE)
    assert any(seat.before for seat in people_map(cast.elm_falls(), ada))
    for other in (dana, cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()):
        assert people_map(cast.elm_falls(), other) == []
