"""A new installation, set up in the browser by whoever holds its key."""

import pytest
from playwright.sync_api import Page, expect

from keepwell.founding import first_run_key
from keepwell.people.models import User

pytestmark = pytest.mark.journey


@pytest.fixture
def first_page(open_page, settings, tmp_path) -> Page:
    settings.VAR = tmp_path
    page = open_page()
    page.goto(f"/first-run/?key={first_run_key.first_run_key()}")
    return page


def test_a_new_installation_is_set_up_and_its_administrator_signs_in(first_page: Page) -> None:
    first_page.get_by_label("Your name, as customers know it").fill("Causeway Works")
    first_page.get_by_label("Mail address that answers leave from").fill("support@causeway.example")
    first_page.get_by_label("Time zone of your support").select_option("America/Chicago")
    first_page.get_by_label("Your own name").fill("Ada Vance")
    first_page.get_by_label("Your own mail address").fill("ada@causeway.example")
    first_page.get_by_label("A password").fill("several long words")
    first_page.get_by_role("button", name="Set it up").click()
    first_page.wait_for_url("**/accounts/login/")
    expect(first_page.get_by_text("You work at Causeway Works")).to_be_visible()
    assert User.objects.get().roles == {"administrator"}


def test_a_wrong_answer_keeps_the_right_ones(first_page: Page, watch) -> None:
    first_page.get_by_label("Your name, as customers know it").fill("Causeway Works")
    first_page.get_by_label("Mail address that answers leave from").fill("support@causeway.example")
    first_page.get_by_label("Time zone of your support").select_option("America/Chicago")
    first_page.get_by_label("Support hours").fill("round the clock")
    first_page.get_by_label("Your own name").fill("Ada Vance")
    first_page.get_by_label("Your own mail address").fill("ada@causeway.example")
    first_page.get_by_label("A password").fill("several long words")
    first_page.get_by_role("button", name="Set it up").click()
    expect(first_page.get_by_text("round the clock cannot be read")).to_be_visible()
    expect(first_page.get_by_label("Your own name")).to_have_value("Ada Vance")
    assert not User.objects.exists()
    watch.allow("422")
