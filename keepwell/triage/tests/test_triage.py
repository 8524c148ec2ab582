"""What came in and has no place yet."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.refusals import CaseHasChanged, CaseRefused
from keepwell.cases.verbs.detailing import change_subject
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.placing import confirm_sender
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.mail_domains import add_mail_domain, verify_mail_domain
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.people.permits import NotPermitted
from keepwell.triage.queries import marked_as_spam, waiting_for_placement
from keepwell.triage.suggestions import suggested_for
from keepwell.triage.verbs.placing import place
from tests import cast

SYSTEM = System("test")


def a_form_of(contact: Contact) -> Case:
    words = Words(body="Something is wrong", channel="form")
    return open_case(NewCase(subject="Help", contact=contact, words=words), by=contact)


def somebody(email: str = "somebody@nowhere.example") -> Contact:
    return add_contact("Somebody", email=email, by=SYSTEM)


def listed(actor) -> list[int]:
    return list(waiting_for_placement(actor).values_list("pk", flat=True))


def test_a_case_without_account_or_of_an_unverified_sender_waits_until_both_are_known(maria):
    case = a_form_of(somebody())
    assert listed(maria) == [case.pk]
    place(case, cast.elm_falls(), by=maria)
    assert listed(maria) == [case.pk]
    confirm_sender(case, by=maria)
    assert listed(maria) == []


def test_customers_see_no_triage(carl):
    a_form_of(somebody())
    assert listed(carl) == []
    assert not marked_as_spam(carl).exists()


def test_spam_is_listed_apart_and_comes_back_from_there(maria):
    case = a_form_of(somebody())
    mark_spam(case, by=maria)
    assert listed(maria) == []
    assert list(marked_as_spam(maria)) == [case]
    not_spam(case, by=maria)
    assert listed(maria) == [case.pk]


def test_placed_the_sender_belongs_to_the_account_too_and_it_is_one_change(maria):
    case = a_form_of(somebody())
    placed = place(case, cast.elm_falls(), by=maria)
    assert placed.account == cast.elm_falls()
    assert Contact.objects.get(pk=case.contact_id).account == cast.elm_falls()
    causes = Entry.objects.filter(kind__in=["case.placed", "contact.placed", "conversation.placed"])
    assert len(set(causes.values_list("cause", flat=True))) == 1
    assert causes.count() == 3


def test_placing_with_a_known_person_leaves_the_sender_where_he_is(maria):
    case = a_form_of(somebody())
    dana = cast.dana_at_elm_falls().contact
    assert place(case, cast.elm_falls(), contact=dana, by=maria).contact == dana
    assert Contact.objects.get(name="Somebody").account is None


def test_a_person_of_another_account_is_refused_and_nothing_is_placed(maria):
    case = a_form_of(somebody())
    nora = cast.nora_of_another_town().contact
    with pytest.raises(CaseRefused, match="another account"):
        place(case, cast.elm_falls(), contact=nora, by=maria)
    assert Case.objects.get(pk=case.pk).account is None


def test_two_who_place_the_same_case_do_not_overwrite_one_another(maria):
    case = a_form_of(somebody())
    change_subject(case, "Printer", by=maria)
    with pytest.raises(CaseHasChanged):
        place(case, cast.elm_falls(), seen=case.version, by=maria)


def test_customers_and_engineers_place_nothing(carl):
    case = a_form_of(somebody())
    for actor in (carl, cast.ines_the_engineer()):
        with pytest.raises(NotPermitted):
            place(case, cast.elm_falls(), by=actor)


def test_the_mail_domain_suggests_an_account_and_places_nobody(maria):
    case = a_form_of(somebody("clerk@elmfalls.example"))
    domain = add_mail_domain(cast.elm_falls(), "elmfalls.example", by=SYSTEM)
    suggestion = suggested_for([case])[case.pk]
    assert (suggestion.account, suggestion.domain, suggestion.is_verified) == (
        cast.elm_falls(),
        "elmfalls.example",
        False,
    )
    verify_mail_domain(domain, by=SYSTEM)
    assert suggested_for([case])[case.pk].is_verified
    assert Case.objects.get(pk=case.pk).account is None


def test_nothing_is_suggested_for_a_strangers_domain_or_a_placed_case(maria):
    stranger, placed = a_form_of(somebody()), a_form_of(somebody("clerk@elmfalls.example"))
    add_mail_domain(cast.elm_falls(), "elmfalls.example", by=SYSTEM)
    placed = place(placed, cast.elm_falls(), by=maria)
    assert suggested_for([stranger, placed]) == {}


def test_suggestions_for_a_list_cost_two_queries(django_assert_num_queries):
    cases = [a_form_of(somebody(f"clerk{number}@elmfalls.example")) for number in range(4)]
    add_mail_domain(cast.elm_falls(), "elmfalls.example", by=SYSTEM)
    with django_assert_num_queries(2):
        assert len(suggested_for(cases)) == 4
