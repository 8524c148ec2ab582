"""Links of our mails, opened by who has not signed in: their button does in a browser what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from keepwell.cases.tests.elm_falls import NINE
from keepwell.customers.verbs.consenting import give_consent
from keepwell.success.engagements.models import Answer, BookingLink
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.booking import offer_times, token_of
from keepwell.success.letters.letter import way_to_end
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_time_is_chosen_and_letters_are_ended_by_who_has_not_signed_in(open_page, site_url, clock_at):
    clock_at(NINE)
    cast.the_guidelines()
    sam, dana = cast.sam_the_success_manager(), cast.dana_at_elm_falls().contact
    held = begin(cast.elm_falls(), NewEngagement(kind="training", host=sam), by=sam)
    begins = NINE + timedelta(days=2)
    offer_times(held, [(begins, begins + timedelta(hours=1))], [dana], by=sam)
    page = open_page()

    page.goto(f"/book/{token_of(BookingLink.objects.get())}/")
    page.get_by_label("Thursday 11 June 2026, 09:00 – 10:00").check()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_text("Booked", exact=True)).to_be_visible()
    expect(page.get_by_text("Thursday 11 June 2026, 09:00 – 10:00")).to_be_visible()
    held.refresh_from_db()
    assert (held.starts_at, held.attendees.get().answer) == (begins, Answer.ACCEPTED)

    give_consent(dana, "news", by=sam)
    page.goto(way_to_end(dana).replace(way_to_end(dana).partition("/no-more")[0], ""))
    page.get_by_role("button", name="I want no more").click()
    expect(page.get_by_text("You get no more letters")).to_be_visible()
