"""Who sees which case; and the person of another customer, who must never see anything."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.queries import conversation_ids, get_case, visible_entries
from keepwell.cases.tests.elm_falls import ENOUGH, HOUR, NINE, SYSTEM, answer, now, open_for, words
from keepwell.cases.topics import _customer_sees_this_case, _sees_this_case
from keepwell.cases.verbs.escalating import Destination, escalate
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.placing import Placement, confirm_sender, place
from keepwell.cases.verbs.privacy import make_private, make_shared
from keepwell.cases.verbs.spam import mark_spam
from keepwell.conversations.queries import conversations_visible_to
from keepwell.conversations.verbs.participating import (
    add_participant,
    confirm_participant,
    remove_participant,
)
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.people.models import Role
from keepwell.people.permits import NotPermitted
from tests import cast


def sees(actor, case) -> bool:
    return Case.objects.visible_to(actor).filter(pk=case.pk).exists()


def a_form_of(email: str) -> Case:
    contact = add_contact("Somebody of Elm Falls", email=email, account=cast.elm_falls(), by=SYSTEM)
    return open_case(NewCase(subject="Help", contact=contact, words=words(channel="form")), by=contact)


@pytest.fixture
def wes(guidelines):
    """Another user of Elm Falls, who has nothing to do with Dana's case."""
    contact = add_contact("Wes", email="wes@elmfalls.example", account=cast.elm_falls(), by=SYSTEM)
    return grant_portal_access(contact, Role.CUSTOMER_USER, by=SYSTEM)


@pytest.mark.parametrize(
    "somebody",
    [
        cast.maria_the_specialist,
        cast.theo_at_level_two,
        cast.ines_the_engineer,
        cast.lea_the_lead,
        cast.ada_the_administrator,
        cast.sam_the_success_manager,
        cast.alma_the_account_manager,
    ],
)
def test_staff_see_every_case(case, somebody):
    assert sees(somebody(), case)


def test_a_customer_sees_his_own_case_and_his_administrator_sees_it_too(case, dana, carl, wes):
    assert sees(dana, case)
    assert sees(dana.contact, case)
    assert sees(carl, case)
    assert not sees(wes, case)


def test_an_administrator_sees_the_cases_of_the_accounts_below_his(carl):
    assert sees(carl, open_for(cast.pia_at_elm_falls_water()))


def test_a_child_sees_nothing_of_its_parent(case, guidelines):
    assert not sees(cast.pia_at_elm_falls_water(), case)


def test_nora_sees_nothing_of_elm_falls_whatever_happens_to_it(case, opened, maria, nora):
    other = opened()
    make_private(other, by=maria)
    merge(opened(), case, by=maria)
    for somebody in (nora, nora.contact):
        assert not Case.objects.visible_to(somebody).exists()
        assert not visible_entries(somebody).exists()
        with pytest.raises(Case.DoesNotExist):
            get_case(somebody, case.number)
    assert not _customer_sees_this_case(nora, case.pk)
    assert not _sees_this_case(nora, case.pk)


def test_a_confirmed_participant_sees_the_case_and_a_suggested_or_removed_one_does_not(
    case, maria, nora, wes
):
    """Even of another town, if staff say so: a consultant who works for both."""
    add_participant(case.conversation, wes.contact, by=wes)
    assert not sees(wes, case)
    confirm_participant(case.conversation, wes.contact, by=maria)
    assert sees(wes, case)
    remove_participant(case.conversation, wes.contact, by=maria)
    assert not sees(wes, case)
    assert not sees(nora, case)


def test_a_private_case_is_seen_by_its_participants_and_staff_alone(case, dana, carl, maria):
    assert make_private(case, by=dana).is_private
    assert sees(dana, case)
    assert sees(maria, case)
    assert not sees(carl, case)
    assert make_shared(case, by=dana).is_private is False
    assert sees(carl, case)


def test_only_staff_and_who_opened_it_make_a_case_private(case, carl):
    with pytest.raises(NotPermitted):
        make_private(case, by=carl)
    assert not now(case).is_private


def test_opened_as_private_it_is_private_from_the_start(dana, carl):
    assert not sees(carl, open_for(dana, is_private=True))


def test_spam_is_not_shown_to_the_accounts_administrator(case, carl, maria):
    mark_spam(case, by=maria)
    assert not sees(carl, case)
    assert sees(maria, case)


def test_an_unverified_sender_shows_his_case_to_staff_alone(guidelines, carl, maria):
    case = a_form_of("new@elmfalls.example")
    assert sees(maria, case)
    assert not sees(carl, case)
    assert not sees(case.contact, case)


def test_confirmed_by_staff_the_account_sees_the_case(guidelines, carl, maria):
    case = a_form_of("new@elmfalls.example")
    confirm_sender(case, by=maria)
    assert sees(carl, case)
    assert sees(case.contact, case)


def test_who_shows_that_the_address_is_his_has_all_its_cases(guidelines, carl):
    case = a_form_of("new@elmfalls.example")
    contact = case.contact
    second = open_case(NewCase(subject="And this", contact=contact, words=words(channel="form")), by=contact)
    confirm_address(contact.addresses.get(), by=SYSTEM)
    for one in (case, second):
        assert now(one).is_verified_sender
        assert sees(contact, one)
        assert sees(carl, one)


def test_nobody_confirms_himself_as_somebody_else(guidelines, nora):
    case = a_form_of("new@elmfalls.example")
    for somebody in (nora, nora.contact):
        with pytest.raises(NotPermitted):
            confirm_sender(case, by=somebody)


def test_two_contacts_that_are_one_see_what_each_saw(case, dana, maria):
    double = add_contact("Dana H.", email="dana.h@elmfalls.example", account=cast.elm_falls(), by=SYSTEM)
    theirs = open_case(NewCase(subject="Also mine", contact=double, words=words(channel="email")), by=SYSTEM)
    merge_contacts(double, dana.contact, by=maria)
    assert sees(dana, theirs)
    assert sees(dana, case)


def test_placed_at_an_account_its_administrator_sees_it_and_the_person_named_takes_part(
    guidelines, dana, carl, maria
):
    somebody = cast.contact_of_somebody_unknown()
    case = open_case(NewCase(subject="Help", contact=somebody, words=words(channel="email")), by=SYSTEM)
    assert not sees(carl, case)
    placed = place(case, Placement(account=cast.elm_falls(), contact=dana.contact), by=maria)
    assert (placed.account, placed.contact) == (cast.elm_falls(), dana.contact)
    assert sees(carl, case)
    assert sees(dana, case)
    assert placed.conversation.account == cast.elm_falls()


def test_customers_read_of_the_history_what_is_theirs_to_read(case, dana, maria):
    escalate(case, Destination(level=2), ENOUGH, by=maria, at=NINE + HOUR)
    answer(case, maria, NINE + 2 * HOUR, intention="wait")
    read = set(visible_entries(dana).values_list("kind", flat=True))
    assert read == {"case.opened", "case.wait_began"}
    assert "case.escalated" in set(visible_entries(maria).values_list("kind", flat=True))


def test_what_one_sees_of_cases_is_what_one_sees_of_their_conversations(
    case, opened, dana, carl, nora, wes, maria
):
    make_private(opened(), by=maria)
    a_form_of("new@elmfalls.example")
    for actor in (dana, carl, nora, wes, maria, dana.contact, nora.contact):
        of_cases = set(Case.objects.visible_to(actor).values_list("conversation_id", flat=True))
        assert of_cases == set(
            conversations_visible_to(actor).filter(serves="case").values_list("pk", flat=True)
        )


def test_conversations_of_a_case_cost_one_query(case, maria, django_assert_num_queries):
    assert maria.roles
    with django_assert_num_queries(1):
        conversation_ids(case, maria)
