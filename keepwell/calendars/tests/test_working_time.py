"""Working time against worked examples, and the rules one by one."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from keepwell.calendars.working_time import (
    AllowanceError,
    InstantError,
    NeverOpensAgain,
    OutsidePreparedYears,
    WorkingTime,
)

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "business_time.json").read_text()
)
CALENDARS = {
    name: WorkingTime.parse(mapping) for name, mapping in VECTORS["calendars"].items()
}


def utc(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.parametrize(
    "example",
    VECTORS["cases"],
    ids=lambda e: f"{e['calendar']}-{e['unit']}-{e['start']}",
)
def test_every_worked_example_holds_to_the_second(example):
    calendar = CALENDARS[example["calendar"]]
    due = calendar.due(utc(example["start"]), example["amount"], example["unit"])
    assert due == utc(example["due"])
    if "paused_at" in example:
        pause = utc(example["paused_at"]), utc(example["resumed_at"])
        assert calendar.resume(*pause, due, example["unit"]) == utc(
            example["due_after_pause"]
        )
