"""What a list shows, what it is called, and how many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.cases.filtering import ORDERS, matching
from keepwell.cases.filters import CaseFilter, read
from keepwell.cases.many import to_each
from keepwell.cases.models import Case, SavedView
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.tests.elm_falls import DAY, ENOUGH, HOUR, NINE, SOLVED, answer, now, open_for
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.detailing import change_tags
from keepwell.cases.verbs.escalating import Destination, escalate
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.privacy import make_private
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam
from keepwell.cases.verbs.viewing import delete_view, save_view
from keepwell.cases.views import BUILT_IN, COUNT_UP_TO, View, counted, views_for
from keepwell.kit.paging import page
from keepwell.people.permits import NotPermitted
from tests import cast


def shown(actor, **query) -> set[int]:
    found = matching(Case.objects.visible_to(actor), read(query).filter, actor)
    return set(found.values_list("pk", flat=True))


@pytest.fixture
def many(opened, maria, theo):
    """One case of each sort, by what it is."""
    sorts = [
        "plain",
        "mine",
        "handed",
        "waiting",
        "asleep",
        "solved",
        "spam",
        "private",
        "tagged",
        "high",
        "merged",
    ]
    found = {sort: opened(severity="high" if sort == "high" else "normal") for sort in sorts}
    assign(found["mine"], Assignment(to=maria, team=cast.team_at(1)), by=maria)
    escalate(found["handed"], Destination(level=2, team=cast.team_at(2)), ENOUGH, by=maria)
    answer(found["waiting"], maria, NINE + HOUR, intention="wait")
    snooze(found["asleep"], NINE + DAY, by=maria)
    resolve(found["solved"], SOLVED, by=maria)
    mark_spam(found["spam"], by=maria)
    make_private(found["private"], by=maria)
    change_tags(found["tagged"], ["Printing"], by=maria)
    merge(found["merged"], found["plain"], by=maria)
    return found


OPEN_AND_AWAKE = {"plain", "mine", "handed", "waiting", "private", "tagged", "high"}


SHOWN = [
    ({}, OPEN_AND_AWAKE),
    ({"assignee": "me"}, {"mine", "handed"}),
    ({"assignee": "none"}, OPEN_AND_AWAKE - {"mine", "handed"}),
    ({"assignee": "me,none"}, OPEN_AND_AWAKE),
    ({"owner": "me"}, {"mine", "handed"}),
    ({"state": "waiting_on_customer"}, {"waiting"}),
    ({"state": "resolved"}, {"solved"}),
    ({"show": "ended"}, {"solved"}),
    ({"show": "any"}, OPEN_AND_AWAKE | {"asleep", "solved"}),
    ({"show": "any", "spam": "any"}, OPEN_AND_AWAKE | {"asleep", "solved", "spam"}),
    ({"spam": "yes"}, {"spam"}),
    ({"snoozed": "yes"}, {"asleep"}),
    ({"snoozed": "any"}, OPEN_AND_AWAKE | {"asleep"}),
    ({"private": "yes"}, {"private"}),
    ({"private": "no", "tag": "printing"}, {"tagged"}),
    ({"tag": "printing,other"}, {"tagged"}),
    ({"severity": "high"}, {"high"}),
    ({"level": "2"}, set()),
    ({"hand_off": "any"}, {"handed"}),
    ({"hand_off": "mine"}, set()),
    ({"wrote": "us"}, {"waiting"}),
    ({"unverified": "yes"}, set()),
    ({"opened": "2026-06-09"}, OPEN_AND_AWAKE),
    ({"opened": "2026-06-10.."}, set()),
    ({"account": "none"}, set()),
    ({"product": "none", "team": "none"}, OPEN_AND_AWAKE - {"mine"}),
]


def test_each_filter_shows_its_cases_and_no_others(many, maria):
    sorts = {case.pk: sort for sort, case in many.items()}
    for query, expected in SHOWN:
        assert {sorts[identity] for identity in shown(maria, **query)} == expected, query


def test_a_hand_off_is_shown_to_the_teams_that_are_asked(many, theo):
    assert shown(theo, hand_off="mine") == {many["handed"].pk}


def test_a_customers_list_is_filtered_among_what_he_sees(many, carl, nora):
    assert many["private"].pk not in shown(carl)
    assert shown(nora) == set()


def test_dates_are_those_of_the_readers_zone(opened, maria, settings):
    settings.TIME_ZONE = "UTC"
    case = opened(at=NINE.replace(hour=23, minute=30))
    assert shown(maria, opened="2026-06-09") == {case.pk}


@pytest.mark.parametrize("order", ORDERS)
def test_pages_forward_and_back_show_each_case_once(opened, maria, order):
    cases = [opened(at=NINE + timedelta(minutes=number // 2)) for number in range(7)]
    rows = matching(Case.objects.visible_to(maria), CaseFilter(order=order), maria)
    first = page(rows, order=ORDERS[order], size=3)
    second = page(rows, order=ORDERS[order], cursor=first.next_cursor, size=3)
    third = page(rows, order=ORDERS[order], cursor=second.next_cursor, size=3)
    walked = [case.pk for one in (first, second, third) for case in one.rows]
    assert sorted(walked) == sorted(case.pk for case in cases)
    assert walked == list(rows.order_by(*ORDERS[order]).values_list("pk", flat=True))
    back = page(rows, order=ORDERS[order], cursor=second.previous_cursor, size=3)
    assert [case.pk for case in back.rows] == [case.pk for case in first.rows]


def test_a_list_costs_the_same_number_of_queries_at_ten_rows_and_at_twenty(opened, maria):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            for row in matching(Case.objects.visible_to(maria).for_list(), CaseFilter(), maria):
                assert [str(row.contact), str(row.account)]
        return len(asked)

    for _number in range(10):
        opened()
    assert maria.roles
    ten = cost()
    for _number in range(10):
        opened()
    assert cost() == ten


def test_all_views_are_counted_in_one_query_and_those_of_the_archive_are_not(
    many, maria, django_assert_num_queries
):
    views = views_for(maria)
    with django_assert_num_queries(1):
        counts = {one.view.key: one.count for one in counted(views, maria)}
    assert counts["mine"] == 2
    assert counts["open"] == len(OPEN_AND_AWAKE)
    assert counts["put-off"] == 1
    assert counts["to-take"] == 0
    assert counts["resolved"] is None
    assert counts["all"] is None


def test_a_count_stops_where_nobody_reads_it_any_more(opened, maria, monkeypatch):
    monkeypatch.setattr("keepwell.cases.views.COUNT_UP_TO", 2)
    for _number in range(3):
        opened()
    (every,) = (one for one in counted(BUILT_IN, maria) if one.view.key == "open")
    assert every.count == 2
    assert COUNT_UP_TO == 100


def test_a_view_of_ones_own_is_kept_shared_and_replaced_by_name(maria, theo):
    save_view("  Printers ", {"tag": "Printing", "nonsense": "1"}, by=maria)
    assert SavedView.objects.get().query == {"tag": "printing"}
    assert [view.name for view in views_for(theo)][len(BUILT_IN) :] == []
    view = save_view("Printers", {"severity": "high"}, is_shared=True, by=maria)
    (shared,) = views_for(theo)[len(BUILT_IN) :]
    assert (shared.name, shared.filter.severity, shared.is_own) == ("Printers", ("high",), False)
    assert shared.key == str(view.pk)
    with pytest.raises(NotPermitted):
        delete_view(view, by=theo)
    delete_view(view, by=maria)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_view_needs_a_name(maria, name):
    with pytest.raises(CaseRefused):
        save_view(name, {}, by=maria)


def test_a_kept_view_that_no_longer_reads_shows_what_it_can(maria):
    SavedView.objects.create(name="Old", owner=maria, query={"state": "gone", "level": "2"}, created_at=NINE)
    assert views_for(maria)[-1].filter == CaseFilter(level=(2,))


def test_the_address_of_every_built_in_view_reads_as_that_view():
    for view in BUILT_IN:
        assert isinstance(view, View)
        assert read(view.query).filter == view.filter


def test_one_act_on_many_does_what_it_can_and_says_why_not(opened, dana, maria):
    one, two, three = opened(), opened(), open_for(dana)
    resolve(two, SOLVED, by=maria)
    outcomes = to_each([one, two, three], lambda case: resolve(case, SOLVED, by=maria))
    assert [outcome.is_done for outcome in outcomes] == [True, False, True]
    assert "cannot be resolved" in outcomes[1].refusal
    assert now(three).state == "resolved"


def test_whoever_may_not_is_told_for_each(opened, sam):
    outcomes = to_each([opened()], lambda case: resolve(case, SOLVED, by=sam))
    assert "role does not allow" in outcomes[0].refusal
