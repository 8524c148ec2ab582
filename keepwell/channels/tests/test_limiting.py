"""What may be done only so often is counted for all processes together, and never beyond its number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from keepwell.channels.limiting import KEPT_FOR, forget_old_attempts, is_one_more_allowed
from keepwell.channels.models import Attempts

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LEE, ANN = ("submit", "key", "lee"), ("submit", "key", "ann")


def ask(limits, at=NOON) -> bool:
    return is_one_more_allowed(limits, within=HOUR, at=at)


def test_so_many_are_allowed_and_the_next_one_is_not():
    assert [ask({LEE: 3}) for _time in range(4)] == [True, True, True, False]


def test_room_comes_back_one_by_one_when_each_is_an_hour_old():
    for minutes in (0, 10, 20):
        assert ask({LEE: 3}, NOON + timedelta(minutes=minutes))
    assert not ask({LEE: 3}, NOON + HOUR - SECOND)
    assert ask({LEE: 3}, NOON + HOUR)
    assert not ask({LEE: 3}, NOON + HOUR)
    assert ask({LEE: 3}, NOON + HOUR + timedelta(minutes=10))


def test_what_was_refused_is_not_counted():
    assert ask({LEE: 1})
    for minute in range(1, 60):
        assert not ask({LEE: 1}, NOON + timedelta(minutes=minute))
    assert ask({LEE: 1}, NOON + HOUR)


def test_one_is_counted_apart_from_another():
    assert ask({LEE: 1})
    assert ask({ANN: 1})
    assert ask({("code", "key", "lee"): 1})


def test_both_need_room():
    network = ("submit", "network", "192.0.2.7")
    assert ask({network: 2, LEE: 1})
    assert not ask({network: 2, LEE: 1})
    assert not ask({network: 2, ANN: 1})


def test_what_is_a_day_old_is_forgotten_and_nothing_younger():
    ask({LEE: 3})
    ask({ANN: 3}, NOON + SECOND)
    forget_old_attempts(at=NOON + KEPT_FOR + SECOND)
    assert Attempts.objects.get().last_at == NOON + SECOND


def test_counting_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        ask({LEE: 3, ANN: 3})


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_no_more_than_allowed():
    def send(number):
        limits = {LEE: 20, ANN: 5} if number % 2 else {ANN: 5, LEE: 20}
        try:
            return ask(limits)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(40))) == 5
