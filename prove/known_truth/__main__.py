"""Runs every simulation of parameters.toml: attainment, a degraded week, outlook."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from prove.known_truth.attainments import judge_degraded, judge_windows
from prove.known_truth.outlooks import judge_outlooks
from prove.record import Record

PARAMETERS = Path(__file__).with_name("parameters.toml")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="keep a record, as JSON")
    options = parser.parse_args()
    parameters = tomllib.loads(PARAMETERS.read_text())
    record = Record()
    found = {
        "attainment": judge_windows(parameters),
        "degraded_week": judge_degraded(parameters),
        "outlook": judge_outlooks(parameters),
    }
    print(json.dumps(found, indent=1))
    wrong = [*found["attainment"]["wrong"], *found["outlook"]["wrong"]]
    if options.write:
        record.write(options.write, {"parameters": parameters, **found})
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
