"""5,000 random questions, each answered by Keepwell and by an oracle that shares no code with it."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from keepwell.calendars.tests.oracle import Oracle
from keepwell.calendars.tests.random_calendars import (
    UNITS,
    random_amount,
    random_calendar,
    random_instant,
)
from keepwell.calendars.working_time import WorkingTime

CALENDARS, QUESTIONS = 125, 10
assert CALENDARS * len(UNITS) * QUESTIONS == 5000


def epoch(instants):
    return np.array([int(at.timestamp()) for at in instants], dtype=np.int64)


def instants(seconds):
    return [datetime.fromtimestamp(int(second), UTC) for second in seconds]


def ask_everything(working_time, oracle, rng, calendar, unit, questions):
    """Questions of one unit under one amount, one by one and as arrays, against the oracle."""
    amount = random_amount(rng, unit)
    starts = [random_instant(rng, calendar) for _ in range(questions)]
    dues = [oracle.due(start, amount, unit) for start in starts]
    paused = [start + (due - start) * rng.random() for start, due in zip(starts, dues, strict=True)]
    paused = [at.replace(microsecond=0) for at in paused]
    resumed = [at + timedelta(seconds=rng.randint(0, 10 ** rng.randint(1, 6))) for at in paused]
    pauses = list(zip(paused, resumed, dues, strict=True))
    later = [oracle.resume(*pause, unit) for pause in pauses]
    spans = list(zip(starts, resumed, strict=True))
    expected = {
        "due": dues,
        "resume": later,
        "remaining": [oracle.remaining(at, due, unit) for at, _, due in pauses],
        "open_seconds": [oracle.open_seconds(*span) for span in spans],
        "is_open": [oracle.is_open(at) for at in starts],
        "next_opening": [oracle.next_opening(at) for at in starts],
    }
    one_by_one = {
        "due": [working_time.due(start, amount, unit) for start in starts],
        "resume": [working_time.resume(*pause, unit) for pause in pauses],
        "remaining": [working_time.remaining(at, due, unit) for at, _, due in pauses],
        "open_seconds": [working_time.open_seconds(*span) for span in spans],
        "is_open": [working_time.is_open(at) for at in starts],
        "next_opening": [working_time.next_opening(at) for at in starts],
    }
    at, halted, gone_on, ends = (
        epoch(starts),
        epoch(paused),
        epoch(resumed),
        epoch(dues),
    )
    as_arrays = {
        "due": instants(working_time.due_many(at, amount, unit)),
        "resume": instants(working_time.resume_many(halted, gone_on, ends, unit)),
        "remaining": working_time.remaining_many(halted, ends, unit).tolist(),
        "open_seconds": working_time.open_seconds_many(at, gone_on).tolist(),
        "is_open": working_time.is_open_many(at).tolist(),
        "next_opening": instants(working_time.next_opening_many(at)),
    }
    about = (calendar.mapping, unit, amount, starts)
    assert one_by_one == expected, about
    assert as_arrays == expected, about


@pytest.mark.parametrize("seed", range(CALENDARS))
def test_random_questions_agree_with_the_oracle_to_the_second(seed):
    rng = Random(seed)
    calendar = random_calendar(rng)
    working_time = WorkingTime.parse(calendar.mapping)
    oracle = Oracle(calendar.mapping, calendar.first, calendar.last)
    for unit in UNITS:
        ask_everything(working_time, oracle, rng, calendar, unit, QUESTIONS)


@pytest.mark.parametrize("seed", range(8))
def test_the_year_in_which_samoa_skipped_a_day_agrees_with_the_oracle(seed):
    rng = Random(1000 + seed)
    calendar = random_calendar(rng, zone="Pacific/Apia", first_year=2011)
    working_time = WorkingTime.parse(calendar.mapping, years=(2010, 2015))
    oracle = Oracle(calendar.mapping, calendar.first, calendar.last)
    for unit in UNITS:
        ask_everything(working_time, oracle, rng, calendar, unit, QUESTIONS)


def test_the_oracle_imports_nothing_of_keepwell():
    tree = ast.parse((Path(__file__).parent / "oracle.py").read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert modules == {"dataclasses", "datetime", "decimal", "functools", "zoneinfo"}
