"""A case that staff write down."""

from __future__ import annotations

import uuid

import pytest

from keepwell.cases.models import Case
from keepwell.customers.models import Contact
from keepwell.customers.queries import contact_of
from keepwell.customers.verbs.adding import add_contact
from keepwell.desk.tests.people import BY_TEST, signed_in
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria():
    cast.the_guidelines()
    return cast.maria_the_specialist()


@pytest.fixture
def dana():
    return contact_of(cast.dana_at_elm_falls())


def sent(**other) -> dict[str, str]:
    given = {"way": "call", "severity": "high", "subject": "Nothing can be saved", "words": "On site 3."}
    return {**given, "key": str(uuid.uuid4()), **other}


def errors(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return answer.context["form"].errors


def test_it_leads_to_the_open_case(maria, dana):
    answer = signed_in(maria).post("/desk/cases/new/", sent(who="dana"))
    case = Case.objects.get()
    assert answer["Location"] == f"/desk/cases/{case.number}/"
    assert (case.contact, case.state) == (dana, "open")


def test_sent_twice_it_is_one(maria, dana):
    form = sent(who="dana")
    first, second = (signed_in(maria).post("/desk/cases/new/", form)["Location"] for _time in range(2))
    assert first == second


def test_two_of_one_name_are_named(maria, dana):
    add_contact(dana.name, email="other@cedarpoint.example", by=BY_TEST)
    said = errors(signed_in(maria).post("/desk/cases/new/", sent(who=dana.name)))["who"]
    assert "Which one" in said[0]
    assert not Case.objects.exists()


def test_somebody_unknown_is_asked_for_by_address_and_name(maria, dana):
    assert errors(signed_in(maria).post("/desk/cases/new/", sent(who="Nobody Here")))["who"]
    signed_in(maria).post(
        "/desk/cases/new/", sent(who="bo@elmfalls.example", name="Bo Lund", account="town of elm")
    )
    assert Case.objects.get().contact == Contact.objects.get(name="Bo Lund")
    assert Case.objects.get().account == dana.account


def test_what_was_written_stands_there_again(maria):
    page = signed_in(maria).post("/desk/cases/new/", sent(who="Nobody Here", words="All of site 3."))
    assert "All of site 3." in page.content.decode()
