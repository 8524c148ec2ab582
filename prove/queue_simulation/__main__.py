"""Runs parameters.toml: what each way to choose the next case kept, and the gain by consequence."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from prove.queue_simulation.judging import judge
from prove.record import Record

PARAMETERS = Path(__file__).with_name("parameters.toml")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trial", action="store_true", help="the seeds that the rule was tried out on")
    parser.add_argument("--write", type=Path, help="keep a record, as JSON")
    options = parser.parse_args()
    parameters = tomllib.loads(PARAMETERS.read_text(encoding="utf-8"))
    record, runs = Record(), parameters["runs"]
    kind = "trial_" if options.trial else ""
    found = judge(parameters, first_seed=runs[f"{kind}first_seed"], seeds=runs[f"{kind}seeds"])
    print(json.dumps(found, indent=1))
    if options.write:
        record.write(options.write, {"parameters": parameters, "by_load": found})
    return 0


if __name__ == "__main__":
    sys.exit(main())
