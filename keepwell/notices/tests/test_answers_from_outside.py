"""An answer from outside is told to whoever has the case and who asked; what did not arrive to its writer."""

from __future__ import annotations

import pytest

from keepwell.notices.models import Notice
from keepwell.notices.tests.elm_falls import told
from keepwell.notices.words import address_of, words_of
from keepwell.side_threads.models import Delivery
from keepwell.side_threads.tests.outside import BY, ask, hear
from keepwell.side_threads.verbs.failing import fail

pytestmark = pytest.mark.django_db
MARIA, THEO = "Maria Petersen", "Theo Lindqvist"


def test_an_answer_from_outside_is_told_to_who_works_on_the_case(marias, maria):
    thread = ask(marias, maria)
    assert told() == []
    hear(thread)
    assert told() == [("answered_aside", MARIA)]
    notice = Notice.objects.get()
    assert address_of(notice) == f"/desk/cases/{marias.number}/side-threads/{thread.pk}/"
    assert str(words_of(notice)) == "Somebody outside answered"


def test_whoever_asked_is_told_too_where_another_has_the_case(marias, theo):
    hear(ask(marias, theo))
    assert told() == [("answered_aside", MARIA), ("answered_aside", THEO)]


def test_what_did_not_arrive_is_told_to_its_writer(marias, theo):
    thread = ask(marias, theo)
    fail(Delivery.objects.get(), by=BY)
    assert told() == [("not_delivered", THEO)]
    assert address_of(Notice.objects.get()).endswith(f"/side-threads/{thread.pk}/")


def test_no_customer_is_told_of_any_of_it(marias, maria, dana):
    hear(ask(marias, maria))
    assert not Notice.objects.exclude(user__email=maria.email).exists()
    assert not Notice.objects.visible_to(dana).exists()
