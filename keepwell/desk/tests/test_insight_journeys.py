"""Trying out promises in a real browser: before they are watched, under other terms, and on paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect

from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.conversations.words import Words
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from keepwell.insight.models import WhatIf
from keepwell.insight.what_if import answering
from keepwell.journal.live import tell
from keepwell.kit import clock
from keepwell.service_levels.models import Guideline
from tests import cast

pytestmark = pytest.mark.journey


@pytest.fixture
def late_cases(transactional_db) -> None:
    """Three High cases of yesterday morning, which nobody answered."""
    cast.the_guidelines()
    dana = cast.dana_at_elm_falls()
    for place in range(3):
        words = Words(body="Nothing can be saved.", channel="portal")
        new = NewCase(subject=f"Gate {place}", contact=dana.contact, severity="high", words=words)
        open_case(new, by=dana, at=clock.now() - timedelta(hours=30))


@pytest.mark.parametrize(("scheme", "size"), LOOKS[1:])
def test_what_a_guideline_would_have_said_is_seen_before_it_is_saved(
    open_as: OpenAs,
    late_cases: None,
    scheme: str,
    size: dict[str, int],
):
    page = open_as(cast.ada_the_administrator(), viewport=size, color_scheme=scheme)
    page.goto("/desk/settings/watched/new/")
    page.get_by_label("Name").fill("High, resolved")
    page.get_by_label("Promise", exact=True).select_option(
        label="Resolution, High: 85% of cases within 24 hours"
    )
    windows = page.get_by_role("region", name="Table of the last windows")
    expect(windows.get_by_role("row")).to_have_count(4)
    expect(windows).to_contain_text("of 3")
    keeps_nobody_out(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Name")).to_have_value("High, resolved")
    expect(windows).to_contain_text("of 3")
    assert not Guideline.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It is watched from now on.")).to_be_visible()
    assert Guideline.objects.get().name == "High, resolved"


@pytest.mark.parametrize(("scheme", "size"), LOOKS[1:])
def test_a_what_if_of_many_cases_says_how_far_it_is_and_then_what_came_of_it(
    open_as: OpenAs,
    late_cases: None,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    size: dict[str, int],
):
    monkeypatch.setattr(answering, "MANY", 2)
    page = open_as(cast.lea_the_lead(), viewport=size, color_scheme=scheme)
    yesterday = (clock.now() - timedelta(hours=30)).date()
    page.goto(f"/desk/insight/guidelines/{cast.resolution_of_high().pk}/what-if/?on={yesterday}")
    page.get_by_label("How much").fill("48")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("progressbar", name="Waiting for a worker")).to_have_attribute("max", "3")
    keeps_nobody_out(page)
    asked = WhatIf.objects.get()
    WhatIf.objects.update(replayed=1, moved_at=clock.now())
    tell(f"what_if:{asked.pk}")
    expect(page.get_by_role("progressbar", name="Replaying")).to_have_attribute("value", "1")
    answering.work_out(asked.pk)
    compared = page.get_by_role("region", name="Compared")
    expect(compared.get_by_role("row", name="Missed 3 0")).to_be_visible()
    keeps_nobody_out(page)
    page.reload()
    expect(compared).to_be_visible()


def test_a_what_if_that_broke_off_says_so_and_is_asked_again(
    open_as: OpenAs,
    late_cases: None,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(answering, "MANY", 2)
    page = open_as(cast.lea_the_lead())
    yesterday = (clock.now() - timedelta(hours=30)).date()
    page.goto(f"/desk/insight/guidelines/{cast.resolution_of_high().pk}/what-if/?on={yesterday}")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("progressbar", name="Waiting for a worker")).to_be_visible()
    WhatIf.objects.update(failed_at=clock.now())
    tell(f"what_if:{WhatIf.objects.get().pk}")
    expect(page.get_by_text("It could not be worked out")).to_be_visible()
    keeps_nobody_out(page)
    page.get_by_role("button", name="Replay it again").click()
    expect(page.get_by_role("progressbar", name="Waiting for a worker")).to_be_visible()


def test_a_link_to_a_report_says_that_it_is_being_made_until_it_is_there(
    open_as: OpenAs,
    late_cases: None,
):
    cast.resolution_of_high()
    page = open_as(cast.lea_the_lead())
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/report.pdf*", hold)
    page.goto("/desk/insight/")
    link = page.get_by_role("link", name="Report as PDF")
    with page.expect_download() as download:
        link.click()
        expect(page.get_by_role("link", name="Making the PDF…")).to_be_visible()
        held[0].continue_()
    assert download.value.suggested_filename.startswith("promises-")
    expect(link).to_be_visible()
