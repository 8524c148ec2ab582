"""Every number about promises in Insight is what the journal's entries say, counted again by other code."""

from __future__ import annotations

import pytest

from keepwell.desk.views.insight import guideline
from keepwell.service_levels.models import YearBehind
from prove.recount.comparing import compare, held, recounted
from prove.recount.from_entries import OTHERS, SIMPLE, STATES, extract
from tests import cast
from tests.recount import breaches, desk

pytestmark = pytest.mark.django_db

LOOKED_AT = {("resolution", "normal"), ("resolution", "low"), ("follow_up", "normal")}


@pytest.fixture
def extracted(clock_at):
    clock_at(desk.AT)
    desk.furnished()
    return extract(desk.raw_connection(), int(desk.AT.timestamp()))


@pytest.fixture
def ask(client):
    client.force_login(cast.lea_the_lead())

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_every_figure_is_what_the_journal_says(extracted, ask):
    found = compare(desk.raw_connection(), extracted, ask)
    assert found.wrong == []
    assert found.pages == 22
    assert found.figures > 650
    assert found.drawn == 40
    assert found.uncertain >= 2
    assert extracted.cases == desk.CASES
    for name in ("is_corrected", "entered_later", "is_missed"):
        assert extracted.clocks[name].any(), name
    assert (extracted.clocks["state"] == STATES.index("void")).any()
    assert set(extracted.entries) >= {*SIMPLE, *OTHERS} - {"case.placed"}


def test_every_breach_is_noticed(extracted, ask, monkeypatch):
    """Each makes the product count otherwise, or the page print otherwise, on purpose."""
    for picture in ("curve_picture", "budget_picture"):
        monkeypatch.setattr(guideline, picture, lambda _found: None)  # they cost more than all the rest
    every = recounted(desk.raw_connection(), extracted, lambda one: (one.metric, one.severity) in LOOKED_AT)
    again = [one for one in every if one.place == 0]
    assert held(again, ask).wrong == []
    unnoticed = [name for name, breach in breaches.ALL.items() if not _wrong(breach, again, ask)]
    assert unnoticed == []


def _wrong(breach, again, ask) -> list[str]:
    YearBehind.objects.all().delete()
    with pytest.MonkeyPatch.context() as patch:
        printing = breach(patch) or (lambda page: page)
        found = held(again, lambda address: printing(ask(address)))
    return found.wrong
