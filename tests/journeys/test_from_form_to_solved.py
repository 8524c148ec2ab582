"""A problem in two browsers: sent, seen, escalated, answered, solved; its promises to the second."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from keepwell.cases.models import Case
from keepwell.channels.form.codes import plain
from keepwell.conversations.verbs.releasing import release_due
from keepwell.kit import clock
from keepwell.outbox.models import WITH_A_CODE, Outgoing
from keepwell.public import forms
from keepwell.service_levels.models import Clock
from tests import cast
from tests.fixtures.browser import Watch
from tests.journeys.people import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def clocks(case: Case) -> dict[str, tuple[str, str | None]]:
    """Each clock's state and due, the newest run of follow-up."""
    rows = Clock.objects.filter(case=case).order_by("started_at", "run")
    return {one.metric: (one.state, f"{one.due_at:%d %H:%M:%S}" if one.due_at else None) for one in rows}


def mailed_code() -> str:
    raw = bytes(Outgoing.objects.filter(purpose__in=WITH_A_CODE).latest("pk").raw).decode()
    return plain(re.search(r"\*\*([A-Z0-9]{4} [A-Z0-9]{4})\*\*", raw)[1])


def leave(clock_at, at: str) -> None:
    """The ten seconds are over: what waits to leave leaves, as the worker would let it."""
    clock_at(at)
    release_due(at=clock.now())


def accessible(page: Page, watch: Watch) -> None:
    """Nothing for axe to find. What axe itself provokes by its styles is forgotten, the rest stays."""
    page.wait_for_timeout(100)
    before = list(watch.errors)
    found = Axe().run(page, options={"preload": False})
    page.wait_for_timeout(100)
    watch.allow("style-src")
    watch.errors[: len(before)] = before
    assert found.violations_count == 0, found.generate_report()


def test_from_the_form_to_solved(open_page, watch, clock_at, monkeypatch):
    monkeypatch.setattr(forms, "FASTEST", -forms.FASTEST)
    clock_at("2026-06-09T12:00:00Z")
    cast.the_guidelines()
    cast.ada_the_administrator()
    dana = cast.dana_at_elm_falls()
    maria, theo = cast.maria_the_specialist(), cast.theo_at_level_two()
    team = cast.team_at(2)

    at_desk = open_page()
    sign_in(at_desk, maria)
    at_desk.goto("/desk/cases/")
    accessible(at_desk, watch)

    customer = open_page()
    customer.goto("/ask/")
    accessible(customer, watch)
    customer.get_by_label("Nobody can work").check()
    customer.get_by_label("What is wrong, in a few words?").fill("Nothing can be saved")
    customer.get_by_label("What happened, and what did you expect?").fill("Since *7:30* nothing is saved.")
    customer.get_by_label("Your name").fill("Dana Hughes")
    customer.get_by_label("Your mail address").fill(dana.email)
    customer.get_by_role("button", name="Send", exact=True).click()
    expect(customer.get_by_role("heading", level=1)).to_contain_text("Case ")
    accessible(customer, watch)
    case = Case.objects.get()
    assert clocks(case) == {
        "initial_contact": ("running", "09 18:00:00"),
        "resolution": ("running", "10 12:00:00"),
        "overall": ("running", "10 12:00:00"),
    }

    # Maria sees it without a reload, and takes it to level 2.
    expect(at_desk.get_by_role("link", name="Nothing can be saved")).to_be_visible(timeout=5_000)
    at_desk.get_by_role("link", name="Nothing can be saved").click()
    expect(at_desk.get_by_role("heading", level=1)).to_contain_text("Nothing can be saved")
    accessible(at_desk, watch)
    at_desk.get_by_role("link", name=re.compile("Escalate")).click()
    escalation = at_desk.get_by_role("dialog")
    escalation.get_by_label(re.compile("known", re.IGNORECASE)).fill("Saving fails for everybody since 7:30.")
    escalation.get_by_label(re.compile("tried", re.IGNORECASE)).fill("Another browser, the offline queue.")
    escalation.get_by_label(re.compile("needed", re.IGNORECASE)).fill("Look at the locks of the site.")
    to_team = escalation.get_by_label(re.compile("team", re.IGNORECASE))
    to_team.select_option(label=team.name) if to_team.count() else None
    escalation.get_by_role("button", name=re.compile("Escalate|Hand over|Ask", re.IGNORECASE)).click()
    expect(escalation).not_to_be_visible()
    case.refresh_from_db()
    assert case.level == 1

    at_level_two = open_page()
    sign_in(at_level_two, theo)
    at_level_two.goto(f"/desk/cases/{case.number}/")
    acceptance = at_level_two.get_by_role("button", name="Accept")
    acceptance.click()
    expect(acceptance).to_have_count(0)
    case.refresh_from_db()
    assert (case.level, case.owner, case.assignee) == (2, maria, theo)

    # Theo answers: the promise of a first contact is kept when the customer can read it.
    clock_at("2026-06-09T13:00:00Z")
    at_level_two.get_by_label("Reply to the customer").fill("I see it, and I am on it.")
    at_level_two.get_by_role("button", name=re.compile("^Send( Ctrl|$)")).click()
    # In the thread: the box shows what is written, too.
    expect(at_level_two.locator("#thread").get_by_text("I see it, and I am on it.")).to_be_visible()
    assert clocks(case)["initial_contact"][0] == "running"
    leave(clock_at, "2026-06-09T13:00:10Z")
    assert clocks(case) == {
        "initial_contact": ("met", "09 18:00:00"),
        "resolution": ("running", "10 12:00:00"),
        "overall": ("running", "10 12:00:00"),
        "follow_up": ("running", "10 01:00:10"),
    }

    # The customer follows the case by the code from our mail, and answers.
    customer.get_by_label("The code from our mail").fill(mailed_code())
    customer.get_by_role("button", name="Follow this case").click()
    expect(customer.get_by_text("I see it, and I am on it.")).to_be_visible()
    expect(customer.get_by_text("Saving fails for everybody")).to_have_count(0)
    accessible(customer, watch)
    clock_at("2026-06-09T14:00:00Z")
    customer.locator("textarea").first.fill("It is the whole town hall.")
    customer.get_by_role("button", name="Send", exact=True).click()
    expect(customer.get_by_text("It is the whole town hall.").first).to_be_visible()
    expect(at_level_two.get_by_text("It is the whole town hall.").first).to_be_visible(timeout=5_000)

    # Solved, reopened by the customer, solved again.
    solve(at_level_two, clock_at, "2026-06-09T15:00:00Z", "It is corrected.")
    assert {state for state, _due in clocks(case).values()} == {"met"}
    clock_at("2026-06-09T16:00:00Z")
    customer.reload()
    expect(customer.get_by_text("It is corrected.")).to_be_visible()
    reopen = customer.get_by_role("button", name=re.compile("reopen|open it again|again", re.IGNORECASE)).or_(
        customer.get_by_role("link", name=re.compile("reopen|open it again|again", re.IGNORECASE))
    )
    reopen.first.click()
    case.refresh_from_db()
    assert case.state == "open"
    assert clocks(case)["resolution"] == ("running", "10 12:59:50")
    assert clocks(case)["initial_contact"][0] == "met"

    at_level_two.reload()
    solve(at_level_two, clock_at, "2026-06-09T17:00:00Z", "Now it is.")
    case.refresh_from_db()
    assert case.state == "resolved"
    assert {state for state, _due in clocks(case).values()} == {"met"}


def solve(page: Page, clock_at, at: str, words: str) -> None:
    clock_at(at)
    page.get_by_label("Reply to the customer").fill(words)
    page.get_by_text("Promise an update, send later, or resolve with it").click()
    page.get_by_role("button", name=re.compile("Send and resolve")).click()
    expect(page.locator("#thread").get_by_text(words)).to_be_visible()
    leave(clock_at, at.replace(":00Z", ":10Z"))
