"""Notices and being on call in a real browser: axe finds nothing, nothing is too wide, the bell is live."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from keepwell.cases.models import Case
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.noting import add_note
from keepwell.conversations.words import Words
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, half_of, keeps_nobody_out
from keepwell.kit import clock
from keepwell.notices.tests.elm_falls import open_for
from keepwell.staffing.models import Rota
from keepwell.staffing.verbs.absence import take_time_off
from keepwell.staffing.verbs.calling_out import call_out
from keepwell.staffing.verbs.rotas import RotaTerms, set_rota, stand_in
from tests import cast

pytestmark = pytest.mark.journey


@pytest.fixture
def marias(transactional_db) -> Case:
    """A case that Lea gave to Maria."""
    cast.the_guidelines()
    case = open_for(cast.dana_at_elm_falls())
    assign(case, Assignment(to=cast.maria_the_specialist()), by=cast.lea_the_lead())
    return Case.objects.get(pk=case.pk)


def furnished(case: Case) -> list[str]:
    """The addresses of all pages, with a gap, somebody who stands in, and somebody who is asked."""
    lea, maria, theo = cast.lea_the_lead(), cast.maria_the_specialist(), cast.theo_at_level_two()
    now = clock.now()
    terms = RotaTerms(name="Nights", time_zone="America/Chicago", starts_on=date(2026, 1, 5))
    rota: Rota = set_rota(cast.team_at(1), terms, [lea, maria], by=lea)
    stand_in(rota, theo, now + timedelta(days=1), now + timedelta(days=2), by=lea)
    soon = now.date() + timedelta(days=9)
    for who in (lea, maria):
        take_time_off(who, soon, soon + timedelta(days=1), kind="holiday", by=who)
    asked = call_out(("case", case.pk), [lea.pk], within=timedelta(minutes=15))
    assert asked is not None
    add_note(case, Words(body="Seen before"), by=maria)
    assign(case, Assignment(to=lea), by=maria)
    return [
        "/desk/notices/",
        "/desk/me/notices/",
        "/desk/on-call/",
        f"/desk/on-call/{rota.pk}/",
        "/desk/on-call/new/",
        f"/desk/call-outs/{asked.pk}/",
        "/desk/today/",
    ]


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_no_page_keeps_anybody_out(open_as: OpenAs, marias: Case, scheme: str, size: dict[str, int]):
    page = open_as(cast.lea_the_lead(), viewport=size, color_scheme=scheme)
    for address in half_of(furnished(marias), scheme):
        page.goto(address)
        keeps_nobody_out(page)


def test_the_bell_rings_on_an_open_page_and_falls_silent_at_the_case(open_as: OpenAs, marias: Case):
    maria = cast.maria_the_specialist()
    page, bell = open_as(maria), "#bell"
    page.goto("/desk/accounts/")
    expect(page.locator(bell)).to_have_accessible_name("Notices, 1 not read")
    add_note(marias, Words(body="Seen before"), by=cast.lea_the_lead())
    expect(page.locator(bell)).to_have_accessible_name("Notices, 2 not read", timeout=10_000)
    page.locator(bell).click()
    page.get_by_role("link", name="Somebody noted").click()
    page.wait_for_url(f"**/desk/cases/{marias.number}/")
    expect(page.locator(bell)).to_have_accessible_name("Notices, all read", timeout=10_000)
