"""What a customer reads of his service levels: his own cases, counted, and nothing of anybody else's."""

from __future__ import annotations

import re

import pytest

from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.privacy import make_private
from keepwell.conversations.words import Words
from keepwell.portal.views import service_levels
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(clock_at):
    """opened(dana): a High case of hers, opened on the ninth of June at noon."""
    cast.the_guidelines()

    def open_one(user):
        words = Words(body="Nothing can be saved.", channel="portal")
        new = NewCase(subject="Gate", contact=user.contact, severity="high", words=words)
        return open_case(new, by=user, at=clock_at("2026-06-09T12:00:00Z"))

    return open_one


def figures(client, user, query=""):
    client.force_login(user)
    page = client.get(f"/portal/service-levels/{query}").content.decode()
    return dict(re.findall(r'id="figure-([\w-]+)" value="([^"]*)"', page)), page


def test_his_cases_are_counted_beside_what_was_promised(client, opened, clock_at):
    dana = cast.dana_at_elm_falls()
    opened(dana)
    opened(dana)
    clock_at("2026-06-09T15:00:00Z")
    found, page = figures(client, dana)
    assert found["resolution-high-undecided"] == "2"
    assert found["initial-contact-high-missed"] == "0"
    assert "85% of cases within 24 hours" in page
    clock_at("2026-06-11T15:00:00Z")
    found, _page = figures(client, dana)
    assert (found["resolution-high-missed"], found["initial-contact-high-missed"]) == ("2", "2")


def test_nobody_reads_of_the_cases_of_another_customer(client, opened, clock_at):
    opened(cast.dana_at_elm_falls())
    clock_at("2026-06-09T15:00:00Z")
    found, page = figures(client, cast.nora_of_another_town())
    assert "resolution-high-undecided" not in found
    assert "nothing of the kind" in page


def test_the_administrator_reads_of_all_but_the_private_ones(client, opened, clock_at):
    dana, carl = cast.dana_at_elm_falls(), cast.carl_the_administrator_of_elm_falls()
    opened(dana)
    private = opened(dana)
    clock_at("2026-06-09T15:00:00Z")
    assert figures(client, carl)[0]["resolution-high-undecided"] == "2"
    make_private(private, by=dana)
    assert figures(client, carl)[0]["resolution-high-undecided"] == "1"
    assert figures(client, dana)[0]["resolution-high-undecided"] == "2"


def test_another_quarter_is_asked_for_by_a_day_in_it(client, opened, clock_at):
    dana = cast.dana_at_elm_falls()
    opened(dana)
    clock_at("2026-07-09T15:00:00Z")
    assert "resolution-high-missed" not in figures(client, dana)[0]
    assert figures(client, dana, "?on=2026-06-30")[0]["resolution-high-missed"] == "1"
    assert figures(client, dana, "?on=whenever")[1]


def test_before_anything_is_promised_it_says_so(client, monkeypatch):
    monkeypatch.setattr(service_levels, "policy_of", lambda account, at: None)
    assert "Nothing is promised yet" in figures(client, cast.dana_at_elm_falls())[1]
