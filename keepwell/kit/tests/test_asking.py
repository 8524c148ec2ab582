"""A question that is put into SQL once is answered anew each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F, QuerySet

from keepwell.kit.asking import Question

pytestmark = pytest.mark.django_db

BETWEEN = Question(
    lambda first, last: (
        ContentType.objects.filter(pk__gte=first, pk__lt=last).order_by("pk").values_list("model")
    )
)

OF_KIND = Question(
    lambda kind: (
        Permission.objects.filter(content_type=kind)
        .select_related("content_type")
        .annotate(of=F("content_type__model"))
        .order_by("codename")
    )
)


def kind(name: str) -> int:
    return ContentType.objects.create(app_label="asking", model=name).pk


def test_each_time_it_is_answered_anew_in_one_query(django_assert_num_queries: Any) -> None:
    first = kind("one")
    assert BETWEEN.rows(first, first + 9) == [("one",)]
    kind("two")
    with django_assert_num_queries(1):
        assert BETWEEN.rows(first, first + 9) == [("one",), ("two",)]


def test_each_number_stands_in_its_place() -> None:
    first, second = kind("one"), kind("two")
    assert BETWEEN.rows(first, second) == [("one",)]
    assert BETWEEN.rows(second, second + 1) == [("two",)]
    assert BETWEEN.rows(second, first) == []


def test_an_instant_stands_in_its_place_as_a_number_does() -> None:
    def lasting(key: str, at: datetime) -> QuerySet[Session]:
        return Session.objects.filter(session_key=key, expire_date__gte=at)

    asked = Question(lasting)
    at = datetime(2026, 6, 9, tzinfo=UTC)
    session = Session.objects.create(session_key="one", session_data="", expire_date=at)
    assert asked.objects("one", at) == [session]
    assert asked.objects("one", at + timedelta(seconds=1)) == []
    assert asked.objects("two", at) == []


def test_a_text_stands_in_its_place_whatever_it_is() -> None:
    def called(name: str, other: str) -> QuerySet[ContentType]:
        return ContentType.objects.filter(app_label__iexact=name).exclude(model=other)

    asked = Question(called)
    for model in ("one", "%s' OR 1=1 --"):
        kind(model)
    assert [row.model for row in asked.objects("ASKING", "one")] == ["%s' OR 1=1 --"]
    assert [row.model for row in asked.objects("asking", "%s' OR 1=1 --")] == ["one"]
    assert asked.objects("%", "one") == []


def test_as_objects_they_come_with_what_stands_beside_them_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    one, other = kind("one"), kind("two")
    for codename in ("b", "a"):
        Permission.objects.create(content_type_id=one, codename=codename, name=codename)
    Permission.objects.create(content_type_id=other, codename="c", name="c")
    with django_assert_num_queries(1):
        found = OF_KIND.objects(one)
        assert [(each.codename, each.of, each.content_type.model) for each in found] == [
            ("a", "one", "one"),
            ("b", "one", "one"),
        ]
    assert found == list(OF_KIND.build(one))
    assert [each.codename for each in OF_KIND.objects(other)] == ["c"]


def test_what_was_found_can_be_changed_and_saved() -> None:
    one = kind("one")
    Permission.objects.create(content_type_id=one, codename="a", name="a")
    [found] = OF_KIND.objects(one)
    found.name = "changed"
    found.save()
    assert [each.name for each in OF_KIND.objects(one)] == ["changed"]


def test_another_thread_asks_by_its_own_connection(transactional_db: None) -> None:
    one = kind("one")
    Permission.objects.create(content_type_id=one, codename="a", name="a")
    OF_KIND.objects(one)
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(_ask_and_leave, one).result()
    assert found == ["a"]


def _ask_and_leave(one: int) -> list[str]:
    try:
        return [each.codename for each in OF_KIND.objects(one)]
    finally:
        connection.close()
