"""A question that is put into SQL once is answered anew each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType

from keepwell.kit.asking import Question

pytestmark = pytest.mark.django_db

BETWEEN = Question(
    lambda first, last: (
        ContentType.objects.filter(pk__gte=first, pk__lt=last).order_by("pk").values_list("model")
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
