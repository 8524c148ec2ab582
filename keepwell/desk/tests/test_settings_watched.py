"""Which promises are watched: made in one form, with what it would have said, and never a word lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.desk.tests.test_work import opened
from keepwell.kit import clock
from keepwell.service_levels.models import Guideline, GuidelineVersion, YearBehind
from keepwell.service_levels.verbs.guidelines import Watched, create_guideline, watch_all_of
from tests import cast

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
BASE = "/desk/settings/watched/"


@pytest.fixture
def policy():
    return cast.the_guidelines()


@pytest.fixture
def ada(policy):
    return signed_in(cast.ada_the_administrator())


def filled(policy, **more) -> dict[str, object]:
    promise = f"{policy.pk}-resolution-high"
    return {"name": "Ours", "promise": promise, "window": "month", "smallest": "20", "act": "save"} | more


def test_a_promise_is_watched_by_filling_in_a_name_and_choosing_it(ada, policy):
    assert ada.post(f"{BASE}new/", filled(policy)).status_code == 302
    version = Guideline.objects.get(name="Ours").versions.get()
    assert (version.metric, version.severity, version.window, version.smallest) == (
        "resolution",
        "high",
        "month",
        20,
    )


def test_the_list_says_what_for_whom_and_who_is_told(ada, policy):
    roads, lea = cast.roadworks(), cast.lea_the_lead()
    cast.elm_falls()
    more = {"product": roads.pk, "segment": "Small town", "channel": "form", "told": [lea.pk]}
    ada.post(f"{BASE}new/", filled(policy, window="rolling", rolling_days="28", **more))
    page = ada.get(BASE).content.decode()
    for words in ("85% of cases within 24 hours", "Roadworks · Small town · Form", "the last 28 days"):
        assert words in page
    assert "Lea Novak" in page
    assert "judged from 20 clocks on" in page


def test_the_promises_to_choose_from_are_those_that_policies_make(ada):
    page = ada.get(f"{BASE}new/").content.decode()
    assert "Resolution, High: 85% of cases within 24 hours" in page
    assert "Support guidelines" in page


def test_a_preview_shows_the_last_three_windows_and_keeps_nothing(ada, policy):
    for month in (4, 5, 6):
        with clock.standing_at(NINE.replace(month=month)):
            opened(2, "high")
    with clock.standing_at(NINE + timedelta(days=2)):
        answer = ada.post(f"{BASE}new/", filled(policy, act="preview"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.index("Jun 2026") < page.index("May 2026") < page.index("Apr 2026")
    assert "so far" in page
    assert "are too few to judge" in page
    assert 'value="Ours"' in page
    assert not Guideline.objects.exists()
    assert not YearBehind.objects.exists()


def test_the_preview_follows_the_form_by_its_own_address(ada, policy):
    with clock.standing_at(NINE):
        opened(2, "high")
        shown = ada.get(f"{BASE}preview/", filled(policy, window="quarter")).content.decode()
    assert "<html" not in shown
    assert "Apr – Jun 2026" in shown
    assert "0 of 2" in shown
    assert "2026" not in ada.get(f"{BASE}preview/", {"promise": "no"}).content.decode()


def test_a_preview_of_a_part_counts_its_cases_alone(ada, policy):
    roads = cast.roadworks()
    with clock.standing_at(NINE):
        opened(2, "high")
        shown = ada.get(f"{BASE}preview/", filled(policy, product=roads.pk)).content.decode()
    assert "0 of 0" in shown
    assert "No such clock" not in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"promise": "none"}, "Select a valid choice"),
        ({"window": "rolling"}, "Say how many days."),
        ({"window": "rolling", "rolling_days": "900"}, "less than or equal to 366"),
        ({"smallest": "0"}, "greater than or equal to 1"),
        ({"told": ["999999"]}, "Select a valid choice"),
        ({"product": "99999"}, "Select a valid choice"),
        ({"name": ""}, "This field is required"),
        ({"name": "all of it"}, "There is one of this name already."),
    ],
)
def test_what_cannot_be_watched_is_said_at_its_field_and_nothing_typed_is_lost(ada, policy, given, said):
    watched = Watched(policy=policy, metric="overall", severity="any")
    create_guideline("All of it", watched, by=cast.CAST)
    answer = ada.post(f"{BASE}new/", filled(policy, smallest=given.pop("smallest", "33"), **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page.replace("&#x27;", "'")
    assert given.get("name", "Ours") in page
    assert Guideline.objects.count() == 1


def test_an_edit_is_the_next_version_and_the_page_shows_both(ada, policy):
    ada.post(f"{BASE}new/", filled(policy))
    guideline = Guideline.objects.get()
    form = ada.get(f"{BASE}{guideline.pk}/versions/new/").content.decode()
    assert 'value="20"' in form
    ada.post(f"{BASE}{guideline.pk}/versions/new/", filled(policy, smallest="50"))
    page = ada.get(f"{BASE}{guideline.pk}/").content.decode()
    assert "Version 1" in page
    assert "Version 2" in page
    assert "from 50 clocks on" in page
    assert "Ada Okafor" in page


def test_an_ended_one_leaves_the_list_and_can_be_read(ada, policy):
    ada.post(f"{BASE}new/", filled(policy))
    guideline = Guideline.objects.get()
    ada.post(f"{BASE}{guideline.pk}/end/")
    assert "Ours" not in ada.get(BASE).content.decode()
    assert "no longer watched" in ada.get(f"{BASE}{guideline.pk}/").content.decode()
    assert ada.get(f"{BASE}{guideline.pk}/versions/new/").status_code == 404


def test_only_who_sets_up_guidelines_may_see_or_change_them(policy):
    lead = signed_in(cast.lea_the_lead())
    assert lead.get(BASE).status_code == lead.post(f"{BASE}new/", filled(policy)).status_code == 403
    assert not Guideline.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_eleven(ada, policy):
    create_guideline("One", Watched(policy=policy, metric="overall", severity="any"), by=cast.CAST)
    one = queries_of(ada, BASE)
    watch_all_of(policy, by=cast.CAST)
    assert queries_of(ada, BASE) == one


def test_a_preview_costs_the_same_for_few_cases_and_for_many(ada, policy):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            ada.get(f"{BASE}preview/", filled(policy))
        return len(captured)

    with clock.standing_at(NINE):
        opened(2, "high")
        cost()
        few = cost()
        opened(5, "high")
        assert cost() == few
    assert not GuidelineVersion.objects.exists()
