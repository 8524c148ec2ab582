from __future__ import annotations

import uuid

import pytest

from keepwell.cases.models import Case
from keepwell.channels.by_hand.verbs.entering import Entered, Somebody, enter
from keepwell.conversations.models import Message, Note
from keepwell.customers.models import Contact
from keepwell.customers.queries import contact_of
from keepwell.people.permits import NotPermitted
from keepwell.service_levels.models import Clock
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria():
    cast.the_guidelines()
    return cast.maria_the_specialist()


def entered(**other) -> Entered:
    given = {
        "key": uuid.uuid4(),
        "way": "call",
        "subject": "Nothing can be saved",
        "severity": "high",
        "words": "He is on site 3.",
    }
    return Entered(**{**given, **other})


def states(case: Case) -> dict[str, str]:
    return dict(Clock.objects.filter(case=case).values_list("metric", "state"))


def test_a_call_that_is_answered_has_its_first_contact(maria):
    case = enter(entered(who=contact_of(cast.dana_at_elm_falls())), by=maria)
    assert states(case) == {
        "initial_contact": "met",
        "follow_up": "running",
        "resolution": "running",
        "overall": "running",
    }
    assert (case.channel, case.opened_by, case.account.name) == ("phone", "customer", "Town of Elm Falls")


def test_a_message_that_was_left_still_wants_its_first_contact(maria):
    case = enter(entered(who=contact_of(cast.dana_at_elm_falls()), way="message"), by=maria)
    assert states(case)["initial_contact"] == "running"


def test_what_we_notice_ourselves_owes_no_first_contact(maria):
    case = enter(entered(who=contact_of(cast.dana_at_elm_falls()), way="own"), by=maria)
    assert "initial_contact" not in states(case)


def test_what_is_written_down_is_a_note_and_no_message(maria):
    enter(entered(who=contact_of(cast.dana_at_elm_falls())), by=maria)
    assert Note.objects.get().body == "He is on site 3."
    assert not Message.objects.exists()


def test_the_same_form_sent_twice_is_one_case(maria):
    once = entered(who=contact_of(cast.dana_at_elm_falls()))
    assert enter(once, by=maria) == enter(once, by=maria)
    assert Case.objects.count() == 1


def test_somebody_new_becomes_a_contact(maria):
    account = contact_of(cast.dana_at_elm_falls()).account
    new = Somebody(name="Bo Lund", email="bo@elmfalls.example", account=account)
    case = enter(entered(who=new), by=maria)
    assert case.contact == Contact.objects.get(addresses__email="bo@elmfalls.example")
    assert case.account == account


def test_a_customer_writes_nothing_down_for_us(maria):
    dana = cast.dana_at_elm_falls()
    with pytest.raises(NotPermitted):
        enter(entered(who=contact_of(dana)), by=dana)
    assert not Case.objects.exists()
