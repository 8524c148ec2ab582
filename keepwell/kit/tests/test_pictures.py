"""A picture stands in the words by its number; where it lies is another matter for each reader."""

from __future__ import annotations

import pytest

from keepwell.kit import pictures
from keepwell.kit.markup import excerpt, html, plain

SOURCE = "See ![the *pump*](/files/12) and ![](/files/13)."


def test_a_picture_is_shown_where_it_lies_for_this_reader() -> None:
    shown = pictures.placed(html(SOURCE), {12: "/portal/cases/7/files/12/", 13: "cid:x@y"})
    assert '<img src="/portal/cases/7/files/12/" alt="the pump">' in shown
    assert '<img src="cid:x@y" alt="">' in shown


def test_of_a_picture_that_the_reader_has_not_there_is_the_name_alone() -> None:
    shown = pictures.placed(html(SOURCE), {})
    assert "<img" not in shown
    assert "See [Picture: the pump] and [Picture]." in shown


def test_a_name_cannot_become_a_mark() -> None:
    source = '![<img src=x onerror=alert(1)> "quoted" & more](/files/12)'
    for places in ({}, {12: "/files/x/12/"}):
        shown = pictures.placed(html(source), places)
        assert "<img src=x" not in shown
        assert "onerror=alert(1)&gt;" in shown


def test_an_address_cannot_become_a_mark() -> None:
    assert "<script" not in pictures.placed(html(SOURCE), {12: '"><script>'})


@pytest.mark.parametrize(
    "source",
    [
        "![x](/files/12/../13)",
        "![x](/desk/cases/1/messages/2/files/12/)",
        "![x](/files/0012345678901234567890)",
        "`![x](/files/12)`",
        "\\![x](/files/12)",
    ],
)
def test_what_is_no_picture_by_number_is_left_as_it_is(source: str) -> None:
    assert pictures.numbers_in(html(source)) == set()
    assert pictures.placed(html(source), {12: "/elsewhere/"}) == html(source)


def test_words_alone_have_the_name_of_a_picture() -> None:
    assert pictures.named(SOURCE) == "See [Picture: the *pump*] and [Picture]."
    assert pictures.named("![a \\[b\\] c](/files/1)") == "[Picture: a [b] c]"
    assert plain("![pump.png](/files/12)") == "[Picture: pump.png]"
    assert excerpt("Look:\n\n![pump.png](/files/12)") == "Look: [Picture: pump.png]"
