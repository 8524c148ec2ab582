"""Does the replay of clocks agree with the oracle on very many histories, and how fast is it?

    python -m prove.clock_histories [--histories 20000] [--seed 10000] [--write FILE]

Every history is random but repeatable (its number is its seed): every kind of entry, one or two versions
of policy and calendar, merged cases within merged cases. Each is replayed by Keepwell and told again by
the slow oracle; every clock must agree in everything. Then plain histories of about eight entries are
replayed alone, to print what one costs. Exit code 0 only if none differs.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random
from statistics import fmean
from time import perf_counter

from keepwell.service_levels.replay import read_history, replay
from keepwell.service_levels.replay_shape import read_instant, read_terms
from keepwell.service_levels.tests.random_histories import random_history
from keepwell.service_levels.tests.test_replay_oracle import by_oracle, by_replay, comparable
from prove.record import Record

TIMED_CASES = 2_000
TIMED_ENTRIES = range(7, 10)
_TOLD = 5_000


def differing(first: int, count: int) -> tuple[list[int], Counter[str], Counter[str]]:
    """The seeds on which the two disagree; beside them how often each state and each kind occurred."""
    wrong: list[int] = []
    states: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for seed in range(first, first + count):
        mapping = random_history(Random(seed))
        mine, others = by_replay(mapping), comparable(by_oracle(mapping))
        if not _agree(mine, others):
            wrong.append(seed)
            print(f"seed {seed} differs", flush=True)
        states.update(f"{row['metric']} {row['state']}" for row in mine.values())
        kinds.update(entry["kind"] for entry in mapping["entries"])
        if (seed - first + 1) % _TOLD == 0:
            print(f"{seed - first + 1} histories, {len(wrong)} differ", flush=True)
    return wrong, states, kinds


def _agree(mine: dict, others: dict) -> bool:
    for key, row in others.items():
        if row["void_by"] == "spam" and key in mine:
            row["ended"] = row["ended"] or mine[key]["ended"]
    return mine == others


def microseconds_per_case() -> dict[str, float]:
    """The cost of replaying a case of seven to nine entries: the mean, and of how many clocks."""
    cases = list(_ready(Random(0)))
    for facts, terms_at, as_of in cases:
        replay(facts, terms_at=terms_at, as_of=as_of)
    began = perf_counter()
    clocks = [len(replay(facts, terms_at=terms_at, as_of=as_of)) for facts, terms_at, as_of in cases]
    spent = perf_counter() - began
    return {
        "microseconds_per_case": round(spent / len(cases) * 1e6, 1),
        "entries_per_case": round(fmean(len(case[0]) for case in cases), 1),
        "clocks_per_case": round(fmean(clocks), 1),
        "seconds_per_100000_cases": round(spent / len(cases) * 1e5, 1),
    }


def _ready(rng: Random):
    found = 0
    while found < TIMED_CASES:
        mapping = random_history(rng, rare=False)
        if len(mapping["entries"]) in TIMED_ENTRIES:
            found += 1
            terms_at = _shared_terms(mapping)
            yield read_history(mapping["entries"], terms_at), terms_at, read_instant(mapping["as_of"])


_terms: dict[str, object] = {}


def _shared_terms(mapping):
    # As in production, where a version is prepared once a process and not once a case.
    mapping = {"policies": mapping["policies"][:1]}
    return _terms.setdefault(repr(mapping), read_terms(mapping))


def main(words: list[str] | None = None) -> int:
    """Compare, measure, print, and say whether all agreed."""
    parser = argparse.ArgumentParser(prog="python -m prove.clock_histories", description=__doc__)
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=10_000, help="seed of the first history")
    parser.add_argument("--write", type=Path, help="keep a record of the outcome, as JSON")
    asked = parser.parse_args(words)
    record = Record()
    wrong, states, kinds = differing(asked.seed, asked.histories)
    speed = microseconds_per_case()
    print(f"{asked.histories} histories, {states.total()} clocks, {len(wrong)} differ")
    print(", ".join(f"{name} {value}" for name, value in speed.items()))
    if asked.write:
        findings = {
            "histories": asked.histories,
            "first_seed": asked.seed,
            "clocks": states.total(),
            "differing_seeds": wrong,
            "clocks_by_metric_and_state": dict(sorted(states.items())),
            "entries_by_kind": dict(sorted(kinds.items())),
            "speed": speed,
        }
        record.write(asked.write, findings)
    return 0 if asked.histories and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
