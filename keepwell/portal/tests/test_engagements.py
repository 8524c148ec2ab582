"""A customer's time with us: he asks, chooses, reads what is shared, ticks what is his, rates."""

from __future__ import annotations

import pytest
from django.test import Client

from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.enquiries.models import Enquiry
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.tests.elm_falls import HOUR, NINE
from keepwell.success.engagements.verbs.acting import NewAction, add_action
from keepwell.success.engagements.verbs.booking import offer_times
from keepwell.success.engagements.verbs.holding import hold
from keepwell.success.engagements.verbs.writing import note_for_us, share_notes
from tests import cast


@pytest.fixture
def sam():
    sam = cast.sam_the_success_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=cast.CAST)
    return sam


@pytest.fixture
def browser(dana):
    browser = Client()
    browser.force_login(dana)
    return browser


def test_from_the_wish_to_the_rating(browser, dana, sam, clock_at):
    asked = {"kind": "engagement", "wanted": "training", "words": "Show us the maps."}
    assert browser.post("/portal/enquiries/new/", asked).status_code == 302
    engagement, enquiry = Engagement.objects.get(), Enquiry.objects.get()
    assert "Show us the maps." in browser.get(f"/portal/enquiries/{enquiry.pk}/").content.decode()
    offer_times(engagement, proposal(engagement, now=NINE), [dana.contact], by=sam)
    page = f"/portal/engagements/{engagement.pk}/"
    assert browser.get(page).content.decode().count('name="starts_at"') == 5
    starts_at = engagement.offered.earliest("starts_at").starts_at
    assert browser.post(f"{page}time/", {"starts_at": starts_at.isoformat()}).status_code == 302
    assert browser.post(f"{page}time/", {"starts_at": starts_at.isoformat()}).status_code == 409
    assert browser.post(f"{page}answer/", {"answer": "accepted"}).status_code == 302
    note_for_us(engagement, "heron-for-us", by=sam)
    share_notes(engagement, "otter-for-both", by=sam)
    new = NewAction(what="Name a date", due_on=starts_at.date(), side="theirs", contact=dana.contact)
    action = add_action(engagement, new, by=sam)
    shown = browser.get(page).content.decode()
    assert ("otter-for-both" in shown, "heron-for-us" in shown) == (True, False)
    assert browser.post(f"{page}actions/{action.pk}/finishing/").status_code == 302
    action.refresh_from_db()
    assert action.state == "done"
    assert browser.post(f"{page}rating/", {"rating": "5", "words": ""}).status_code == 409
    clock_at(starts_at + HOUR)
    hold(engagement, by=sam)
    assert browser.post(f"{page}rating/", {"rating": "6"}).status_code == 422
    assert browser.post(f"{page}rating/", {"rating": "5", "words": "Clear."}).status_code == 302
    engagement.refresh_from_db()
    assert (engagement.rating, engagement.attendees.get().answer) == (5, "accepted")


def test_an_enquiry_without_words_or_kind_is_asked_for_again(browser):
    assert browser.post("/portal/enquiries/new/", {"kind": "", "words": ""}).status_code == 422
    assert not Enquiry.objects.exists()


def test_what_is_asked_for_can_be_withdrawn_once(browser, sam):
    browser.post("/portal/enquiries/new/", {"kind": "licensing", "words": "Ten seats."})
    enquiry = Enquiry.objects.get()
    assert browser.post(f"/portal/enquiries/{enquiry.pk}/withdrawal/").status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == "withdrawn"
    assert browser.post(f"/portal/enquiries/{enquiry.pk}/withdrawal/").status_code != 302
