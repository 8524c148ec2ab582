"""Elm Falls, live for more than a year, looked after by Sam; and rules that a test can make hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from keepwell.customers.models import Account, Lifecycle
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.people.models import User
from keepwell.success.signals.grammar import Scope, parse
from keepwell.success.signals.models import SignalRule
from keepwell.success.signals.terms import Severity, Terms
from keepwell.success.signals.verbs.looking import look_at_all
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.usage.models import MetricDay
from tests import cast
from tests.fixtures.clock import SetClock

NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LONG_LIVE = date(2025, 1, 7)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at(NINE)


@pytest.fixture
def sam(db: None) -> User:
    return cast.sam_the_success_manager()


@pytest.fixture
def account(sam: User) -> Account:
    return made_live(cast.elm_falls(), sam)


@pytest.fixture
def rule(account: Account) -> SignalRule:
    """Less than 40 % of the seats are used; alone, for it opens nothing else."""
    made = add_rule("Seats unused", seats_unused(), by=cast.CAST).rule
    SignalRule.objects.exclude(pk=made.pk).update(switched_off_at=NINE)
    return made


@pytest.fixture
def night() -> Callable[..., int]:
    """night(n): everybody is looked at as of the midnight n days on."""
    return lambda days=0: look_at_all(as_of=MIDNIGHT + days * DAY, at=NINE + days * DAY)


def made_live(account: Account, steward: User | None = None) -> Account:
    account.lifecycle = Lifecycle.LIVE
    account.save()
    account.deployments.create(product=cast.roadworks(), live_on=LONG_LIVE, added_at=NINE)
    if steward is not None:
        appoint_steward(account, steward, "success", by=cast.CAST)
    return account


def seats_unused(**more: Any) -> Terms:
    when = {"reading": "usage.seats_used", "is": "less_than", "number": "40", "unit": "percent"}
    given = {"scope": Scope.ACCOUNT, "severity": Severity.MEDIUM, "when": parse(when), "cooldown_days": 7}
    return Terms(**{**given, **more})


def used(account: Account, percent: int | None, days: int = 0, **more: Any) -> MetricDay:
    """So much of the seats was used on the day before the midnight so many days on; None: not heard of."""
    day = (MIDNIGHT + (days - 1) * DAY).date()
    numbers = {"numerator": percent or 10, "denominator": 100}
    state = "known" if percent is not None else "stale"
    given = {"metric": "licences_active", "state": state, **numbers, **more}
    return MetricDay.objects.create(account=account, day=day, **given)
