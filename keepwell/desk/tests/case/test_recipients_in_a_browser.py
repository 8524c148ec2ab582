"""Choosing who gets an answer, in a real browser: told before it leaves, by keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.conversations.models import Message
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from tests import cast

pytestmark = pytest.mark.journey
EVE = "eve@builder.example"


@pytest.fixture
def case(transactional_db: None, clock_at: Callable[..., None]) -> Case:
    clock_at(NINE)
    cast.the_guidelines()
    cast.carl_the_administrator_of_elm_falls()
    case = open_for(cast.dana_at_elm_falls())
    answer(case, cast.maria_the_specialist(), NINE)
    return case


@pytest.mark.parametrize(("scheme", "size"), LOOKS[:1])
def test_who_is_new_is_told_before_it_leaves(
    open_as: OpenAs, case: Case, watch, scheme: str, size: dict[str, int]
):
    page = open_as(cast.maria_the_specialist(), viewport=size, color_scheme=scheme)
    page.goto(f"/desk/cases/{case.number}/")
    page.get_by_label("Reply to the customer").fill("Please print once more.")
    page.get_by_text("Copies", exact=True).click()
    expect(page.locator("#reply-known option[value='carl@elmfalls.example']")).to_be_attached()
    page.get_by_label("Cc: everybody sees who").fill("carl@elmfalls.example")
    page.get_by_label("Bcc: nobody else sees who").fill(EVE)
    keeps_nobody_out(page)
    page.get_by_role("button", name=re.compile("^Send( Ctrl|$)")).click()
    expect(page.get_by_text("Nothing was sent yet.")).to_be_visible()
    expect(page.get_by_text("is at builder.example, which is not the customer")).to_be_visible()
    expect(page.locator("#reply-body")).to_have_value("Please print once more.")
    expect(page.get_by_label("Bcc: nobody else sees who")).to_have_value(EVE)
    keeps_nobody_out(page)
    page.get_by_role("button", name=re.compile("^Send( Ctrl|$)")).click()
    expect(page.get_by_text("2 copies, staff only")).to_be_visible()
    page.get_by_text("2 copies, staff only").click()
    expect(page.get_by_text(f"Blind copy: {EVE}")).to_be_visible()
    keeps_nobody_out(page)
    assert Message.objects.latest("pk").copies.count() == 2
    watch.allow("409")
