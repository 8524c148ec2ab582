"""The customers of the demonstration are met for thirteen months, and one meeting of each kind is ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from keepwell.customers.models import Account
from keepwell.operate.demo.engaging import _one_after_the_other, engage
from keepwell.operate.demo.furnishing import furnish
from keepwell.outbox.models import Outgoing
from keepwell.success.engagements.models import AHEAD, Engagement, Touch
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_each_customer_is_met_and_one_of_each_kind_is_ahead_and_again_changes_nothing(clock_at):
    clock_at(ENDS_AT)
    furnish(7, at=ENDS_AT - timedelta(days=98), accounts=3)
    before = Outgoing.objects.count()
    engage(7, ENDS_AT)
    met = Engagement.objects.count()
    engage(7, ENDS_AT)
    assert Engagement.objects.count() == met
    assert Engagement.objects.filter(state="closed").count() >= 3 * 5
    for account in Account.objects.all():
        assert account.engagements.filter(state__in=AHEAD, cadence__isnull=False).count() == 2
    assert Touch.objects.exists()
    # Of what lies behind nobody is written to.
    assert Outgoing.objects.count() - before <= 3 * 4


@pytest.mark.django_db
def test_on_a_sunday_what_was_wanted_on_saturday_lies_ahead(clock_at):
    sunday = datetime(2026, 11, 29, 1, 4, tzinfo=UTC)
    clock_at(sunday)
    furnish(7, at=sunday - timedelta(days=98), accounts=1)
    account = Account.objects.get()
    host = account.stewardships.get(kind="success").user
    saturday = NewCadence(kind="check_in", rule="FREQ=YEARLY", starts_on=date(2026, 11, 28), host=host)
    cadence = set_cadence(account, saturday, by=host, at=sunday - timedelta(days=30))
    assert list(_one_after_the_other(cadence, sunday)) == []
