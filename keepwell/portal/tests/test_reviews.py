"""System reviews in the portal: what was delivered, and nobody else's."""

from datetime import UTC, datetime

import pypdfium2
import pytest
from django.test import Client

from keepwell.success.reviews.models import Review
from keepwell.success.reviews.verbs.assembling import assemble
from keepwell.success.reviews.verbs.delivering import deliver, hand_in
from keepwell.success.reviews.verbs.findings import FindingWords, add_finding
from keepwell.success.reviews.verbs.writing import write_summary
from tests import cast

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


OURS = FindingWords(area="plan", severity="low", evidence="Heron: no budget.", is_shown=False)


@pytest.fixture
def review(clock_at) -> Review:
    clock_at(datetime(2026, 6, 9, 14, tzinfo=UTC))
    sam = cast.sam_the_success_manager()
    review = assemble(cast.elm_falls(), by=sam)
    add_finding(review, OURS, by=sam)
    write_summary(review, "You are on your way.", "Heron: for us.", by=sam)
    hand_in(review, by=sam)
    return review


@pytest.fixture
def carl():
    return signed_in(cast.carl_the_administrator_of_elm_falls())


def test_nothing_is_there_before_it_is_delivered(review, carl):
    assert "No review that you read" in carl.get("/portal/reviews/").content.decode()
    for part in ("", "paper/"):
        assert carl.get(f"/portal/reviews/{review.pk}/{part}").status_code == 404
    assert carl.post(f"/portal/reviews/{review.pk}/acceptance/").status_code == 404


def test_it_is_read_printed_and_accepted(review, carl):
    deliver(review, by=cast.sam_the_success_manager())
    assert f"/portal/reviews/{review.pk}/" in carl.get("/portal/reviews/").content.decode()
    page = carl.get(f"/portal/reviews/{review.pk}/").content.decode()
    assert "You are on your way." in page
    assert "Heron" not in page
    paper = carl.get(f"/portal/reviews/{review.pk}/paper/")
    assert paper["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(paper.content) as document:
        said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "You are on your way." in said
    assert "Heron" not in said
    carl.post(f"/portal/reviews/{review.pk}/acceptance/")
    review.refresh_from_db()
    assert review.accepted_by == cast.carl_the_administrator_of_elm_falls().contact
    assert "We have read it" not in carl.get(f"/portal/reviews/{review.pk}/").content.decode()


def test_another_customer_finds_nothing(review):
    deliver(review, by=cast.sam_the_success_manager())
    nora = signed_in(cast.nora_of_another_town())
    for part in ("", "paper/"):
        assert nora.get(f"/portal/reviews/{review.pk}/{part}").status_code == 404
    assert "No review that you read" in nora.get("/portal/reviews/").content.decode()
