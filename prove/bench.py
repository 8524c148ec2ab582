"""How quick is Keepwell with many cases and with very many, beside a bare view and pgbench on this machine?

    python -m prove.bench [--cases 100000 1000000] [--var FOLDER] [--times 40] [--write FILE]

Each size has a data folder of its own, made and removed; with --var they are kept as FOLDER/N and used again.
What is measured stands in `prove.bench_site.at_size`. Prints the table and each bar of the first issue, held
or not; exit code 0 if the run ended, whatever they say.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prove.record import ROOT, Record

LISTS = ("open list, first page", "open list, far down", "all list, first page", "all list, after row 49,950")
PAGES = ("case page, 3 messages", "case page, 300 messages")
BARE, SUBMIT = "bare view", "submit by the portal form"

Found = Mapping[str, Any]


def measured(cases: int, chosen: argparse.Namespace) -> Found:
    """One size, in a process of its own: settings are read once."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "found.json"
        command = [sys.executable, "-m", "prove.bench_site.at_size", "--cases", cases, "--write", answer]
        command += ["--times", chosen.times]
        command += ["--var", chosen.var.absolute() / str(cases)] if chosen.var else []
        subprocess.run(list(map(str, command)), cwd=ROOT, check=True)
        found: Found = json.loads(answer.read_text())
        return found


def median_ms(found: Found, name: str) -> float:
    """By one client."""
    return float(found["timings"][name][0]["p50"])


def bars(few: Found, many: Found) -> dict[str, tuple[Any, bool]]:
    """Each bar in words: what was measured, and whether it holds."""
    slowest = max(median_ms(few, name) for name in LISTS)
    growth = max(round(median_ms(many, name) / median_ms(few, name), 2) for name in LISTS)
    found: dict[str, tuple[Any, bool]] = {
        f"lists under 28 ms at {few['cases']:,} cases": (slowest, slowest < 28),
        f"lists at {many['cases']:,} at most 1.5 times that": (growth, growth <= 1.5),
    }
    for one in (few, many):
        at = f"at {one['cases']:,}"
        page = max(round(median_ms(one, name) / median_ms(one, BARE), 1) for name in PAGES)
        queries = [one["statements"][name]["statements"] for name in PAGES]
        found |= {
            f"case page at most 12 bare views {at}": (page, page <= 12),
            f"case page at most 20 queries, with 300 messages as with 3, {at}": (
                queries,
                max(queries) <= 20 and queries[0] == queries[1],
            ),
            **_submit_bars(one, at),
            **_mail_bars(one, at),
        }
    return {**found, **_attainment_bars(many), **_work_bars(many)}


def _attainment_bars(many: Found) -> dict[str, tuple[Any, bool]]:
    at, found = f"at {many['cases']:,}", many["attainment"]
    page = many["timings"]["guideline page"][0]["p95"]
    right = many["right_after_a_new_case"]["seconds"]
    measured = {
        f"attainment of all guidelines over a year under 5 s {at}": (
            found["all_guidelines_over_a_year_seconds"],
            5,
        ),
        f"guideline page p95 under 300 ms {at}": (page, 300),
        f"its figure right within 2 s of a new case {at}": (right if right is not None else 31, 2),
        f"full replay from the entries under 180 s {at}": (found["full_replay_seconds"], 180),
        f"what-if on one month under 10 s {at}": (found["what_if_on_a_month_seconds"], 10),
        f"memory of a process under 2,048 MiB {at}": (found["largest_process_mib"], 2048),
    }
    return {words: (value, value < most) for words, (value, most) in measured.items()}


def _work_bars(many: Found) -> dict[str, tuple[Any, bool]]:
    at, job = f"at {many['cases']:,}", many["job_of_stakes"]
    found: dict[str, tuple[Any, bool]] = {}
    for name in many["pages_about_work"]:
        page = many["timings"][name][0]["p95"]
        found[f"{name} p95 under 300 ms {at}"] = (page, page < 300)
    account = many["timings"]["account page"][0]["p95"]
    return {
        **found,
        f"account page p95 under 200 ms {at}": (account, account < 200),
        f"the job of stakes under 30 s {at}": (job["seconds"], job["seconds"] < 30),
        f"its memory under 500 MiB {at}": (job["process_mib"], job["process_mib"] < 500),
    }


def _mail_bars(one: Found, at: str) -> dict[str, tuple[Any, bool]]:
    """Beside bare rows and bare views of the same run: the rates of issue 4 are those of a quiet machine."""
    mail, bare = one["mail"], one["timings"][BARE][0]["per_second"]
    together = mail["taken"]["20_a_commit_per_second"]
    alone = mail["taken"]["one_a_commit_per_second"]
    parts = {
        f"mail kept, one a commit, at least 1/4 of bare rows {at}": (mail["bare_rows_per_second"] / alone, 4),
        f"mail into cases by one worker, at least 1/6 of bare views {at}": (
            bare / mail["seen_per_second_by_1"],
            6,
        ),
    }
    rates = {
        f"mail kept, 20 a commit, at least 300 a second {at}": (together, 300),
        f"mail into cases by one worker, at least 40 a second {at}": (mail["seen_per_second_by_1"], 40),
        f"mail into cases by two workers, at least 70 a second {at}": (mail["seen_per_second_by_2"], 70),
    }
    waits = mail["backlog"]["newcomer_seconds_p95"]
    return {
        **{words: (f"1/{part:.1f}", part <= most) for words, (part, most) in parts.items()},
        **{words: (rate, rate >= least) for words, (rate, least) in rates.items()},
        f"a new mail before {mail['backlog']['piled_up']:,} piled up is a case within 2 s, p95, {at}": (
            waits,
            waits <= 2,
        ),
    }


def _submit_bars(one: Found, at: str) -> dict[str, tuple[Any, bool]]:
    found = {}
    for place, part in ((0, 8), (1, 10)):
        bare, submit = one["timings"][BARE][place], one["timings"][SUBMIT][place]
        times = round(bare["per_second"] / submit["per_second"], 1)
        words = f"submit at least 1/{part} of the bare view's rate, {submit['clients']} clients, {at}"
        found[words] = (f"1/{times}", times <= part)
    return found


def print_table(found: Found) -> None:
    print(f"\n{found['cases']} cases, {found['messages']} messages; PostgreSQL {found['postgresql']}")
    print("| work | clients | p50 / p95 ms | a second | bare views |\n|---|---|---|---|---|")
    for name, timings in found["timings"].items():
        for timing, bare in zip(timings, found["timings"][BARE], strict=True):
            print(
                f"| {name} | {timing['clients']} | {timing['p50']:.1f} / {timing['p95']:.1f}"
                f" | {timing['per_second']:.0f} | {timing['p50'] / bare['p50']:.1f} |"
            )
    for clients, rate in found["pgbench_per_second"].items():
        print(f"| pgbench, one insert and commit | {clients} | | {rate:.0f} | |")
    print(f"Statements: {found['statements']}")
    print(f"Memory, PSS MiB of each web worker after all this: {found['memory_pss_mib_per_web_worker']}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--cases", type=int, nargs=2, default=[100_000, 1_000_000], metavar="N")
    options.add_argument("--var", type=Path, help="keep the data folders here, and use them again")
    options.add_argument("--times", type=int, default=40, help="requests of each client")
    options.add_argument("--write", type=Path, default=ROOT / "docs" / "proof" / "bench.json")
    chosen = options.parse_args()
    record = Record()
    few, many = (measured(cases, chosen) for cases in chosen.cases)
    judged = bars(few, many)
    record.write(
        chosen.write,
        {
            "bars": {words: {"measured": what, "held": held} for words, (what, held) in judged.items()},
            "sizes": [few, many],
        },
    )
    for found in (few, many):
        print_table(found)
    for words, (what, held) in judged.items():
        print(f"{'held    ' if held else 'NOT HELD'}  {words}: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
