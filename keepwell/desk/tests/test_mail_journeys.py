"""Mail that came in, in a real browser: axe finds nothing, nothing is too wide, the keyboard is enough."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.channels.email.look.tests.payloads import HOSTILE
from keepwell.channels.email.tests.letters import DANA, STRANGER, came_in, letter, support
from keepwell.channels.models import InboundMail
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = pytest.mark.journey


@pytest.fixture
def case(transactional_db: None, clock_at: Callable[..., None]) -> Case:
    """Dana got an answer by mail, and a stranger answers it."""
    clock_at(NINE)
    cast.the_guidelines()
    support()
    case = open_for(cast.dana_at_elm_falls())
    answer(case, cast.maria_the_specialist(), NINE)
    return case


@pytest.fixture
def held(case: Case) -> InboundMail:
    headers = {"In-Reply-To": Outgoing.objects.earliest("pk").message_id}
    words = "We have the same trouble: https://nowhere.example/log/" + "x" * 200
    files = {"a very long name of a log file.txt": b"dead"}
    return came_in(letter(STRANGER, words, subject="The same here", headers=headers, files=files))


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_no_page_of_mail_keeps_anybody_out(
    open_as: OpenAs, held: InboundMail, scheme: str, size: dict[str, int]
):
    page = open_as(cast.lea_the_lead(), viewport=size, color_scheme=scheme)
    for address in ("/desk/mail/", f"/desk/mail/{held.pk}/", f"/desk/cases/{held.case.number}/"):
        page.goto(address)
        keeps_nobody_out(page)


def test_a_mail_that_means_harm_does_none_while_it_is_read(open_as: OpenAs, case: Case):
    sent = Outgoing.objects.earliest("pk").message_id
    html = "<p>Good morning</p>" + "".join(HOSTILE) + "<p>until the end</p>"
    came_in(letter(DANA, html=html, headers={"In-Reply-To": sent}))
    page = open_as(cast.maria_the_specialist())
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"/desk/cases/{case.number}/")
    page.get_by_text(f"By mail from {DANA}").click()
    page.get_by_role("link", name="Show it as it was laid out").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Good morning")).to_be_visible()
    expect(frame.get_by_text("were not loaded")).to_be_visible()
    expect(page.locator("iframe")).to_have_attribute("style", re.compile("height"))
    for each in page.frames:
        assert each.evaluate("window.ran") is None
    site = page.url.partition("/desk/")[0]
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert not any("csp-report" in url for url in asked)
    box = page.locator("iframe").bounding_box()
    inside = page.frames[1].evaluate("document.documentElement.offsetHeight")
    assert box
    assert box["height"] >= inside
    keeps_nobody_out(page)


def test_a_reply_is_let_in_by_the_keyboard(open_as: OpenAs, case: Case, held: InboundMail):
    page = open_as(cast.maria_the_specialist())
    page.goto("/desk/mail/")
    page.get_by_role("link", name="The same here").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Let it join case {case.number}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("We have the same trouble")).to_be_visible()
    expect(page.get_by_text(f"The mail stands in case {case.number} now.")).to_be_visible()
