"""Keyset pages: the same rows in the same order forwards and backwards, and no trust in an address."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import IntegerField, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from keepwell.kit.paging import BadCursor, Cursor, Page, decode, encode, page

ORDERS = [("-app_label", "-pk"), ("app_label", "pk"), ("-app_label", "model"), ("app_label", "-model", "pk")]


@pytest.fixture
def rows(db: None) -> QuerySet[ContentType]:
    """23 rows of which several share the first column of the order."""
    kinds = [ContentType(app_label=f"paging_{number % 5}", model=f"m{number:02}") for number in range(23)]
    ContentType.objects.bulk_create(kinds)
    return ContentType.objects.filter(app_label__startswith="paging_")


def forwards(rows: QuerySet[ContentType], order: tuple[str, ...], size: int) -> list[Page]:
    pages = [page(rows, order=order, size=size)]
    while pages[-1].next_cursor:
        pages.append(page(rows, order=order, cursor=pages[-1].next_cursor, size=size))
    return pages


def backwards(rows: QuerySet[ContentType], last: Page, order: tuple[str, ...], size: int) -> list[Page]:
    pages = [last]
    while pages[0].previous_cursor:
        pages.insert(0, page(rows, order=order, cursor=pages[0].previous_cursor, size=size))
    return pages


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 5, 22, 23, 24])
def test_pages_hold_every_row_once_in_the_order_asked_for(
    rows: QuerySet[ContentType], order: tuple[str, ...], size: int
) -> None:
    read = [row for each in forwards(rows, order, size) for row in each.rows]
    assert read == list(rows.order_by(*order))


@pytest.mark.parametrize("order", ORDERS)
def test_going_back_gives_the_same_pages_as_going_on(
    rows: QuerySet[ContentType], order: tuple[str, ...]
) -> None:
    there = forwards(rows, order, 5)
    back = backwards(rows, there[-1], order, 5)
    assert [list(each.rows) for each in back][-3:] == [list(each.rows) for each in there][-3:]
    assert back[0].previous_cursor == ""
    assert [row for each in back for row in each.rows] == list(rows.order_by(*order))


def test_a_row_that_arrives_above_moves_nothing_on_the_next_page(rows: QuerySet[ContentType]) -> None:
    order = ("-model", "-pk")
    first = page(rows, order=order, size=5)
    ContentType.objects.create(app_label="paging_9", model="zz")
    following = page(rows, order=order, cursor=first.next_cursor, size=5)
    assert [row.model for row in following.rows] == ["m17", "m16", "m15", "m14", "m13"]


def test_the_last_page_has_no_next_and_the_first_no_previous(rows: QuerySet[ContentType]) -> None:
    pages = forwards(rows, ("model", "pk"), 10)
    assert [bool(each.previous_cursor) for each in pages] == [False, True, True]
    assert [bool(each.next_cursor) for each in pages] == [True, True, False]


def test_an_empty_list_is_one_empty_page(rows: QuerySet[ContentType]) -> None:
    assert page(rows.none(), order=("model", "pk")) == Page(rows=[])


def test_a_tampered_cursor_gives_the_first_page_and_says_so(rows: QuerySet[ContentType]) -> None:
    order = ("model", "pk")
    first = page(rows, order=order, size=5)
    for cursor in ("nonsense", first.next_cursor + "x", first.next_cursor.replace(":", "."), "::"):
        shown = page(rows, order=order, cursor=cursor, size=5)
        assert shown.rows == first.rows
        assert "first page" in shown.message
    assert first.message == ""


def test_a_cursor_of_another_order_is_not_taken() -> None:
    text = encode(Cursor(direction="after", values=("a", "1")), ("model", "pk"))
    with pytest.raises(BadCursor):
        decode(text, ("-model", "pk"))
    assert decode(text, ("model", "pk")) == Cursor(direction="after", values=("a", "1"))


def test_a_page_costs_one_query_wherever_it_stands(rows: QuerySet[ContentType]) -> None:
    pages = forwards(rows, ("-model", "-pk"), 5)
    with CaptureQueriesContext(connection) as asked:
        page(rows, order=("-model", "-pk"), cursor=pages[-2].next_cursor, size=5)
    assert len(asked) == 1
    assert '("django_content_type"."model", "django_content_type"."id") <' in asked[0]["sql"]


def test_a_null_in_the_order_is_refused_in_words(rows: QuerySet[ContentType]) -> None:
    unknown = rows.annotate(weight=Value(None, output_field=IntegerField()))
    with pytest.raises(ValueError, match="never null"):
        page(unknown, order=("weight", "pk"), size=5)
