"""The page that says whether health foretold who was lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.contracts.terms import Outcome
from keepwell.desk.tests.people import BY_TEST, signed_in
from keepwell.success.health.cards import Band
from keepwell.success.health.tests.test_foretelling import ended, seen
from keepwell.success.health.verbs.publishing import publish_usual_cards
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june(clock_at) -> None:
    clock_at(datetime(2026, 6, 9, 14, tzinfo=UTC))
    publish_usual_cards(by=BY_TEST)


def test_the_page_says_the_bands_the_intervals_and_that_nobody_should_tune_yet():
    seen(ended("Lost Town", Outcome.LOST), 200, Band.RED, "20", "-1/2")
    seen(ended("Kept Town", Outcome.RENEWED, segment="Large"), 200, Band.GREEN, "90")
    sam = signed_in(cast.sam_the_success_manager())
    page = sam.get("/desk/portfolio/foretold/").content.decode()
    assert "1 losses: cannot tune yet." in page
    assert "1.00, most likely" in page
    assert "1 of 1 lost was red until the end, for 200 days." in page
    alone = sam.get("/desk/portfolio/foretold/?days=90&segment=Large").content.decode()
    assert "nothing to tell apart yet" in alone
