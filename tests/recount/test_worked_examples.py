"""The recount's own arithmetic and clocks hold for every worked example of the design, to the second."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pytest

from prove.recount.clock import Measure, Terms
from prove.recount.from_entries import METRICS
from prove.recount.hours import Hours
from prove.recount.walking import Event, clocks_of, handed_over

KEEPWELL = Path(__file__).resolve().parents[2] / "keepwell"
TIMES = json.loads((KEEPWELL / "calendars/tests/vectors/business_time.json").read_text())
OPEN = {name: Hours(calendar) for name, calendar in TIMES["calendars"].items()}
STATES = {"running": "undecided", "paused": "undecided"}


def histories(name: str) -> list[dict]:
    told = json.loads((KEEPWELL / "service_levels/tests/vectors" / name).read_text())
    shared = {"calendar": told["calendar"], "policy": told["policy"]}
    return [{**shared, **history} for history in told["histories"]]


def second(text: str | None) -> int | None:
    return int(datetime.fromisoformat(text).timestamp()) if text else None


@pytest.mark.parametrize("case", TIMES["cases"], ids=lambda case: f"{case['calendar']} {case['start']}")
def test_dues_of_the_design(case):
    hours, start = OPEN[case["calendar"]], second(case["start"])
    due = hours.due(start, case["amount"], case["unit"])
    assert due == second(case["due"])
    if "paused_at" in case:
        measure = Measure(case["unit"], hours)
        after = measure.resumed(second(case["paused_at"]), second(case["resumed_at"]), due)
        assert after == second(case["due_after_pause"])


@pytest.mark.parametrize(
    "history",
    [*histories("clocks.json"), *histories("own_clocks.json")],
    ids=lambda history: history["name"],
)
def test_clocks_of_the_design(history):
    terms_at, at = terms_of(history), second(history["as_of"])
    found = clocks_of(list(events_of(history["entries"], terms_at)), terms_at, at)
    assert sorted(map(row_of, found), key=str) == sorted(map(wanted, history["clocks"]), key=str)


def row_of(clock) -> tuple:
    due = None if clock.paused is not None else clock.due
    return clock.metric, clock.severity, clock.started, due, clock.free_due, clock.state, clock.stopped


def wanted(clock) -> tuple:
    times = (second(clock[name]) for name in ("started_at", "due_at", "due_without_pauses"))
    state = STATES.get(clock["state"], clock["state"])
    return clock["metric"], clock["severity"], *times, state, second(clock["stopped_at"])


@lru_cache
def hours_of(calendar: str) -> Hours:
    return Hours(json.loads(calendar))


def terms_of(history):
    found = []
    for version in history.get("policies") or [history]:
        policy = version.get("policy") or history["policy"]
        promised = {
            (metric, severity): tuple(allowance)
            for metric in METRICS
            for severity, allowance in policy.get(metric, {}).items()
        }
        pausing = frozenset(policy.get("pauses", METRICS[1:]))
        hours = hours_of(json.dumps(version.get("calendar") or history["calendar"]))
        found.append((second(version.get("from")) or 0, Terms(0, promised, pausing, hours)))
    return lambda at: [terms for since, terms in found if since <= at or terms is found[0][1]][-1]


def events_of(entries, terms_at):
    for place, entry in enumerate(entries):
        at, entered = second(entry["at"]), second(entry.get("entered_at"))
        others = ()
        if entry["kind"] == "merged_in":
            others = handed_over(list(events_of(entry["merged"], terms_at)), terms_at, at)
        yield Event(
            "undelivered" if entry["kind"] == "contact_withdrawn" else entry["kind"],
            at,
            entry.get("id", place),
            max(at, entered or at),
            entry.get("to") or entry.get("severity", ""),
            entry.get("by") == "staff",
            entry.get("live", False),
            entry.get("correction", False),
            entered is not None,
            entry.get("contact"),
            others,
        )
