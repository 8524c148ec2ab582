"""Random histories, each replayed by Keepwell and told again by an oracle that shares no code with it."""

import ast
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels.replay import read_history, replay, replay_mapping
from keepwell.service_levels.replay_shape import read_instant, read_terms
from keepwell.service_levels.tests import clock_oracle
from keepwell.service_levels.tests.clock_oracle import EPOCH, Oracle, minute, strip_of
from keepwell.service_levels.tests.random_histories import (
    CALENDARS,
    SHARED,
    random_history,
)

ROUNDS, HISTORIES = 10, 200


@cache
def prepared(place):
    """The strip of a calendar and a due in minutes."""
    working_time = WorkingTime.parse(CALENDARS[place])

    @cache
    def due(start, amount, unit):
        at = EPOCH + timedelta(minutes=start)
        return minute(working_time.due(at, amount, unit))

    return strip_of(CALENDARS[place]), due


def oracle_of(mapping):
    versions = []
    for version in mapping["policies"]:
        strip, due = prepared(CALENDARS.index(version["calendar"]))
        begins = minute(read_instant(version["from"])) if "from" in version else 0
        versions.append({"from": begins, "policy": version["policy"], "strip": strip, "due": due})
    return Oracle(versions)


def told(entries, oracle):
    """Entries as the oracle takes them: minutes, and what merged cases hand over."""
    rows = []
    for place, entry in enumerate(entries):
        at = minute(read_instant(entry["at"]))
        entered = entry.get("entered_at")
        known = at if entered is None else max(at, minute(read_instant(entered)))
        row = {"id": place, **entry, "at": at, "known": known}
        if "merged" in entry:
            other = oracle.handed_over(told(entry["merged"], oracle), at)
            row["carried"] = other
        rows.append(row)
    return rows


def by_oracle(mapping):
    oracle = oracle_of(mapping)
    rows = oracle.clocks(told(mapping["entries"], oracle), minute(read_instant(mapping["as_of"])))
    return {row["key"]: row for row in rows}


def minutes(at):
    return None if at is None else minute(at)


def by_replay(mapping):
    terms_at = read_terms(mapping)
    facts = read_history(mapping["entries"], terms_at)
    clocks = replay(facts, terms_at=terms_at, as_of=read_instant(mapping["as_of"]))
    return {
        (clock.metric, clock.started_by): {
            "key": (clock.metric, clock.started_by),
            "metric": clock.metric,
            "severity": clock.severity,
            "start": minute(clock.started_at),
            "due": minutes(clock.due_at),
            "free": minute(clock.due_without_pauses),
            "state": clock.state,
            "void_by": VOID_KINDS.get(clock.void_reason),
            "stopped": minutes(clock.stopped_at),
            "missed": minutes(clock.missed_at),
            "ended": minutes(clock.ended_at),
            "history": [(minute(a), minute(b)) for a, b in clock.pauses],
            "unit": clock.allowance.unit,
        }
        for clock in clocks
    }


VOID_KINDS = {"merged": "merged_away", "spam": "spam", "withdrawn": "withdrawn"}


def comparable(rows):
    return {key: {**row, "history": list(row["history"])} for key, row in rows.items()}


def assert_agree(mapping):
    mine, others = by_replay(mapping), comparable(by_oracle(mapping))
    for row in others.values():
        # A clock voided by spam ends when it ended before, or at the marking.
        if row["void_by"] == "spam":
            row["ended"] = row["ended"] or mine[row["key"]]["ended"]
    assert mine == others, mapping


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_oracle_agrees(seed):
    rng = Random(seed)
    for _ in range(HISTORIES):
        assert_agree(random_history(rng))


def test_the_oracle_agrees_with_the_design():
    whole = {"policy": SHARED["policy"], "calendar": SHARED["calendar"]}
    minutely = [h for h in SHARED["histories"] if all_on_minutes(h)]
    assert len(minutely) > 90
    for history in minutely:
        mapping = {"policies": [whole], **history}
        assert len(by_oracle(mapping)) == len(history["clocks"])
        assert_agree(mapping)
        assert replay_mapping(mapping) == history["clocks"]


def all_on_minutes(history):
    instants = [entry["at"] for entry in history["entries"]]
    return all(at.endswith(":00Z") for at in [*instants, history["as_of"]])


def test_the_oracle_imports_nothing_from_keepwell():
    tree = ast.parse(Path(clock_oracle.__file__).read_text())
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert named
    assert not [name for name in named if name and name.startswith("keepwell")]
