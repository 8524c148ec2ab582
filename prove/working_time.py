"""Many more random questions about working time than the test suite asks, against its oracle.

    python -m prove.working_time [--calendars 1000] [--first-seed 10000] [--write FILE]

Every calendar gets 40 questions, each asked alone and in an array, with a pause and its
resumption. Stops at the first answer that differs, and names calendar and question.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random

from keepwell.calendars.tests.oracle import Oracle
from keepwell.calendars.tests.random_calendars import UNITS, random_calendar
from keepwell.calendars.tests.test_working_time_oracle import QUESTIONS, ask_everything
from keepwell.calendars.working_time import WorkingTime
from prove.record import Record


def ask(seed: int) -> str:
    """Put all questions about one random calendar; the zone it lies in."""
    rng = Random(seed)
    calendar = random_calendar(rng)
    working_time = WorkingTime.parse(calendar.mapping)
    oracle = Oracle(calendar.mapping, calendar.first, calendar.last)
    for unit in UNITS:
        ask_everything(working_time, oracle, rng, calendar, unit, QUESTIONS)
    return calendar.mapping["timezone"]


def main() -> int:
    """Ask, print how much was asked, and keep the record when told to."""
    parser = argparse.ArgumentParser(prog="python -m prove.working_time", description=__doc__.splitlines()[0])
    parser.add_argument("--calendars", type=int, default=1000)
    parser.add_argument("--first-seed", type=int, default=10_000)
    parser.add_argument("--write", type=Path, help="keep a record, as JSON")
    asked = parser.parse_args()
    record = Record()
    zones = Counter(ask(seed) for seed in range(asked.first_seed, asked.first_seed + asked.calendars))
    questions = asked.calendars * len(UNITS) * QUESTIONS
    print(f"{questions} questions on {asked.calendars} calendars in {len(zones)} zones: no difference")
    if asked.write:
        findings = {
            "questions": questions,
            "first_seed": asked.first_seed,
            "differences": 0,
            "zones": dict(zones),
        }
        record.write(asked.write, findings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
