"""System reviews at the desk: one click, written around, delivered; rules under Settings."""

from datetime import UTC, datetime

import pytest

from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.success.reviews.models import ConfigurationRule, Review
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.findings import FindingWords, add_finding
from keepwell.success.road_maps.models import ActionItem
from keepwell.success.road_maps.verbs.opening import open_road_map
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nine(clock_at):
    clock_at(datetime(2026, 6, 9, 14, tzinfo=UTC))


@pytest.fixture
def sam():
    return signed_in(cast.sam_the_success_manager())


@pytest.fixture
def town():
    return cast.elm_falls()


def test_one_click_leads_to_a_draft_that_is_written_and_delivered(sam, town):
    answer = sam.post(f"/desk/accounts/{town.pk}/reviews/new/")
    review = Review.objects.get()
    here = f"/desk/reviews/{review.pk}/"
    assert answer["Location"] == here
    assert "No contract in force is entered" in sam.get(here).content.decode()
    sam.post(f"{here}summary/", {"summary": "All is well.", "notes": "Heron"})
    sam.post(f"{here}sections/usage/", {"words": "Bring the second crew in.", "is_shown": "on"})
    sam.post(f"{here}handing-in/")
    preview = sam.get(f"{here}preview/").content.decode()
    assert "Bring the second crew in." in preview
    assert "Heron" not in preview
    sam.post(f"{here}delivery/")
    review.refresh_from_db()
    assert review.state == "delivered"
    page = sam.get(here).content.decode()
    assert "wait for a decision" in page
    assert "Assemble anew" not in page
    assert "stays as it is" in sam.post(f"{here}summary/", {"summary": "Another"}).content.decode()


def test_a_finding_goes_on_the_road_map_or_is_rejected_with_a_reason(sam, town):
    by = cast.sam_the_success_manager()
    open_road_map(town, datetime(2026, 12, 31, tzinfo=UTC).date(), by=by)
    review = assemble(town, by=by)
    first, second = review.findings.order_by("pk")[:2]
    here = f"/desk/reviews/{review.pk}/findings"
    sent = {"title": "Tell of use", "side": "vendor", "due_on": "2026-09-01", "is_shared": "on"}
    sam.post(f"{here}/{first.pk}/action/", sent)
    assert ActionItem.objects.get().title == "Tell of use"
    sam.post(f"{here}/{second.pk}/ending/", {"end": "rejected", "reason": "On purpose."})
    page = sam.get(f"/desk/reviews/{review.pk}/").content.decode()
    assert "On the road map: to do, by 1 Sep 2026" in page
    assert "On purpose." in page


def test_a_review_with_many_findings_costs_the_same_queries(sam, town):
    by = cast.sam_the_success_manager()
    review = assemble(town, by=by)
    counts = []
    for _round in range(2):
        for number in range(10):
            words = FindingWords(area="data", severity="low", evidence=f"Seen {number}")
            add_finding(review, words, by=by)
        counts.append(queries_of(sam, f"/desk/reviews/{review.pk}/"))
    assert counts[0] == counts[1]


def test_a_rule_is_written_changed_and_no_longer_held_to():
    ada, product = signed_in(cast.ada_the_administrator()), cast.roadworks()
    rules = "/desk/settings/configuration-rules/"
    sent = {
        "product": product.pk,
        "title": "Nightly backup",
        "fact": "configuration.backup",
        "expects": "at_least",
        "values": "many",
        "severity": "high",
        "advice": "Switch it on.",
    }
    refused = ada.post(f"{rules}new/", sent)
    assert refused.status_code == 422
    assert "That cannot be expected" in refused.content.decode()
    ada.post(f"{rules}new/", {**sent, "expects": "one_of", "values": "daily\nhourly\n"})
    rule = ConfigurationRule.objects.get()
    assert "configuration.backup is one of daily, hourly" in ada.get(rules).content.decode()
    ada.post(f"{rules}{rule.pk}/", {**sent, "expects": "equals", "values": "daily"})
    assert rule.versions.count() == 2
    ada.post(f"{rules}{rule.pk}/holding/")
    assert "no longer holds" in ada.get(rules).content.decode()
