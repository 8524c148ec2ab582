"""What burns, as Today shows it: to leads and to those who are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.desk.tests.test_work import opened
from keepwell.kit import clock
from keepwell.service_levels.models import BurnAlert, Guideline
from keepwell.service_levels.verbs.burning import tell_what_burns
from keepwell.service_levels.verbs.guidelines import Watched, create_guideline
from tests import cast

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def burning():
    """Two cases of high severity that nobody answered, seven hours ago: first contact burns."""
    policy = cast.the_guidelines()
    watched = Watched(policy=policy, metric="initial_contact", severity="high")
    guideline = create_guideline("First contact, High", watched, by=cast.CAST, at=NINE)
    with clock.standing_at(NINE):
        opened(2, "high")
    tell_what_burns(at=NINE + 7 * HOUR)
    return guideline


def today_of(user, at: datetime) -> str:
    with clock.standing_at(at):
        return signed_in(user).get("/desk/today/").content.decode()


def test_a_lead_reads_what_burns_in_words_with_a_way_to_its_cases(burning):
    page = today_of(cast.lea_the_lead(), NINE + 7 * HOUR)
    assert "Promises burning" in page
    assert "First contact, High" in page
    assert "2 missed in the last 3 days, and it is promised for every case." in page
    assert f"/desk/insight/guidelines/{burning.pk}/cases/missed/" in page


def test_whoever_is_not_told_reads_nothing_of_it(burning):
    assert "Promises burning" not in today_of(cast.maria_the_specialist(), NINE + 7 * HOUR)


def test_when_it_is_calm_a_quiet_line_says_so_for_a_day(burning):
    calm_at = NINE + timedelta(days=4)
    tell_what_burns(at=calm_at)
    page = today_of(cast.lea_the_lead(), calm_at + HOUR)
    assert "calm again since" in page
    assert "burns fast" not in page
    assert "First contact" not in today_of(cast.lea_the_lead(), calm_at + 25 * HOUR)


def test_today_costs_the_same_whatever_burns(burning):
    client = signed_in(cast.lea_the_lead())
    with clock.standing_at(NINE + 7 * HOUR):
        one = queries_of(client, "/desk/today/")
        alert = BurnAlert.objects.get()
        version = alert.version
        for number in range(5):
            version.pk, version.number = None, 1
            version.guideline = Guideline.objects.create(name=f"Other {number}")
            version.save()
            BurnAlert.objects.create(
                guideline=version.guideline, version=version, pace="slow", began_at=NINE, facts=alert.facts
            )
        assert queries_of(client, "/desk/today/") == one
