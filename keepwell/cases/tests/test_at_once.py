"""Two at the same time, each with a connection of his own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from keepwell.cases.jobs import close_due, wake_due
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseHasChanged, CaseRefused
from keepwell.cases.tests.elm_falls import DAY, HOUR, NINE, SOLVED, kinds, now, open_for, words, write_again
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.waiting import wait_for_engineering
from keepwell.conversations.verbs.releasing import release
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    cast.the_guidelines()
    return cast.maria_the_specialist(), cast.theo_at_level_two(), cast.dana_at_elm_falls()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Runs the acts together, from one starting line; gives what each gave, or the refusal it met."""
    line = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        line.wait(5)
        try:
            return act()
        except (CaseHasChanged, CaseRefused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(30) for done in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("_time", range(3))
def test_of_two_who_read_the_same_version_one_changes_it_and_the_other_learns_of_it(people, _time):
    maria, theo, dana = people
    case = open_for(dana)
    gave = at_once(
        lambda: resolve(case, SOLVED, seen=case.version, by=maria, at=NINE + HOUR),
        lambda: wait_for_engineering(case, seen=case.version, by=theo, at=NINE + HOUR),
    )
    refused = [one for one in gave if isinstance(one, CaseHasChanged)]
    assert len(refused) == 1
    assert len(refused[0].entries) == 1
    assert now(case).version == case.version + 1


@pytest.mark.parametrize("_time", range(3))
def test_two_who_merge_crosswise_never_wait_for_each_other(people, _time):
    maria, theo, dana = people
    one, two = open_for(dana), open_for(dana)
    gave = at_once(lambda: merge(one, two, by=maria), lambda: merge(two, one, by=theo))
    assert sum(isinstance(each, CaseRefused) for each in gave) == 1
    assert Case.objects.filter(merged_into__isnull=False).count() == 1


@pytest.mark.parametrize("_time", range(3))
def test_an_answer_that_leaves_while_the_customer_writes_loses_neither(people, _time):
    maria, _theo, dana = people
    case = open_for(dana)
    message = reply(
        case, Reply(words=words("Solved"), intention="resolve", undo_for=timedelta(0)), by=maria, at=NINE
    )
    at_once(lambda: release(message, at=NINE + HOUR), lambda: write_again(case, dana, NINE + HOUR))
    told = kinds(case)
    assert told.count("message.received") == 2
    assert told.count("message.sent") == 1
    # Either the word came first and the resolution was dropped, or it came after and reopened the case.
    assert now(case).state == "open"
    assert ("case.intention_dropped" in told) != ("case.reopened" in told)


def test_two_workers_wake_and_close_each_case_once(people):
    maria, _theo, dana = people
    asleep, solved = open_for(dana), open_for(dana)
    snooze(asleep, NINE + HOUR, by=maria, at=NINE)
    resolve(solved, SOLVED, by=maria, at=NINE)
    later = NINE + 20 * DAY
    at_once(
        lambda: wake_due(at=later),
        lambda: wake_due(at=later),
        lambda: close_due(at=later),
        lambda: close_due(at=later),
    )
    assert kinds(asleep).count("case.woken") == 1
    assert kinds(solved).count("case.closed") == 1
