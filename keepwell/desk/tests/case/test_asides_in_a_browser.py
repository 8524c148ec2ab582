"""Asking somebody outside, in a real browser: by key, in the dark, on a phone; the answer comes by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.channels.email.tests.letters import came_in, letter, support
from keepwell.conversations.models import Message
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from keepwell.outbox.models import Outgoing
from keepwell.side_threads.models import SideThread
from tests import cast

pytestmark = pytest.mark.journey
ROSA = "rosa@hosting.example"
# At once for people; a loaded machine that runs the tests takes its time.
SOON_MS = 10_000


@pytest.fixture
def case(transactional_db: None, clock_at: Callable[..., None]) -> Case:
    clock_at(NINE)
    cast.the_guidelines()
    support()
    return open_for(cast.dana_at_elm_falls())


@pytest.mark.parametrize(("scheme", "size"), LOOKS[1:])
def test_somebody_outside_is_asked_and_his_answer_comes_beside_the_case(
    open_as: OpenAs, case: Case, watch, scheme: str, size: dict[str, int]
):
    page = open_as(cast.maria_the_specialist(), viewport=size, color_scheme=scheme)
    page.goto(f"/desk/cases/{case.number}/")
    page.keyboard.press("o")
    dialog = page.get_by_role("dialog", name="Ask somebody else")
    dialog.get_by_label("Whom to ask").fill("rosa at hosting")
    dialog.get_by_label("Subject").fill("Is node 4 up?")
    dialog.get_by_label("What you ask").fill("Please look at node 4.")
    keeps_nobody_out(page)
    dialog.get_by_role("button", name="Send it").click()
    expect(dialog.get_by_text("is no mail address")).to_be_visible()
    expect(dialog.get_by_label("What you ask")).to_have_value("Please look at node 4.")
    dialog.get_by_label("Whom to ask").fill(ROSA)
    dialog.get_by_role("button", name="Send it").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#thread .message-aside")).to_contain_text("Please look at node 4.")
    expect(page.locator("#panel-side-threads")).to_contain_text("Waits for them")
    keeps_nobody_out(page)

    sent = Outgoing.objects.get(to_address=ROSA)
    came_in(letter(ROSA, "It is down since Monday.", headers={"In-Reply-To": sent.message_id}))
    expect(page.locator("#thread")).to_contain_text("It is down since Monday.", timeout=SOON_MS)
    expect(page.locator("#panel-side-threads")).to_contain_text("They answered", timeout=SOON_MS)

    page.locator("#panel-side-threads").get_by_role("link", name="Is node 4 up?").click()
    expect(page.get_by_role("heading", name="Is node 4 up?")).to_be_visible()
    keeps_nobody_out(page)
    page.get_by_label("Write to whoever was asked").fill("Thank you.")
    page.get_by_role("button", name=re.compile("^Send")).click()
    expect(page.locator("#side-thread")).to_contain_text("Thank you.")
    expect(page.get_by_label("Write to whoever was asked")).to_have_value("")
    page.get_by_role("button", name="End this side thread").click()
    expect(page.get_by_role("button", name="Open it again")).to_be_visible()
    keeps_nobody_out(page)
    assert SideThread.objects.get().state == "ended"
    assert Message.objects.count() == 1
    watch.allow("422")


def test_the_customer_sees_none_of_it_on_the_page_of_his_case(open_as: OpenAs, case: Case):
    maria, dana = open_as(cast.maria_the_specialist()), open_as(cast.dana_at_elm_falls())
    dana.goto(f"/portal/cases/{case.number}/")
    maria.goto(f"/desk/cases/{case.number}/side-threads/new/")
    maria.get_by_label("Whom to ask").fill(ROSA)
    maria.get_by_label("Subject").fill("Is node 4 up?")
    maria.get_by_label("What you ask").fill("Please look at node 4.")
    maria.get_by_role("button", name="Send it").click()
    expect(maria.locator("#thread")).to_contain_text("Please look at node 4.")
    dana.reload()
    expect(dana.get_by_role("heading", name=case.subject)).to_be_visible()
    expect(dana.locator("body")).not_to_contain_text("node 4")
