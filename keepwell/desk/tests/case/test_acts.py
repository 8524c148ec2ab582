"""Everything that is done with a case: done, refused in words, told first when others changed it."""

from __future__ import annotations

from typing import Any

import pytest

from keepwell.cases.models import Case, Escalation
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.tests.elm_falls import ENOUGH, HOUR, NINE, now, open_for, words
from keepwell.cases.verbs.detailing import change_tags
from keepwell.cases.verbs.escalating import Destination, escalate
from keepwell.cases.verbs.opening import open_case as opening
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.spam import mark_spam
from keepwell.customers.details import AccountDetails
from keepwell.customers.verbs.opening import open_account
from keepwell.desk.tests.case.scene import answered
from keepwell.desk.tests.people import signed_in
from tests import cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PARTS = {"known": ENOUGH.known, "tried": ENOUGH.tried, "needed": ENOUGH.needed}

# Address, what is filled in, the columns afterwards.
DONE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("resolution", {"how": "corrected", "root_cause": "Wrong driver"}, {"state": "resolved"}),
    ("withdrawal", {"wish": "Dana called"}, {"state": "closed"}),
    ("customer-wait", {}, {"state": "waiting_on_customer"}),
    ("engineering-wait", {}, {"state": "waiting_on_engineering"}),
    ("schedule", {"until_at": "2026-06-10T09:00"}, {"state": "scheduled"}),
    ("severity", {"severity": "normal", "is_correction": "on", "reason": "Slip"}, {"severity": "normal"}),
    ("subject", {"subject": "The printer prints nothing"}, {"subject": "The printer prints nothing"}),
    ("tags", {"tags": "Printing, night shift"}, {"tags": ["night-shift", "printing"]}),
    ("privacy", {}, {"is_private": True}),
    ("spam", {}, {"is_spam": True}),
    ("product", {"about": ""}, {"product_id": None}),
]


def act(desk: Any, case: Case, address: str, given: dict[str, Any], **more: Any) -> Any:
    return desk.post(f"/desk/cases/{case.number}/{address}/", given, **more)


@pytest.fixture
def open_case(case, maria):
    """The case after Maria's first answer."""
    answered(case, maria, "We look into it.", NINE)
    return now(case)


@pytest.mark.parametrize(("address", "given", "after"), DONE, ids=[row[0] for row in DONE])
def test_it_is_done(desk, open_case, address, given, after):
    response = act(desk, open_case, address, {**given, "seen": open_case.version})
    assert response.headers["Location"] == f"/desk/cases/{open_case.number}/"
    case = now(open_case)
    assert {name: getattr(case, name) for name in after} == after


@pytest.mark.parametrize(("address", "given", "after"), DONE, ids=[row[0] for row in DONE])
def test_who_acts_on_what_others_changed_is_told_first_and_then_may(desk, open_case, address, given, after):
    change_tags(open_case, ["urgent"], by=cast.theo_at_level_two())
    response = act(desk, open_case, address, {**given, "seen": open_case.version})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Tags changed, by Theo Lindqvist" in page
    for typed in ("Wrong driver", "Slip", "Dana called"):
        assert typed in page or typed not in given.values()
    again = page.partition('name="seen" value="')[2].partition('"')[0]
    assert act(desk, open_case, address, {**given, "seen": again}).status_code == 302


@pytest.mark.parametrize(("address", "given", "after"), DONE, ids=[row[0] for row in DONE])
def test_its_form_is_a_dialog_and_a_page_of_its_own(desk, open_case, address, given, after):
    url = f"/desk/cases/{open_case.number}/{address}/"
    assert "<dialog" in desk.get(url, headers=HTMX).content.decode()
    page = desk.get(url).content.decode()
    assert f'action="{url}"' in page
    assert "<main" in page


# A success manager answers customers, and so may make a case private.
@pytest.mark.parametrize(("address", "given"), [row[:2] for row in DONE if row[0] != "privacy"])
def test_who_may_not_is_refused_and_nothing_is_changed(open_case, address, given):
    sam = signed_in(cast.sam_the_success_manager())
    assert act(sam, open_case, address, given).status_code == 403
    assert now(open_case).version == open_case.version


def test_in_a_dialog_it_closes_and_says_so(desk, open_case):
    response = act(desk, open_case, "tags", {"tags": "a"}, headers=HTMX)
    assert response.status_code == 204
    for event in ("closeDialog", "caseChanged", "Saved."):
        assert event in response.headers["HX-Trigger"]


def test_a_refusal_stands_above_what_was_typed(desk, open_case):
    given = {"severity": "low", "is_correction": "on", "situation": "only the old copier"}
    response = act(desk, open_case, "severity", given, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why the severity was entered wrongly" in page
    assert "only the old copier" in page


def test_an_empty_hand_off_is_refused_beside_the_parts_that_are_missing(desk, open_case):
    given = {"to": "2", **PARTS, "tried": "no"}
    response = act(desk, open_case, "escalation", given)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Say it in a few words at least.") == 1
    assert ENOUGH.needed in page
    assert not Escalation.objects.exists()


def test_handed_to_a_team_accepted_and_returned_with_a_reason(desk, open_case, theo):
    team = cast.team_at(2)
    assert act(desk, open_case, "escalation", {"to": f"2:{team.pk}", **PARTS}).status_code == 302
    theirs = signed_in(theo)
    assert "Accept</button>" in theirs.get(f"/desk/cases/{open_case.number}/").content.decode()
    assert act(theirs, open_case, "escalation/acceptance", {}).status_code == 302
    assert (now(open_case).level, now(open_case).assignee) == (2, theo)
    assert act(theirs, open_case, "escalation/return", {"reason": ""}).status_code == 422
    assert act(theirs, open_case, "escalation/return", {"reason": "It is the cable."}).status_code == 302
    assert now(open_case).level == 1
    assert "It is the cable." in desk.get(f"/desk/cases/{open_case.number}/").content.decode()


def test_a_withdrawal_entered_for_the_customer_says_whose_wish_it_was(desk, open_case):
    assert "/withdrawal/" in desk.get(f"/desk/cases/{open_case.number}/").content.decode()
    refused = act(desk, open_case, "withdrawal", {"wish": " "})
    assert refused.status_code == 422
    act(desk, open_case, "withdrawal", {"wish": "Dana called: it prints again."})
    page = desk.get(f"/desk/cases/{open_case.number}/").content.decode()
    assert "Withdrawn by the customer, entered by Maria Petersen" in page
    assert "Dana called: it prints again." in page
    assert "/withdrawal/" not in page


def test_a_hand_off_is_taken_back(desk, open_case, maria):
    escalate(open_case, Destination(level=2), ENOUGH, by=maria)
    assert act(desk, open_case, "escalation/taking-back", {}).status_code == 302
    assert Escalation.objects.get().state == "taken_back"


def test_nothing_to_accept_is_said_in_words(desk, open_case):
    response = act(desk, open_case, "escalation/acceptance", {})
    assert response.status_code == 422
    assert "Nobody asks to hand" in response.content.decode()


def test_assigned_to_oneself_to_another_and_to_nobody(desk, open_case, maria, theo):
    for to, expected in ((maria.pk, maria), (theo.pk, theo), ("", None)):
        assert act(desk, open_case, "assignment", {"to": to}).status_code == 302
        assert now(open_case).assignee == expected


def test_a_customer_cannot_be_chosen_to_work_on_it(desk, open_case, dana):
    assert act(desk, open_case, "assignment", {"to": dana.pk}).status_code == 422


def test_another_person_for_the_customer(desk, open_case, theo):
    assert act(desk, open_case, "owner", {"to": theo.pk}).status_code == 302
    assert now(open_case).owner == theo


def test_snoozed_and_back(desk, open_case):
    assert act(desk, open_case, "snooze", {"until_at": "2026-06-10T09:00"}).status_code == 302
    assert now(open_case).snoozed_until_at
    assert act(desk, open_case, "snooze/end", {}).status_code == 302
    assert now(open_case).snoozed_until_at is None
    assert act(desk, open_case, "snooze", {"until_at": "2020-06-10T09:00"}).status_code == 422


def test_our_turn_again_after_waiting(desk, open_case):
    act(desk, open_case, "customer-wait", {})
    assert act(desk, open_case, "wait/end", {}).status_code == 302
    assert now(open_case).state == "open"


def test_closed_and_reopened(desk, open_case, maria):
    resolve(open_case, Resolution(), by=maria)
    assert act(desk, open_case, "closure", {}).status_code == 302
    assert now(open_case).state == "closed"
    assert act(desk, open_case, "reopening", {}).status_code == 302
    assert now(open_case).state == "open"


def test_closing_what_is_not_solved_is_refused_in_words(desk, open_case):
    response = act(desk, open_case, "closure", {})
    assert response.status_code == 422
    assert "Resolve it first." in response.content.decode()


def test_no_spam_after_all(desk, open_case, maria):
    mark_spam(open_case, by=maria)
    assert act(desk, open_case, "spam/removal", {}).status_code == 302
    assert not now(open_case).is_spam


def test_merged_by_its_number(desk, open_case, dana):
    other = open_for(dana, at=NINE, subject="The same again")
    assert act(desk, open_case, "merge", {"into": "abc"}).status_code == 422
    assert act(desk, open_case, "merge", {"into": open_case.number}).status_code == 422
    assert act(desk, open_case, "merge", {"into": f"#{other.number}"}).status_code == 302
    assert now(open_case).merged_into == other


def test_a_call_is_entered_later_but_not_too_late(desk, open_case, clock_at):
    clock_at(NINE + HOUR)
    entry = {"happened_at": "2026-06-09T09:30", "is_live": "on", "said": "It prints.", "reason": "Own phone"}
    assert act(desk, open_case, "contacts", entry).status_code == 302
    assert open_case.logged_contacts.get().is_live
    clock_at(NINE + 100 * HOUR)
    response = act(desk, open_case, "contacts", entry)
    assert response.status_code == 422
    assert "at most one business day back" in response.content.decode()


@pytest.mark.parametrize("year", ["1999", "2199"])
def test_a_call_in_another_age_is_refused_and_its_words_are_kept(desk, open_case, year):
    entry = {"happened_at": f"{year}-06-09T09:30", "said": "It prints.", "reason": "Own phone"}
    response = act(desk, open_case, "contacts", entry)
    assert response.status_code == 422
    assert "It prints." in response.content.decode()


def test_an_update_is_promised(desk, open_case):
    assert act(desk, open_case, "update-promise", {"due_at": "2026-06-09T18:00"}).status_code == 302
    page = desk.get(f"/desk/cases/{open_case.number}/").content.decode()
    assert "An update, promised by Maria Petersen" in page


def test_somebody_of_the_customer_takes_part_and_no_more(desk, open_case):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    assert act(desk, open_case, "participants", {"contact": carl.pk}).status_code == 302
    assert "Carl Jensen takes part now" in desk.get(f"/desk/cases/{open_case.number}/").content.decode()
    assert act(desk, open_case, f"participants/{carl.pk}/removal", {}).status_code == 302
    assert act(desk, open_case, f"participants/{carl.pk}/confirmation", {}).status_code == 302


def test_a_stranger_to_the_account_cannot_be_added(desk, open_case):
    nora = cast.nora_of_another_town().contact
    assert act(desk, open_case, "participants", {"contact": nora.pk}).status_code == 422
    assert act(desk, open_case, f"participants/{nora.pk}/removal", {}).status_code == 404


def test_who_opened_it_stays(desk, open_case, dana):
    response = act(desk, open_case, f"participants/{dana.contact.pk}/removal", {})
    assert response.status_code == 409
    assert "stays part of it" in response.content.decode()


def test_a_sender_is_confirmed(desk, maria):
    stranger = cast.contact_of_somebody_unknown()
    case = open_unverified(stranger)
    assert "Unverified sender" in desk.get(f"/desk/cases/{case.number}/").content.decode()
    assert act(desk, case, "sender", {}).status_code == 302
    assert now(case).is_verified_sender


def test_an_unknown_senders_case_is_placed_at_an_account(desk, maria):
    cast.elm_falls()
    cast.elm_falls_water()
    case = open_unverified(cast.contact_of_somebody_unknown())
    assert "Place it" in desk.get(f"/desk/cases/{case.number}/").content.decode()
    cast.another_town()
    open_account("Town of Ash", AccountDetails(), by=cast.CAST)
    unclear = act(desk, case, "placement", {"account": "Town of"}).content.decode()
    assert "Which one: Town of Ash or Town of Elm Falls?" in unclear
    assert act(desk, case, "placement", {"account": "Nowhere"}).status_code == 422
    assert act(desk, case, "placement", {"account": "town of elm"}).status_code == 302
    assert now(case).account == cast.elm_falls()


def open_unverified(contact: Any) -> Case:
    return opening(NewCase(subject="Who am I", contact=contact, words=words()), by=contact, at=NINE)
