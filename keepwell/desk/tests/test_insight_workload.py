"""The page of the workload: each person's part, what is open at once, and who is at work, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.resolving import resolve
from keepwell.desk.tests import worked_on
from keepwell.desk.tests.named_figures import read
from keepwell.desk.tests.people import queries_of
from keepwell.desk.tests.worked_on import signed_in_lead
from keepwell.staffing.verbs.absence import take_time_off
from tests import cast

pytestmark = pytest.mark.django_db

LOAD = "/desk/insight/workload/"


def at(day: int, hour: float) -> datetime:
    """In June 2026, UTC; Chicago is five hours behind. The 1st is a Monday."""
    return datetime(2026, 6, day, tzinfo=UTC) + timedelta(hours=hour)


@pytest.fixture
def lead(client, clock_at):
    return signed_in_lead(client, clock_at, "2026-06-03T05:00:00Z")


def opened(when: datetime) -> Case:
    return worked_on.opened(f"Gate {when:%d %H}", when)


def taken(case: Case, when: datetime) -> Case:
    maria = cast.maria_the_specialist()
    return assign(case, Assignment(to=maria), by=maria, at=when)


@pytest.fixture
def two_days(lead):
    """The first two days of June: two cases at ten in the morning of the 1st, one at night, one of May."""
    maria = cast.maria_the_specialist()
    opened(datetime(2026, 5, 30, 15, tzinfo=UTC))
    first = taken(opened(at(1, 15)), at(1, 16))
    resolve(worked_on.answered(first, at(1, 17)), Resolution(), by=maria, at=at(1, 19))
    taken(opened(at(1, 15.5)), at(1, 16))
    dana = cast.dana_at_elm_falls()
    called = NewCase(subject="called", contact=dana.contact, channel="phone", is_live=True)
    open_case(called, by=maria, at=at(2, 3))


def test_each_persons_part_is_counted(lead, two_days):
    page = lead.get(LOAD)
    found, maria = read(page), cast.maria_the_specialist().pk
    assert found.nameless == []
    counted = {
        name: found.figures[f"figure-{name}-{maria}"] for name in ("open", "taken", "opened", "resolved")
    }
    assert counted == {"open": "1", "taken": "2", "opened": "1", "resolved": "1"}
    assert found.figures[f"figure-answers-{maria}"] == "1"
    assert found.figures["figure-nobodys"] == "2"
    assert found.figures["figure-live-contacts"] == "1"
    assert f"who={maria}" in page.content.decode()


def test_what_somebody_has_can_be_looked_at(lead, two_days):
    def subjects(who: object) -> set[str]:
        rows = lead.get(f"/desk/insight/cases/open/?who={who}").context["page"].rows
        return {case.subject for case in rows}

    assert subjects(cast.maria_the_specialist().pk) == {"Gate 01 15"}
    assert subjects("none") == {"Gate 30 15", "called"}
    assert subjects("me'") == {"Gate 01 15", "Gate 30 15", "called"}


def test_what_is_open_at_once_is_counted_at_full_hours(lead, two_days):
    """One case from May on; two more came between ten and eleven in Chicago, one was resolved at two in the
    afternoon, and one more came at ten at night.
    """
    found = read(lead.get(LOAD)).figures
    hours = [1] * 11 + [3] * 4 + [2] * 8 + [3] * 26  # 49 full hours, midnight to midnight
    assert found["figure-at-once-most"] == "3"
    assert float(found["figure-at-once-mean"]) == pytest.approx(sum(hours) / len(hours))


def test_an_hour_that_comes_twice_counts_its_cases_once(lead, clock_at):
    clock_at("2026-11-03T06:00:00Z")
    opened(
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    )  # half past one in Chicago, for the first time that night
    opened(datetime(2026, 11, 1, 7, 30, tzinfo=UTC))  # and for the second
    assert read(lead.get(LOAD)).figures["figure-at-once-most"] == "2"


@pytest.mark.parametrize(
    ("last", "now", "hours"), [("2026-11-30", "12-04", 720), ("2026-03-31", "04-03", 743)]
)
def test_a_month_whose_clocks_are_changed_ends_with_its_last_hour(lead, clock_at, last, now, hours):
    """A case of the last evening, half past ten in Chicago: open at eleven, not asked of at midnight."""
    clock_at(f"2026-{now}T06:00:00Z")
    opened(datetime.fromisoformat(f"{last}T22:30").replace(tzinfo=ZoneInfo("America/Chicago")))
    mean = read(lead.get(f"{LOAD}?on={last}")).figures["figure-at-once-mean"]
    assert float(mean) == pytest.approx(1 / hours)


def test_what_comes_in_stands_against_hours_worked(lead, two_days):
    """Four with a level by the support hours, one of them off on the second day; one case came at night."""
    theo = cast.theo_at_level_two()
    cast.ines_the_engineer()
    take_time_off(theo, date(2026, 6, 2), date(2026, 6, 2), kind="training", by=cast.CAST)
    found = read(lead.get(LOAD)).figures
    assert float(found["figure-unattended"]) == pytest.approx(1 / 3)
    lines = _csv(lead, "at_work")
    assert lines[0].startswith("Hour,Mon,Tue")
    assert lines[1 + 6].startswith("06,0.0,0.0")
    assert lines[1 + 7].startswith("07,4.0,3.0")
    assert lines[1 + 19].startswith("19,0.0,0.0")


def test_what_came_when_nobody_works_is_a_part_of_the_cases_not_of_a_mean_week(lead, clock_at):
    """Two at night on a Monday, of which there were two, and one at ten on a Wednesday, the only one."""
    clock_at("2026-06-10T03:00:00Z")
    cast.maria_the_specialist()
    for day in (1, 8):
        opened(at(day, 8))
    opened(at(3, 15))
    assert float(read(lead.get(LOAD)).figures["figure-unattended"]) == pytest.approx(2 / 3)


def _csv(client, name: str, query: str = "") -> list[str]:
    answer = client.get(f"/desk/insight/workload/{name}.csv{query}")
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("name", ["people", "live", "at_once", "staffing", "at_work"])
def test_every_table_can_be_taken_away(lead, two_days, name):
    assert len(_csv(lead, name)) > 1


def test_people_for_live_contacts_are_those_of_the_published_example(lead):
    found = read(lead.get(f"{LOAD}?contacts=200&minutes=3&share=80&seconds=20"))
    assert found.nameless == []
    assert found.figures["figure-needed"] == "14"
    assert float(found.figures["figure-with-14-in-time"]) == pytest.approx(0.888, abs=5e-4)
    assert float(found.figures["figure-with-13-in-time"]) < 0.8


@pytest.mark.parametrize(
    "asked", ["contacts=many", "contacts=-1", "minutes=1e9", "share=100", "contacts=nan"]
)
def test_what_cannot_be_worked_out_is_said_and_the_usual_is_shown(lead, asked):
    page = lead.get(f"{LOAD}?{asked}")
    assert "field-error" in page.content.decode()
    assert read(page).figures["figure-needed"] == read(lead.get(LOAD)).figures["figure-needed"]


def test_it_is_said_that_nothing_rings_yet(lead):
    assert "There is no telephone and no chat yet" in lead.get(LOAD).content.decode()


@pytest.mark.parametrize("on", ["1971-01-01", "2199-12-31"])
def test_a_month_of_which_no_hours_are_known_is_shown_without(lead, on):
    page = lead.get(f"{LOAD}?on={on}")
    assert page.status_code == 200
    assert read(page).nameless == []


def test_it_costs_the_same_queries_at_ten_cases_and_twenty(lead):
    def ten() -> None:
        for place in range(10):
            taken(opened(at(1, place)), at(1, place + 1))

    ten()
    few = queries_of(lead, LOAD)
    ten()
    assert queries_of(lead, LOAD) == few
