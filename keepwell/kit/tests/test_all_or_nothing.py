"""A change is whole or not there, and costs one transaction whatever else it calls."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from keepwell.kit.all_or_nothing import CaughtUnguarded, all_or_nothing

pytestmark = pytest.mark.django_db(transaction=True)


class Failed(Exception):
    pass


@all_or_nothing()
def name_it(name: str, *, fails: bool = False) -> None:
    Group.objects.update_or_create(pk=1, defaults={"name": name})
    if fails:
        raise Failed


@all_or_nothing()
def name_it_twice(*, first_is_caught: bool = False) -> None:
    if first_is_caught:
        with pytest.raises(Failed), transaction.atomic():
            name_it("inner", fails=True)
    else:
        name_it("inner")
    name_it("outer")


@all_or_nothing()
def go_on_after(name: str) -> None:
    with pytest.raises(Failed):
        name_it(name, fails=True)


def names() -> list[str]:
    return list(Group.objects.values_list("name", flat=True))


def test_what_fails_leaves_nothing():
    with pytest.raises(Failed):
        name_it("new", fails=True)
    assert names() == []


def test_a_change_inside_another_has_no_savepoint_of_its_own():
    Group.objects.create(pk=1, name="old")
    with CaptureQueriesContext(connection) as asked:
        all_or_nothing()(lambda: all_or_nothing()(names)())()
    assert [query["sql"].split(" ")[0] for query in asked] == ["BEGIN", "SELECT", "COMMIT"]


def test_what_an_inner_change_did_goes_with_the_outer_one():
    name_it_twice()
    assert names() == ["outer"]


def test_an_inner_change_that_is_guarded_can_fail_alone():
    name_it_twice(first_is_caught=True)
    assert names() == ["outer"]


def test_a_failure_that_is_caught_unguarded_leaves_nothing_and_is_told():
    with pytest.raises(CaughtUnguarded):
        go_on_after("half")
    assert names() == []


def test_the_next_change_begins_anew_after_a_failure():
    with pytest.raises(Failed):
        name_it("new", fails=True)
    name_it("next")
    assert names() == ["next"]


def test_inside_somebody_elses_transaction_a_refused_change_takes_only_itself_along():
    with transaction.atomic():
        name_it("kept")
        with pytest.raises(Failed):
            name_it("gone", fails=True)
        assert names() == ["kept"]
