from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.kit.condition import all_parts
from keepwell.outbox.budgets import Budgets, has_room, may_close
from keepwell.outbox.models import BreakerOpening, HeldFor, Outgoing, Purpose, State
from keepwell.outbox.queries import condition
from keepwell.outbox.tests.mails import queued
from keepwell.outbox.tests.postbox import Postbox
from keepwell.outbox.verbs.handing_over import deliver_what_is_due

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ALLOWANCE = Budgets(address=3, domain=5, all=10)


@pytest.fixture(autouse=True)
def _tight(settings: Any) -> None:
    settings.KEEPWELL_MAIL_BUDGETS = {"address": 3, "domain": 5, "all": 10}


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Outgoing.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_one_address_gets_no_more_than_its_budget_and_the_rest_an_hour_later(
    postbox: Postbox, noon: datetime
):
    for minute in range(5):
        queued(at=noon + timedelta(minutes=minute))
        deliver_what_is_due(at=noon + timedelta(minutes=minute))
    assert len(postbox.arrived) == 3
    held = Outgoing.objects.filter(state=State.HELD)
    assert {(mail.held_for, mail.next_attempt_at) for mail in held} == {(HeldFor.ADDRESS, noon + HOUR)}
    deliver_what_is_due(at=noon + HOUR)
    assert len(postbox.arrived) == 4
    deliver_what_is_due(at=noon + HOUR + timedelta(minutes=1))
    assert len(postbox.arrived) == 5
    assert states() == {State.SENT: 5}


def test_the_same_address_in_capitals_has_the_same_budget(postbox: Postbox, noon: datetime):
    for address in ("dana@elm-falls.example", "DANA@elm-falls.example") * 2:
        queued(address, at=noon)
    deliver_what_is_due(at=noon)
    assert len(postbox.arrived) == 3


def test_one_domain_gets_no_more_than_its_budget(postbox: Postbox, noon: datetime):
    for number in range(7):
        queued(f"person{number}@elm-falls.example", at=noon)
    queued("someone@sub.elm-falls.example", at=noon)
    deliver_what_is_due(at=noon)
    assert len(postbox.arrived) == 6
    assert Outgoing.objects.filter(held_for=HeldFor.DOMAIN).count() == 2


def test_above_the_total_the_breaker_opens_is_told_and_closes_by_itself(postbox: Postbox, noon: datetime):
    for number in range(14):
        queued(f"person@town{number}.example", purpose=Purpose.NOTICE, at=noon)
    deliver_what_is_due(at=noon)
    assert len(postbox.arrived) == 8
    assert states() == {State.SENT: 8, State.HELD: 6}
    found = condition(noon)
    assert (found.breaker_open_since, found.held, found.is_well(noon)) == (noon, 6, False)
    assert Entry.objects.get(kind="breaker.opened").facts == {"sent_in_hour": 8}

    deliver_what_is_due(at=noon + HOUR - timedelta(seconds=1))
    assert len(postbox.arrived) == 8
    deliver_what_is_due(at=noon + HOUR)
    assert states() == {State.SENT: 14}
    assert Entry.objects.get(kind="breaker.closed").facts == {"held": 6}
    assert condition(noon + HOUR).is_well(noon + HOUR)


def test_while_the_breaker_is_open_somebody_can_still_sign_in(postbox: Postbox, noon: datetime):
    for number in range(14):
        queued(f"person@town{number}.example", purpose=Purpose.NOTICE, at=noon)
    deliver_what_is_due(at=noon)
    code = queued("dana@elm-falls.example", purpose=Purpose.CODE, at=noon)
    deliver_what_is_due(at=noon)
    assert postbox.ids[-1] == code.message_id
    assert len(BreakerOpening.objects.all()) == 1


def test_a_flood_of_receipts_leaves_room_for_replies(postbox: Postbox, noon: datetime):
    for number in range(50):
        queued(f"victim@town{number}.example", purpose=Purpose.RECEIPT, at=noon - timedelta(seconds=1))
    deliver_what_is_due(at=noon)
    assert len(postbox.arrived) == 3


def test_a_flood_of_one_kind_opens_the_breaker_of_that_kind_alone_and_once(postbox: Postbox, noon: datetime):
    for number in range(8):
        queued(f"victim@town{number}.example", purpose=Purpose.RECEIPT, at=noon)
        deliver_what_is_due(at=noon)
    assert len(postbox.arrived) == 3
    assert BreakerOpening.objects.get().purpose == Purpose.RECEIPT
    for purpose in (Purpose.CODE, Purpose.REPLY, Purpose.NOTICE):
        queued("dana@elm-falls.example", purpose=purpose, at=noon)
    deliver_what_is_due(at=noon)
    assert states() == {State.SENT: 6, State.HELD: 5}
    deliver_what_is_due(at=noon + HOUR)
    assert states() == {State.SENT: 9, State.HELD: 2}
    assert [opening.closed_at for opening in BreakerOpening.objects.order_by("pk")] == [noon + HOUR, None]


def test_a_flood_against_one_victim_ends_at_the_budget_of_his_address(postbox: Postbox, noon: datetime):
    for _number in range(100):
        queued("victim@elm-falls.example", purpose=Purpose.CODE, at=noon)
    deliver_what_is_due(at=noon)
    assert len(postbox.arrived) == 3


def test_without_a_mail_server_nothing_is_held(kept: Any, noon: datetime):
    for _number in range(12):
        queued(at=noon)
    deliver_what_is_due(at=noon)
    assert states() == {State.SENT: 12}


def test_what_has_been_due_for_a_quarter_of_an_hour_is_not_well(noon: datetime):
    queued(at=noon)
    assert condition(noon).is_well(noon + timedelta(minutes=15))
    late = noon + timedelta(minutes=15, seconds=1)
    found = condition(late)
    assert (found.is_well(late), found.waiting, found.oldest_due_at) == (False, 1, noon)


def test_the_installation_says_that_mail_is_held_back(postbox: Postbox):
    for number in range(14):
        queued(f"person@town{number}.example", purpose=Purpose.NOTICE, at=clock.now())
    deliver_what_is_due()
    [part] = [part for part in all_parts() if part.name == "mail"]
    assert (part.is_well, part.is_needed) == (False, False)
    assert part.words == "Too much mail within an hour: 6 mails are held back. This ends by itself."


@pytest.mark.parametrize(
    ("purpose", "sent", "room"),
    [
        ("notice", {"notice": 7}, True),
        ("notice", {"notice": 8}, False),
        ("reply", {"reply": 8}, True),
        ("reply", {"reply": 9}, False),
        ("code", {"reply": 9}, True),
        ("code", {"reply": 10}, False),
        ("code", {"code": 2}, True),
        ("code", {"code": 3}, False),
        ("receipt", {"code": 3, "receipt": 2}, True),
        ("receipt", {"receipt": 3}, False),
    ],
)
def test_who_has_room_in_the_hours_total(purpose: str, sent: dict[str, int], room: bool):
    assert has_room(purpose, sent, ALLOWANCE, is_breaker_open=False) is room


def test_an_open_breaker_lets_only_the_urgent_pass_until_the_hour_was_calm():
    assert not has_room("reply", {}, ALLOWANCE, is_breaker_open=True)
    assert has_room("code", {}, ALLOWANCE, is_breaker_open=True)
    assert may_close("", {"reply": 5}, ALLOWANCE)
    assert not may_close("", {"reply": 5, "code": 1}, ALLOWANCE)


def test_the_breaker_of_one_purpose_closes_at_half_of_its_own_part():
    assert may_close("code", {"code": 1, "reply": 9}, ALLOWANCE)
    assert not may_close("code", {"code": 2}, ALLOWANCE)
