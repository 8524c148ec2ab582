"""Every number in Insight is what the journal's entries say, counted again by other code."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from keepwell.operate.demo.furnishing import contact_email
from keepwell.people.models import User
from keepwell.service_levels.models import YearBehind
from prove.recount.comparing import (
    Faces,
    compare,
    held,
    hold_delivered,
    hold_supposed,
    hold_work,
    recounted,
)
from prove.recount.from_entries import OTHERS, SIMPLE, STATES, extract
from prove.recount.holding import Findings
from prove.recount.work_pages import expected_of_work
from tests import cast
from tests.recount import breaches, desk, work_breaches

pytestmark = pytest.mark.django_db

LOOKED_AT = {("resolution", "normal"), ("resolution", "low"), ("follow_up", "normal")}
# An administrator and a user of one account, and an administrator of another.
CUSTOMERS = (contact_email(0, 0), contact_email(0, 1), contact_email(3, 0))


@pytest.fixture
def extracted(clock_at):
    clock_at(desk.AT)
    desk.furnished()
    desk.looked_through()
    return extract(desk.raw_connection(), int(desk.AT.timestamp()))


@pytest.fixture
def faces():
    return Faces(
        lead=asking(cast.lea_the_lead()),
        customer=lambda email: asking(User.objects.get(email=email)),
        customers=CUSTOMERS,
    )


def asking(user: User):
    client = Client()
    client.force_login(user)

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_every_figure_is_what_the_journal_says(extracted, faces):
    found = compare(desk.raw_connection(), extracted, faces)
    assert found.wrong == []
    assert found.pages == 20 + 2 + 12 + 10 + 6
    assert found.figures > 6000
    assert found.drawn == 40
    assert found.uncertain >= 1
    assert extracted.cases == desk.CASES
    for name in ("is_corrected", "entered_later", "is_missed"):
        assert extracted.clocks[name].any(), name
    assert (extracted.clocks["state"] == STATES.index("void")).any()
    assert set(extracted.entries) >= {*SIMPLE, *OTHERS} - {"case.placed"}


def test_breaches_are_noticed(extracted, faces):
    """Each makes the product count otherwise, or the page print otherwise, on purpose."""
    look = looks(extracted, faces)
    by_page = {"guidelines": tuple(breaches.ALL.values())}
    unnoticed = set()
    for pages, found in [*by_page.items(), *work_breaches.ALL.items()]:
        assert look[pages](faces).wrong == []
        unnoticed |= {(pages, one.__name__) for one in found if not noticed(one, look[pages], faces)}
    assert unnoticed == set()


def looks(extracted, faces):
    """By the pages: how they are held against what is counted again, which is done once."""
    connection = desk.raw_connection()
    every = recounted(connection, extracted, lambda one: (one.metric, one.severity) in LOOKED_AT)
    again = [one for one in every if one.place == 0]
    pages = expected_of_work(connection, extracted.at, (0,))
    work = [one for one in pages if not any(name in one.address for name in ("level", "channel", "480"))]

    def of_work(asked: Faces) -> Findings:
        findings = Findings()
        hold_work(findings, work, asked.lead)
        return findings

    def of_what_if(asked: Faces) -> Findings:
        findings = Findings()
        hold_supposed(findings, connection, extracted, again, asked.lead)
        return findings

    def of_the_portal(asked: Faces) -> Findings:
        findings = Findings()
        hold_delivered(findings, connection, extracted, asked)
        return findings

    return {
        "guidelines": lambda asked: held(again, asked.lead, extracted.at),
        "work": of_work,
        "what_if": of_what_if,
        "portal": of_the_portal,
    }


@contextmanager
def undone():
    """What a breach does to the rows goes with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def noticed(breach, look, faces: Faces) -> list[str]:
    with undone(), pytest.MonkeyPatch.context() as patch:
        YearBehind.objects.all().delete()
        printing = breach(patch) or (lambda page: page)
        asked = Faces(
            lead=lambda address: printing(faces.lead(address)),
            customer=lambda email: lambda address: printing(faces.customer(email)(address)),
            customers=faces.customers,
        )
        return look(asked).wrong
