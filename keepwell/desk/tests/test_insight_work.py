"""The page of the volume of work: what it prints was counted by hand from a few cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.cases.models import Case
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.spam import mark_spam
from keepwell.desk.tests import worked_on
from keepwell.desk.tests.named_figures import read
from keepwell.desk.tests.people import queries_of
from keepwell.desk.tests.worked_on import signed_in_lead
from tests import cast

pytestmark = pytest.mark.django_db

WORK = "/desk/insight/work/"
HOUR = timedelta(hours=1)


def on(day: int, hour: int = 15) -> datetime:
    """So many days into June 2026, at this hour UTC; support opens at 12 UTC. The 9th is a Tuesday."""
    return datetime(2026, 6, day, hour, tzinfo=UTC)


@pytest.fixture
def lead(client, clock_at):
    return signed_in_lead(client, clock_at, "2026-06-26T15:00:00Z")


def opened(at: datetime, severity: str = "normal", **more) -> Case:
    return worked_on.opened(f"Gate {at:%d %H}", at, severity=severity, **more)


def resolved(case: Case, at: datetime, how: str = "corrected") -> Case:
    return resolve(case, Resolution(how=how), by=cast.maria_the_specialist(), at=at)


@pytest.fixture
def june(lead):
    """Four cases of June that count, one of them reopened; one of May that is resolved in June; one spam."""
    resolved(opened(datetime(2026, 5, 28, 15, tzinfo=UTC)), on(2))
    again = resolved(opened(on(9), "high"), on(9, 17))
    reopen(again, by=cast.dana_at_elm_falls(), at=on(9, 18))
    resolved(Case.objects.get(pk=again.pk), on(10))
    opened(on(9, 16), product=cast.roadworks())
    opened(on(20, 3), "low")
    opened(on(26, 14))
    mark_spam(opened(on(12)), by=cast.maria_the_specialist(), at=on(12, 16))


def test_what_came_in_and_went_out_is_counted(lead, june):
    found = read(lead.get(WORK))
    assert found.nameless == []
    names = ("opened", "resolved", "withdrawn", "open-now", "oldest-days")
    counted = {name: found.figures[f"figure-{name}"] for name in names}
    assert counted == {"opened": "4", "resolved": "3", "withdrawn": "0", "open-now": "3", "oldest-days": "16"}
    # Of four, the one on the 20th came at ten on a Friday night.
    assert float(found.figures["figure-in-support-hours"]) == pytest.approx(0.75)


def test_what_is_open_is_told_by_age(lead, june):
    found = read(lead.get(WORK)).figures
    ages = {
        name: found[f"figure-age-{name}"] for name in ("under-1", "from-1", "from-3", "from-7", "from-14")
    }
    assert ages == {"under-1": "1", "from-1": "0", "from-3": "1", "from-7": "0", "from-14": "1"}


@pytest.mark.parametrize(
    ("where", "subjects"),
    [
        ("opened/", {"Gate 09 15", "Gate 09 16", "Gate 20 03", "Gate 26 14"}),
        ("resolved/", {"Gate 28 15", "Gate 09 15"}),
        ("withdrawn/", set()),
        ("open/", {"Gate 09 16", "Gate 20 03", "Gate 26 14"}),
        ("open/?age=from_3", {"Gate 20 03"}),
        ("open/?age=under_1", {"Gate 26 14"}),
        ("opened/?on=2026-05-02", {"Gate 28 15"}),
    ],
)
def test_a_figure_leads_to_its_cases(lead, june, where, subjects):
    page = lead.get(f"/desk/insight/cases/{where}")
    assert {case.subject for case in page.context["page"].rows} == subjects


@pytest.mark.parametrize(
    ("period", "opened", "before"),
    [
        ("period=week&on=2026-06-09", "2", "period=week&on=2026-06-07"),
        ("period=month&on=2026-06-09", "4", "period=month&on=2026-05-31"),
        ("period=quarter&on=2026-06-09", "5", "period=quarter&on=2026-03-31"),
        ("from=2026-06-09&to=2026-06-19", "3", "from=2026-05-29&to=2026-06-08&on=2026-06-08"),
        # Where a period is named, days that still stand beside it are of a window before.
        ("period=week&from=2026-06-01&to=2026-06-30&on=2026-06-09", "2", "period=week&on=2026-06-07"),
    ],
)
def test_the_window_is_a_week_a_month_a_quarter_or_days(lead, june, period, opened, before):
    page = lead.get(f"{WORK}?{period}")
    assert read(page).figures["figure-opened"] == opened
    assert page.context["asked"].before == f"?{before}"


@pytest.mark.parametrize(
    "days", ["from=2026-06-09", "from=2026-06-09&to=2026-06-01", "from=2025-01-01&to=2026-06-01", "to=soon"]
)
def test_days_that_are_none_give_the_present_month_and_say_so(lead, june, days):
    page = lead.get(f"{WORK}?{days}")
    assert page.status_code == 200
    assert read(page).figures["figure-opened"] == "4"
    assert "two days within a year" in page.content.decode()


def test_figures_are_narrowed_by_the_address(lead, june):
    address = f"{WORK}?product={cast.roadworks().pk}"
    assert read(lead.get(address)).figures["figure-opened"] == "1"
    assert read(lead.get(f"{WORK}?channel=phone")).figures["figure-opened"] == "0"


def test_a_day_is_one_of_the_support_zone(lead, june):
    lines = _csv(lead, "work/opened.csv")
    assert lines[0] == "Day,High,Normal,Low,All"
    assert {line for line in lines if not line.endswith(",0")} == {
        "Day,High,Normal,Low,All",
        "2026-06-09,1,1,0,2",
        "2026-06-19,0,0,1,1",  # the 20th at three in UTC is the 19th in Chicago
        "2026-06-26,0,1,0,1",
    }


def _csv(client, name: str) -> list[str]:
    answer = client.get(f"/desk/insight/{name}")
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("name", ["flow", "channels", "products", "arrivals", "ageing"])
def test_every_table_can_be_taken_away(lead, june, name):
    assert len(_csv(lead, f"work/{name}.csv")) > 1


@pytest.mark.parametrize("address", ["work/luck.csv", "luck/opened.csv", "cases/luck/"])
def test_what_is_none_is_not_found(lead, june, address):
    assert lead.get(f"/desk/insight/{address}").status_code == 404


@pytest.mark.parametrize("address", [WORK, "/desk/insight/cases/opened/"])
def test_it_costs_the_same_queries_at_ten_cases_and_twenty(lead, address):
    for place in range(10):
        opened(on(9) + HOUR * place)
    few = queries_of(lead, address)
    for place in range(10):
        opened(on(11) + HOUR * place)
    assert queries_of(lead, address) == few


def test_without_a_case_it_says_what_belongs_there(lead):
    page = lead.get(WORK)
    assert "Nothing came in" in page.content.decode()
    assert read(page).nameless == []
