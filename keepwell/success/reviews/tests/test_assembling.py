"""One click, and all that is known stands there; where nothing is known, that does."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from keepwell.contracts.terms import Span
from keepwell.customers.models import Account
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.success.reviews.gathering import gathered
from keepwell.success.reviews.gathering.asked import Asked
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.printing import print_for_us
from keepwell.success.reviews.refusals import ReviewRefused
from keepwell.success.reviews.showing.document import for_customer, for_staff
from keepwell.success.reviews.spans import usual_span
from keepwell.success.reviews.tests.conftest import NINE, SPAN, delivered
from keepwell.success.reviews.verbs.assembling import assemble, assemble_again, discard
from keepwell.success.reviews.verbs.findings import FindingWords, change_finding
from tests import cast

pytestmark = pytest.mark.django_db


def keys_of(review: Review) -> list[str]:
    return sorted(review.findings.values_list("key", flat=True))


def test_what_is_known_is_gathered_and_proposed(review, deployment):
    data = review.data
    (version,) = data["versions"]["deployments"]
    assert (version["known"], version["support_ends_on"]) == ("7.3", "2026-09-30")
    found = {(one["fact"], one["verdict"], one["why"]) for one in data["configuration"]["rules"]}
    assert found == {
        ("configuration.backup", "not_met", None),
        ("configuration.crews", "unknown", "unfit"),
        ("configuration.sign_in", "unknown", "never_sent"),
    }
    breadth = data["usage"]["metrics"]["breadth"]
    assert (breadth["value"], breadth["then"]) == ("1/2", "1/4")
    rule = data["configuration"]["rules"][0]["rule"]
    assert f"version:{deployment.pk}" in keys_of(review)
    assert f"rule:{rule}:{deployment.pk}" in keys_of(review)
    assert Entry.objects.get(kind="review.assembled").facts == {
        "review": review.pk,
        "findings": review.findings.count(),
    }


def test_equal_inputs_give_equal_data(review, town):
    asked = Asked(account=town, span=SPAN, as_of=NINE)
    assert gathered(asked) == gathered(asked) == review.data


def test_one_is_under_way_at_a_time(review, town, sam):
    assert assemble(town, by=sam) == review
    assert Review.objects.count() == 1


def test_an_account_of_which_nothing_is_known_has_a_review_that_says_so(sam):
    account = Account.objects.create(name="Nowhere", opened_at=NINE)
    review = assemble(account, by=sam)
    assert (review.first_on, review.last_on) == (date(2025, 6, 9), date(2026, 6, 8))
    assert keys_of(review) == ["licences:none", "plan:none", "usage:none"]
    document = for_customer(review)
    leads = {part.key: part.lead for part in document.parts}
    assert leads["usage"] == "Nothing was told of its use in these days."
    assert leads["licences"] == "No contract in force is entered."
    assert leads["comparison"].startswith("No segment is entered")
    assert print_for_us(review, with_prices=True).startswith(b"%PDF")


def test_without_five_others_of_the_segment_the_comparison_says_why(review):
    (part,) = [one for one in for_customer(review).parts if one.key == "comparison"]
    assert not part.strips
    assert "Fewer than 5 other customers" in part.lead


def test_others_are_compared_without_whoever_the_readers_know(town, used, measured, sam):
    for number in range(6):
        other = Account.objects.create(
            name=f"Town {number}", segment=town.segment, lifecycle="live", opened_at=NINE
        )
        measured(other, "breadth", Fraction(number + 1, 10))
    own = cast.elm_falls_water()
    measured(own, "breadth", Fraction(9, 10))
    (breadth,) = [
        one
        for one in assemble(town, SPAN, by=sam).data["comparison"]["metrics"]
        if one["metric"] == "breadth"
    ]
    assert (breadth["own"], breadth["median"]) == ("1/2", "7/20")
    assert own.pk not in breadth["group"]
    assert len(breadth["group"]) == 6


def test_assembled_anew_it_keeps_what_somebody_wrote_and_proposes_the_rest_again(review, sam, deployment):
    finding = review.findings.get(key=f"version:{deployment.pk}")
    change_finding(
        finding, FindingWords(area="version", severity="high", evidence="Move before winter."), by=sam
    )
    deployment.version = "8"
    deployment.save()
    before = keys_of(review)
    assemble_again(review, by=sam)
    review.refresh_from_db()
    assert review.data["versions"]["deployments"][0]["version"] == "8"
    assert keys_of(review) == before
    assert review.findings.get(key=finding.key).evidence == "Move before winter."


def test_days_that_are_not_over_or_too_many_are_refused(town, sam):
    for span in (
        Span(first=date(2026, 1, 1), last=date(2026, 6, 10)),
        Span(first=date(2020, 1, 1), last=date(2026, 6, 8)),
    ):
        with pytest.raises(ReviewRefused):
            assemble(town, span, by=sam)
    with pytest.raises(NotPermitted):
        assemble(town, by=cast.maria_the_specialist())


def test_a_draft_can_be_thrown_away(review, sam):
    discard(review, by=sam)
    assert not Review.objects.exists()
    assert Entry.objects.filter(kind="review.discarded").count() == 1


def test_the_next_one_begins_where_the_last_one_ended(review, town, sam):
    delivered(review, sam)
    later = NINE + timedelta(days=90)
    assert usual_span(town, later) == Span(first=date(2026, 6, 9), last=date(2026, 9, 6))
    assert for_staff(review, with_prices=False).period == "1 Jan 2026 to 8 Jun 2026"
