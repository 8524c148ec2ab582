"""Delivered, a review stays as it is; the customer reads it, and only what he is to read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction

from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.reviews.models import Ending, Review, RuleVersion
from keepwell.success.reviews.printing import print_for_customer, print_for_us
from keepwell.success.reviews.queries import visible_entries
from keepwell.success.reviews.refusals import IsDelivered, NotHis, ReviewRefused
from keepwell.success.reviews.sections import HEALTH, VERSIONS
from keepwell.success.reviews.showing.document import for_customer
from keepwell.success.reviews.tests.conftest import BACKUP, NINE, delivered
from keepwell.success.reviews.verbs.assembling import assemble, assemble_again
from keepwell.success.reviews.verbs.deciding import accept_risk, reject, take_up
from keepwell.success.reviews.verbs.delivering import accept, deliver, hand_in, take_back
from keepwell.success.reviews.verbs.findings import FindingWords, add_finding, change_finding, remove_finding
from keepwell.success.reviews.verbs.ruling import publish_rule
from keepwell.success.reviews.verbs.writing import SectionWords, write_sections, write_summary
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.wanted import ActionWords
from tests import cast

pytestmark = pytest.mark.django_db

OURS = FindingWords(area="plan", severity="low", evidence="Heron: their budget is cut.", is_shown=False)


def words_of(paper: bytes) -> str:
    with pypdfium2.PdfDocument(paper) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def test_it_is_read_by_us_before_it_goes_out_and_has_a_summary(review, sam):
    with pytest.raises(ReviewRefused, match="hand it in"):
        deliver(review, by=sam)
    hand_in(review, by=sam)
    with pytest.raises(ReviewRefused, match="summary"):
        deliver(review, by=sam)
    take_back(review, by=sam)
    delivered(review, sam)
    kinds = [one.kind for one in Entry.objects.about("review", review.pk)]
    assert kinds == [
        "review.assembled",
        "review.handed_in",
        "review.taken_back",
        "review.edited",
        "review.handed_in",
        "review.delivered",
    ]


def test_what_was_delivered_takes_no_change(review, sam):
    finding = review.findings.first()
    delivered(review, sam)
    for change in (
        lambda: write_summary(review, "Another", "", by=sam),
        lambda: write_sections(review, {VERSIONS: SectionWords(words="Another")}, by=sam),
        lambda: assemble_again(review, by=sam),
        lambda: add_finding(review, OURS, by=sam),
        lambda: change_finding(finding, OURS, by=sam),
        lambda: remove_finding(finding, by=sam),
        lambda: take_back(review, by=sam),
    ):
        with pytest.raises(IsDelivered):
            change()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE keepwell_reviews_review SET summary = 'Another'",
        "UPDATE keepwell_reviews_review SET data = '{}'",
        "UPDATE keepwell_reviews_review SET state = 'draft', delivered_at = NULL",
        "UPDATE keepwell_reviews_section SET is_shown = true",
        "UPDATE keepwell_reviews_finding SET evidence = 'Another'",
        "DELETE FROM keepwell_reviews_finding",
        "INSERT INTO keepwell_reviews_section (review_id, key, words, is_shown)"
        " SELECT id, 'more', '', true FROM keepwell_reviews_review",
        "UPDATE keepwell_reviews_ruleversion SET advice = 'Another'",
        "UPDATE keepwell_reviews_ending SET reason = 'Another'",
    ],
)
def test_not_even_by_sql(review, sam, statement):
    reject(review.findings.first(), "It is on purpose.", by=sam)
    delivered(review, sam)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_customer_reads_what_is_delivered_and_nobody_elses(review, sam, carl):
    nora, dana = cast.nora_of_another_town(), cast.dana_at_elm_falls()
    assert not Review.objects.visible_to(carl).exists()
    assert not visible_entries(carl).exists()
    delivered(review, sam)
    assert [Review.objects.visible_to(who).count() for who in (carl, nora, dana, sam)] == [1, 0, 0, 1]
    assert [one.kind for one in visible_entries(carl)] == ["review.delivered"]
    assert not visible_entries(nora).exists()


def test_he_reads_no_note_no_internal_finding_and_no_section_that_was_left_out(review, sam):
    add_finding(review, OURS, by=sam)
    write_sections(review, {VERSIONS: SectionWords(words="Heron: not yet.", is_shown=False)}, by=sam)
    delivered(review, sam)
    document = for_customer(review)
    assert {HEALTH, VERSIONS}.isdisjoint(part.key for part in document.parts)
    said = str(asdict(document))
    paper = words_of(print_for_customer(review))
    for words in ("Heron", "Dana is about to leave", "not for the customer"):
        assert words not in said
        assert words not in paper
    assert "Heron: not yet." in words_of(print_for_us(review, with_prices=True))


def test_the_paper_says_what_the_page_does(review, sam):
    delivered(review, sam)
    paper = words_of(print_for_customer(review))
    for words in (
        "System review",
        "Town of Elm Falls",
        "1 Jan 2026 to 8 Jun 2026",
        "You are on your way.",
        "Delivered on 9 Jun 2026",
        "Nightly backup",
        "Supported until 30 Sep 2026",
        "Switch the nightly backup on.",
    ):
        assert words in paper


def test_who_speaks_for_the_account_accepts_it_once(review, sam, carl):
    delivered(review, sam)
    with pytest.raises(NotHis):
        accept(review, by=cast.dana_at_elm_falls())
    with pytest.raises(NotPermitted):
        accept(review, by=sam)
    for _time in range(2):
        accept(review, by=carl)
    assert (review.state, review.accepted_by) == ("accepted", carl.contact)
    assert Entry.objects.filter(kind="review.accepted").count() == 1


def test_it_belongs_to_the_engagement_of_its_kind(review, town, sam):
    wanted = (NINE + timedelta(days=9)).date()
    for kind in ("training", "system_review"):
        begin(town, NewEngagement(kind=kind, host=sam, wanted_on=wanted), by=sam)
    delivered(review, sam)
    assert review.engagement == Engagement.objects.get(kind="system_review")


def test_each_finding_ends_once_and_the_next_review_opens_with_that(review, town, sam):
    taken, accepted, rejected = review.findings.order_by("pk")[:3]
    wanted = ActionWords(title="Switch it on", due_on=(NINE + timedelta(days=30)).date())
    with pytest.raises(ReviewRefused, match="no road map"):
        take_up(taken, wanted, by=sam)
    open_road_map(town, (NINE + timedelta(days=300)).date(), by=sam)
    delivered(review, sam)
    action = take_up(taken, wanted, by=sam).action_item
    for nothing in (accept_risk, reject):
        with pytest.raises(ReviewRefused, match="Say why"):
            nothing(accepted, " ", by=sam)
    accept_risk(accepted, "The crews know it.", by=sam)
    reject(rejected, "It is on purpose.", by=sam)
    with pytest.raises(ReviewRefused, match="already"):
        reject(taken, "Twice", by=sam)
    move_action(action, "done", by=sam)
    later = NINE + timedelta(days=90)
    following = assemble(town, by=sam, at=later)
    assert following.before == review
    became = {
        one["finding"]: (one["end"], one["action_state"]) for one in following.data["last_time"]["findings"]
    }
    assert became[taken.pk] == ("action", "done")
    assert became[accepted.pk] == ("accepted_risk", None)
    assert became[rejected.pk] == ("rejected", None)
    assert Ending.objects.count() == 3
    opening = for_customer(following).parts[0]
    assert opening.key == "last_time"
    told = str(asdict(opening))
    assert "On the road map: done" in told
    assert "It is on purpose." not in told


def test_a_rule_says_something_else_from_the_next_review_on(review, sam):
    (row,) = [one for one in review.data["configuration"]["rules"] if one["title"] == BACKUP.title]
    rule = RuleVersion.objects.get(rule=row["rule"]).rule
    publish_rule(rule, BACKUP, by=cast.CAST)
    weekly = type(BACKUP)(**{**asdict(BACKUP), "values": ("daily", "weekly")})
    publish_rule(rule, weekly, by=cast.CAST)
    assert [one.number for one in rule.versions.order_by("number")] == [1, 2]
    assert row["verdict"] == "not_met"
    assemble_again(review, by=sam)
    found = {one["title"]: (one["version"], one["verdict"]) for one in review.data["configuration"]["rules"]}
    assert found[BACKUP.title] == (2, "met")
