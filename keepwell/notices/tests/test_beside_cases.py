"""What a customer does outside of cases, a signal and a hand-over are told to whoever of us has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.words import Words
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.notices.models import Notice
from keepwell.notices.tests.elm_falls import NINE, told
from keepwell.notices.words import address_of, place_of, title_of, words_of
from keepwell.success.engagements.models import Answer
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.verbs.attending import answer
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.letters.verbs.writing import NewLetter, write_to
from keepwell.success.portfolios.verbs.handing_over import NewHandOver, begin_hand_over, return_
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.setting_goals import add_goal
from keepwell.success.road_maps.verbs.sharing import share
from keepwell.success.road_maps.wanted import GoalWords
from keepwell.success.signals.tests.conftest import made_live, seats_unused, used
from keepwell.success.signals.verbs.looking import look_at
from keepwell.success.signals.verbs.publishing import add_rule
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(dana):
    sam = cast.sam_the_success_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=cast.CAST)
    return sam


def test_an_answer_to_a_letter_is_told_to_whoever_wrote_it(sam, dana):
    letter = write_to(dana.contact, NewLetter(subject="Maps", words=Words(body="They are there.")), by=sam)
    said = Words(body="Thank you.", channel="email")
    receive(letter.conversation, said, about=[("contact", dana.contact.pk)], by=dana.contact)
    assert told() == [("wrote", sam.name)]
    notice = Notice.objects.get()
    assert (title_of(notice), str(words_of(notice))) == ("Town of Elm Falls", "The customer wrote")
    assert address_of(notice) == f"/desk/notices/{notice.pk}/"
    assert place_of(notice) == f"/desk/letters/{letter.pk}/"


def test_an_enquiry_is_told_once_to_whoever_answers_it(sam, dana):
    words = Words(body="Could we have a training?", channel="portal")
    asked = ask(dana.contact, NewEnquiry(kind="engagement", words=words), by=dana)
    assert told() == [("wrote", sam.name)]
    assert place_of(Notice.objects.get()) == f"/desk/enquiries/{asked.pk}/"


def test_what_a_customer_answers_is_told_and_what_one_of_us_enters_for_him_is_not(sam, dana):
    held = begin(cast.elm_falls(), NewEngagement(kind="training", host=sam, contacts=(dana.contact,)), by=sam)
    schedule(held, NINE + timedelta(days=9), by=sam)
    attendee = held.attendees.get()
    answer(attendee, Answer.ACCEPTED, by=sam)
    assert told() == []
    answer(attendee, Answer.DECLINED, by=dana)
    assert told() == [("did", sam.name)]
    assert place_of(Notice.objects.get()) == f"/desk/engagements/{held.pk}/"


def test_what_is_written_about_a_road_map_is_told_to_whoever_looks_after_the_account(sam, dana):
    road_map = open_road_map(cast.elm_falls(), date(2027, 6, 30), by=sam)
    add_goal(road_map, GoalWords(statement="Valves on the map", is_shared=True), by=sam)
    share(road_map, by=sam)
    comment(road_map, "Look at this.", by=sam)
    assert told() == []
    comment(road_map, "By autumn?", by=cast.carl_the_administrator_of_elm_falls())
    assert told() == [("wrote", sam.name)]
    assert place_of(Notice.objects.get()) == f"/desk/road-maps/{road_map.pk}/"


def test_a_signal_is_told_to_whoever_is_to_look_at_it(sam):
    account = made_live(cast.elm_falls())
    add_rule("Seats unused", seats_unused(), by=cast.CAST)
    used(account, 20)
    look_at([account.pk], as_of=NINE.replace(hour=0), at=NINE)
    assert ("signalled", sam.name) in told()
    notice = Notice.objects.filter(happening="signalled").latest("pk")
    assert place_of(notice) == f"/desk/signals/{notice.thing}/"


def test_a_hand_over_is_told_to_whoever_is_to_take_it_and_its_return_to_who_asked(sam):
    alma = cast.alma_the_account_manager()
    new = NewHandOver(kind="success", taker=alma, known="All is well.", due_on=date(2026, 7, 1))
    asked = begin_hand_over(cast.elm_falls(), new, by=sam)
    assert told() == [("hand_over_asked", alma.name)]
    return_(asked, "I am away.", by=alma)
    assert told("hand_over_returned") == [("hand_over_returned", sam.name)]
    assert place_of(Notice.objects.latest("pk")) == f"/desk/hand-overs/{asked.pk}/"
