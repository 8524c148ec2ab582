"""The reference promise, a customer, and a case of his; time in these tests is given, never read."""

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.opening import open_account
from keepwell.people.actors import System
from keepwell.people.models import Role
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS, REFERENCE_NAME
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy

INIT = System("init")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NO_UNDO = timedelta(0)


def at(clock: str) -> datetime:
    """An instant of June 2026, written day hour:minute in UTC: at("9 12:00")."""
    day, _, hour = clock.partition(" ")
    return datetime.fromisoformat(f"2026-06-{int(day):02}T{hour}+00:00")


@pytest.fixture
def support_hours():
    return create_calendar("Support hours", REFERENCE_HOURS, by=INIT, at=LONG_AGO, is_default=True)


@pytest.fixture
def guidelines(support_hours):
    terms = PolicyTerms(calendar=support_hours, commitments=REFERENCE_COMMITMENTS)
    return create_policy(REFERENCE_NAME, terms, by=INIT, at=LONG_AGO, is_default=True)


@pytest.fixture
def elm_falls():
    return open_account("City of Elm Falls", by=INIT, at=LONG_AGO)


@pytest.fixture
def dana(elm_falls):
    return add_contact("Dana Kessler", email="dana@elmfalls.example", account=elm_falls, by=INIT, at=LONG_AGO)


@pytest.fixture
def maria():
    return add_person(name="Maria Ruiz", email="maria@vendor.example", roles=[Role.SPECIALIST], by=INIT)


@pytest.fixture
def opened(guidelines, dana):
    """opened("high", "9 12:00"): a case that Dana opens by the form."""

    def open_one(severity: str, when: str):
        words = Words(body="Since this morning nothing can be saved.", channel="form")
        new = NewCase(subject="Nothing can be saved", contact=dana, severity=severity, words=words)
        return open_case(new, by=dana, at=at(when))

    return open_one


@pytest.fixture
def answered(maria):
    """answered(case, "9 13:00", intention="wait"): Maria's answer, out at that second."""

    def answer(case, when: str, intention: str | None = None):
        written = Reply(words=Words(body="I am on it."), intention=intention, undo_for=NO_UNDO)
        message = reply(case, written, by=maria, at=at(when))
        release(message, at=at(when))
        return message

    return answer
