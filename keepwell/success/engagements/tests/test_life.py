"""An engagement from its beginning to what came of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from keepwell.people.permits import NotPermitted
from keepwell.success.engagements import states
from keepwell.success.engagements.models import Engagement, InternalNote, Origin, State, Touch
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.preparing import preparation
from keepwell.success.engagements.queries import last_held_at
from keepwell.success.engagements.refusals import (
    EngagementRefused,
    InThePast,
    NobodyHolds,
    NoOutcome,
    NothingWritten,
    NotNow,
    NotOfThisAccount,
    NotSomebodyWhoHolds,
    NotYetThen,
    TimeTaken,
)
from keepwell.success.engagements.tests.elm_falls import (
    DAY,
    HOUR,
    NEXT_WEEK,
    NINE,
    calendar_in,
    event_in,
    kinds_of,
    mails_to,
    proposed,
    scheduled,
    text_of,
)
from keepwell.success.engagements.verbs.acting import (
    NewAction,
    add_action,
    drop_action,
    finish_action,
    reopen_action,
)
from keepwell.success.engagements.verbs.attending import add_colleague, add_contact, remove_attendee
from keepwell.success.engagements.verbs.beginning import begin, give_to
from keepwell.success.engagements.verbs.ending import cancel, decline
from keepwell.success.engagements.verbs.holding import close, hold, miss
from keepwell.success.engagements.verbs.logging import Logged, log, redact_touch
from keepwell.success.engagements.verbs.rating import rate
from keepwell.success.engagements.verbs.scheduling import move, schedule
from keepwell.success.engagements.verbs.writing import (
    Details,
    change_details,
    note_for_us,
    redact_note,
    share_notes,
)
from tests import cast

FRIDAY = date(2026, 6, 12)


def test_each_act_is_possible_just_where_the_table_says(account, sam, dana, clock_at):
    at = NEXT_WEEK
    acts = {
        "schedule": lambda e: schedule(e, at + 40 * DAY, by=sam),
        "move": lambda e: move(e, at + 41 * DAY, by=sam),
        "hold": lambda e: hold(e, by=sam),
        "miss": lambda e: miss(e, by=sam),
        "close": lambda e: close(e, "reached", is_nothing_next=True, by=sam),
        "decline": lambda e: decline(e, by=sam),
        "cancel": lambda e: cancel(e, by=sam),
    }
    for number, state in enumerate(State.values):
        for act, do in acts.items():
            engagement = scheduled(account, sam, dana, at=at + number * DAY)
            Engagement.objects.filter(pk=engagement.pk).update(
                state=state, **({"outcome": "reached", "has_next_step": False} if state == "closed" else {})
            )
            engagement.refresh_from_db()
            clock_at(engagement.ends_at)
            if states.may_be_done(act, state):
                assert do(engagement).state == states.WAYS[act].to
            else:
                with pytest.raises(NotNow), transaction.atomic():
                    do(engagement)
            Engagement.objects.filter(pk=engagement.pk).update(state="cancelled")
            clock_at(NINE)


def test_what_is_asked_for_names_what_asked_and_what_we_propose_does_not(account, sam):
    assert proposed(account, sam).state == State.PROPOSED
    asked = proposed(account, sam, origin=Origin.CASE, origin_id=7)
    assert (asked.state, asked.is_reactive) == (State.REQUESTED, True)
    for wrong in ({"origin": Origin.CASE}, {"origin": Origin.SIGNAL}, {"origin_id": 7}):
        with pytest.raises(ValueError, match="do not fit"):
            proposed(account, sam, **wrong)
    with pytest.raises(IntegrityError, match="engagement_has_its_origin"), transaction.atomic():
        Engagement.objects.filter(pk=asked.pk).update(origin_id=None)


def test_only_success_and_account_managers_hold_one(account, sam, alma, dana):
    maria = cast.maria_the_specialist()
    assert proposed(account, alma).host == alma
    with pytest.raises(NotSomebodyWhoHolds):
        begin(account, NewEngagement(kind="training", host=maria), by=sam)
    for nobody in (maria, dana):
        with pytest.raises(NotPermitted):
            begin(account, NewEngagement(kind="training"), by=nobody)


def test_whoever_takes_part_is_invited_and_the_file_is_read_back(engagement, sam):
    change_details(engagement, Details(subject="Signals", place="Room 4", agenda="1. Maps"), by=sam)
    schedule(engagement, NEXT_WEEK, minutes=90, by=sam)
    (mail,) = mails_to("dana@elmfalls.example")
    event = event_in(mail)
    assert calendar_in(mail)["METHOD"] == "REQUEST"
    assert (event.start, event.end, event["SEQUENCE"]) == (NEXT_WEEK, NEXT_WEEK + 1.5 * HOUR, 0)
    assert (str(event["SUMMARY"]), event["LOCATION"], event["DESCRIPTION"]) == (
        "Signals",
        "Room 4",
        "1. Maps",
    )
    attendees = {str(one): one.params["PARTSTAT"] for one in event["ATTENDEE"]}
    assert attendees == {
        "mailto:sam@vendor.example": "ACCEPTED",
        "mailto:dana@elmfalls.example": "NEEDS-ACTION",
    }
    # In her zone, five hours behind.
    assert "Tuesday 16 June 2026, 09:00 – 10:30 (CDT)" in text_of(mail)
    assert "Auto-Submitted" not in mail
    (to_sam,) = mails_to("sam@vendor.example")
    assert str(event_in(to_sam)["SUMMARY"]) == "Signals: Town of Elm Falls"


def test_moved_and_called_off_it_keeps_its_uid_and_its_sequence_grows(account, sam, dana):
    engagement = scheduled(account, sam, dana)
    move(engagement, NEXT_WEEK + DAY, by=sam)
    move(engagement, NEXT_WEEK + DAY, by=sam)
    move(engagement, NEXT_WEEK + 2 * DAY, by=sam)
    assert engagement.reschedules == 2
    cancel(engagement, by=sam)
    events = [event_in(mail) for mail in mails_to("dana@elmfalls.example")]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    assert [event["STATUS"] for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    own = [kind for kind in kinds_of(engagement) if kind.startswith("engagement.")]
    assert own == [
        "engagement.begun",
        "engagement.scheduled",
        "engagement.moved",
        "engagement.moved",
        "engagement.cancelled",
    ]


def test_nobody_holds_two_at_once_not_even_in_the_database(account, sam, alma, dana):
    first = scheduled(account, sam, dana)
    second = proposed(account, sam)
    with pytest.raises(TimeTaken):
        schedule(second, NEXT_WEEK + HOUR / 2, by=sam)
    schedule(second, NEXT_WEEK + HOUR, by=sam)
    with pytest.raises(IntegrityError, match="nobody_holds_two_at_once"), transaction.atomic():
        Engagement.objects.filter(pk=second.pk).update(starts_at=first.starts_at)
    third = scheduled(account, alma)
    with pytest.raises(TimeTaken):
        give_to(third, sam, by=sam)


def test_a_time_needs_a_host_and_lies_ahead(account, sam):
    nobodys = begin(account, NewEngagement(kind="training"), by=sam)
    with pytest.raises(NobodyHolds):
        schedule(nobodys, NEXT_WEEK, by=sam)
    give_to(nobodys, sam, by=sam)
    with pytest.raises(InThePast):
        schedule(nobodys, NINE, by=sam)
    with pytest.raises(EngagementRefused):
        schedule(nobodys, NEXT_WEEK, minutes=3, by=sam)


def test_it_is_held_after_it_began_and_closed_with_an_outcome_and_what_comes_next(
    account, sam, dana, clock_at
):
    engagement = scheduled(account, sam, dana)
    with pytest.raises(NotYetThen):
        hold(engagement, by=sam)
    clock_at(NEXT_WEEK + HOUR)
    assert last_held_at(account) is None
    hold(engagement, by=sam)
    assert last_held_at(account) == NEXT_WEEK
    for outcome, nothing_next in (("", True), ("reached", False), ("splendid", True)):
        with pytest.raises(NoOutcome):
            close(engagement, outcome, is_nothing_next=nothing_next, by=sam)
    later = (NEXT_WEEK + timedelta(days=7)).date()
    add_action(engagement, NewAction(what="Send the maps", due_on=later, user=sam), by=sam)
    close(engagement, "partly", minutes_used=90, by=sam)
    assert (engagement.state, engagement.has_next_step, engagement.minutes_used) == ("closed", True, 90)
    with pytest.raises(IntegrityError, match="engagement_closed_has_outcome"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(outcome="")


def test_nobody_came(account, sam, dana, clock_at):
    engagement = scheduled(account, sam, dana)
    clock_at(NEXT_WEEK)
    assert miss(engagement, by=sam).state == State.NO_SHOW
    assert last_held_at(account) is None


def test_only_people_of_the_customer_take_part_and_whoever_leaves_is_told_alone(account, sam, dana, nora):
    engagement = scheduled(account, sam, dana)
    with pytest.raises(NotOfThisAccount):
        add_contact(engagement, nora.contact, by=sam)
    with pytest.raises(NotOfThisAccount):
        add_colleague(engagement, dana, by=sam)
    theo = cast.theo_at_level_two()
    attendee = add_colleague(engagement, theo, by=sam)
    assert [event_in(mail)["SEQUENCE"] for mail in mails_to("theo@vendor.example")] == [1]
    before = len(mails_to("dana@elmfalls.example"))
    remove_attendee(attendee, by=sam)
    remove_attendee(attendee, by=sam)
    assert calendar_in(mails_to("theo@vendor.example")[-1])["METHOD"] == "CANCEL"
    assert len(mails_to("dana@elmfalls.example")) == before


def test_what_is_written_for_us_and_what_both_read_stand_apart(engagement, sam):
    share_notes(engagement, "We agreed on the maps.", by=sam)
    note = note_for_us(engagement, "He is about to leave.", by=sam)
    assert note_for_us(engagement, "He is about to leave.", by=sam) == note
    with pytest.raises(NothingWritten):
        note_for_us(engagement, "  ", by=sam)
    assert engagement.shared_notes == "We agreed on the maps."
    with pytest.raises(NotPermitted):
        redact_note(note, by=sam)
    redact_note(note, by=cast.lea_the_lead())
    assert InternalNote.objects.get().body == ""


def test_actions_of_both_sides_are_settled_by_whoever_may(engagement, sam, dana, nora, alma):
    ours = add_action(engagement, NewAction(what="Send the maps", due_on=FRIDAY, user=alma), by=sam)
    assert add_action(engagement, NewAction(what=" Send the  maps", due_on=FRIDAY, user=alma), by=sam) == ours
    theirs = NewAction(what="Name a date", due_on=FRIDAY, side="theirs", contact=dana.contact)
    action = add_action(engagement, theirs, by=sam)
    assert finish_action(action, by=dana).state == "done"
    assert reopen_action(action, by=dana).state == "open"
    with pytest.raises(NotPermitted):
        finish_action(ours, by=dana)
    with pytest.raises(NotPermitted):
        drop_action(action, by=dana)
    assert finish_action(ours, by=alma).state == "done"
    for wrong in (
        NewAction(what="x", due_on=FRIDAY, side="ours", contact=dana.contact),
        NewAction(what="x", due_on=FRIDAY, side="theirs", contact=nora.contact),
        NewAction(what="x", due_on=FRIDAY, side="theirs", user=sam),
    ):
        with pytest.raises(NotOfThisAccount):
            add_action(engagement, wrong, by=sam)


def test_a_customer_rates_what_was_held(account, sam, dana, clock_at):
    engagement = scheduled(account, sam, dana)
    with pytest.raises(NotNow):
        rate(engagement, 5, by=dana)
    clock_at(NEXT_WEEK + HOUR)
    hold(engagement, by=sam)
    rate(engagement, 4, "Clear.", by=dana)
    assert (engagement.rating, engagement.rating_words, engagement.rated_by) == (4, "Clear.", dana.contact)
    with pytest.raises(NotPermitted):
        rate(engagement, 5, by=sam)
    with pytest.raises(ValueError, match="6"):
        rate(engagement, 6, by=dana)


def test_a_call_is_logged_once_and_lies_in_the_past(account, sam, dana, nora):
    called = Logged(way="call", words="Wants a training.", contact=dana.contact)
    touch = log(account, called, by=sam)
    assert log(account, called, by=sam) == touch
    assert (touch.happened_at, touch.author) == (NINE, sam)
    with pytest.raises(EngagementRefused):
        log(account, Logged(way="call", words="x", happened_at=NINE + HOUR), by=sam)
    with pytest.raises(NothingWritten):
        log(account, Logged(way="note", words=" "), by=sam)
    with pytest.raises(NotOfThisAccount):
        log(account, Logged(way="call", words="x", contact=nora.contact), by=sam)
    redact_touch(touch, by=cast.lea_the_lead())
    assert Touch.objects.get().body == ""


def test_preparation_costs_the_same_for_much_as_for_little(account, sam, dana, django_assert_num_queries):
    engagement = proposed(account, sam, dana)
    with django_assert_num_queries(9):
        assert preparation(engagement, sam, now=NINE).open_cases == 0
    for number in range(8):
        log(account, Logged(way="note", words=f"Note {number}"), by=sam)
        note_for_us(engagement, f"Ask {number}", by=sam)
        add_action(engagement, NewAction(what=f"Do {number}", due_on=FRIDAY), by=sam)
    with django_assert_num_queries(9):
        found = preparation(engagement, sam, now=NINE)
    assert (len(found.touches), len(found.notes), found.open_actions, len(found.actions)) == (5, 8, 8, 5)


def test_what_is_changed_before_and_after_a_time_is_set(engagement, sam):
    wanted = Details(subject="Signals", agenda="1. Maps", wanted_on=FRIDAY, lasts_minutes=45)
    change_details(engagement, wanted, by=sam)
    assert engagement.lasts_for == timedelta(minutes=45)
    assert mails_to("dana@elmfalls.example") == []
    schedule(engagement, NEXT_WEEK, by=sam)
    change_details(engagement, wanted, by=sam)
    change_details(engagement, Details(subject="Signals", agenda="2. Lamps", lasts_minutes=45), by=sam)
    assert [event_in(mail)["DESCRIPTION"] for mail in mails_to("dana@elmfalls.example")] == [
        "1. Maps",
        "2. Lamps",
    ]
