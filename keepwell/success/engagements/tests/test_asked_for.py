"""An engagement that a customer asked for, and what becomes of his wish."""

from __future__ import annotations

import pytest

from keepwell.conversations.words import Words
from keepwell.enquiries.models import State
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.enquiries.verbs.settling import withdraw
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.tests.elm_falls import NEXT_WEEK, NINE
from keepwell.success.engagements.verbs.booking import offer_times
from keepwell.success.engagements.verbs.ending import decline
from keepwell.success.engagements.verbs.scheduling import schedule


@pytest.fixture
def asked(account, dana):
    return lambda wanted="training", kind="engagement": ask(
        dana.contact,
        NewEnquiry(kind=kind, wanted=wanted, words=Words(body="Show us the maps.", channel="portal")),
        by=dana,
    )


def test_it_comes_to_the_success_manager_and_is_there_for_both(asked, dana, sam):
    enquiry = asked()
    engagement = Engagement.objects.get()
    assert (engagement.kind, engagement.state, engagement.host) == ("training", "requested", sam)
    assert (engagement.origin, engagement.origin_id, engagement.is_reactive) == ("enquiry", enquiry.pk, True)
    assert list(Engagement.objects.visible_to(dana)) == [engagement]
    assert [one.contact for one in engagement.attendees.all()] == [dana.contact]
    offer_times(engagement, proposal(engagement, now=NINE), [dana.contact], by=sam)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.owner) == (State.TAKEN, sam)
    schedule(engagement, NEXT_WEEK, by=sam)
    enquiry.refresh_from_db()
    assert enquiry.state == State.DONE


def test_declined_or_withdrawn_both_end(asked, dana, sam):
    first = asked()
    decline(Engagement.objects.get(), by=sam)
    first.refresh_from_db()
    assert first.state == State.DECLINED
    second = asked()
    withdraw(second, by=dana)
    second.refresh_from_db()
    assert (second.state, Engagement.objects.latest("pk").state) == (State.WITHDRAWN, "cancelled")


def test_what_is_commercial_is_no_engagement(asked):
    asked(wanted="", kind="licensing")
    assert not Engagement.objects.exists()


def test_something_wanted_that_there_is_not_is_a_consultation(asked):
    asked(wanted="miracle")
    assert Engagement.objects.get().kind == "consultation"
