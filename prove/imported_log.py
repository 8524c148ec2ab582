"""Another desk's log with every fault in it, killed while it comes in: is all of it in, and nothing twice?

    python -m prove.imported_log [--cases 4000] [--kills 5] [--seed 1] [--write FILE]

The same log is brought into two new installations by the command as an operator types it. It is tried first:
every refusal, with its line, has to be the one that was planted there, and nothing may be kept. Into one it
comes undisturbed. In the other the command is killed with SIGKILL in the middle of writing, again and again,
and typed once more each time; then both have to hold the same cases, entries and clocks. The clocks of a few
cases are held against what was worked out on paper, all of them against a replay, and nobody may have been
told of anything.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from keepwell.imports.logs.tests import by_hand, faulty_log
from keepwell.operate.embedded.using import in_use
from prove.kills import conninfo
from prove.record import ROOT, Record

KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
INIT = {
    "vendor": "Causeway Works",
    "sender": "help@causeway.example",
    "zone": "America/Chicago",
    "country": "US",
    "administrator-name": "Ada Vance",
    "administrator-email": "ada@causeway.example",
}
# Rows of a chunk are on their way: nothing of it is there for anybody else yet.
AMID_COPY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE backend_xid IS NOT NULL AND state = 'active' AND query LIKE 'COPY "keepwell%'
"""
IMPORTED = "SELECT count(*) FROM keepwell_imports_importedcase"
# Nothing here tells an id, nor when it was brought in: two installations can be held against one another.
CONTENTS = {
    "cases": """
        SELECT i.external, i.part, i.events, i.through_at, c.subject, c.severity, c.state, c.level, c.tags,
               c.is_imported, c.is_private, c.opened_at, c.resolved_at, c.closed_at, c.version
        FROM keepwell_imports_importedcase i JOIN keepwell_cases_case c ON c.id = i.case_id
    """,
    "entries": """
        SELECT i.external, i.part, e.kind, e.occurred_at, e.actor_kind, e.facts ->> 'to_severity',
               e.facts ->> 'level', e.facts ->> 'reopenable_until',
               rank() OVER (PARTITION BY i.case_id ORDER BY e.id)
        FROM keepwell_imports_importedcase i
        JOIN keepwell_journal_entrysubject s ON s.kind = 'case' AND s.subject_id = i.case_id
        JOIN keepwell_journal_entry e ON e.id = s.entry_id
    """,
    "clocks": """
        SELECT i.external, i.part, k.metric, k.severity, k.run, k.started_at, k.due_at, k.state, k.missed_at,
               k.stopped_at, k.ended_at, k.pauses
        FROM keepwell_imports_importedcase i JOIN keepwell_service_levels_clock k ON k.case_id = i.case_id
    """,
    "stays": """
        SELECT i.external, i.part, t.level, t.entered_at, t.left_at
        FROM keepwell_imports_importedcase i JOIN keepwell_cases_levelstay t ON t.case_id = i.case_id
    """,
}
# Each has to be 0: what is half there, and what somebody would be told.
NOTHING_OF = {
    "cases_without_their_log": """
        SELECT count(*) FROM keepwell_cases_case c
        WHERE NOT EXISTS (SELECT FROM keepwell_imports_importedcase i WHERE i.case_id = c.id)
    """,
    "cases_without_opening": """
        SELECT count(*) FROM keepwell_cases_case c WHERE 1 <> (
            SELECT count(*) FROM keepwell_journal_entrysubject s
            JOIN keepwell_journal_entry e ON e.id = s.entry_id AND e.kind = 'case.opened'
            WHERE s.kind = 'case' AND s.subject_id = c.id)
    """,
    "cases_without_clocks": """
        SELECT count(*) FROM keepwell_cases_case c
        WHERE NOT EXISTS (SELECT FROM keepwell_service_levels_clock k WHERE k.case_id = c.id)
    """,
    "mails": "SELECT count(*) FROM keepwell_outbox_outgoing",
    "entries_of_misses_and_warnings": """
        SELECT count(*) FROM keepwell_journal_entry WHERE kind LIKE 'clock.%'
    """,
}


class Installation:
    """A data folder with its server up, and the `keepwell` command on it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        names = ("KEEPWELL_", "DJANGO_", "DATABASE_URL")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(names)}
        self.knobs = kept | {"KEEPWELL_VAR": str(var), "KEEPWELL_LOG": "plain"}

    def begin(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*KEEPWELL, *words],
            cwd=ROOT,
            env=self.knobs,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def word(self, *words: str) -> str:
        """What the word said. Errors: RuntimeError unless it ended well."""
        process = self.begin(*words)
        said, _nothing = process.communicate()
        if process.returncode:
            raise RuntimeError(f"keepwell {words[0]}: {said}")
        return said

    def found(self) -> None:
        told = [text for name, value in INIT.items() for text in (f"--{name}", value)]
        self.word("init", *told, "--make-password")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(conninfo(self.var), autocommit=True) as connection:
            connection.execute("SET timezone = 'UTC'")
            return connection.execute(query).fetchall()

    def count(self, query: str) -> int:
        return int(self.rows(query)[0][0])

    def comes_to(self, query: str, *, while_runs: subprocess.Popen[str]) -> bool:
        """Waits until the query counts something; False if the process ended before it did."""
        with psycopg.connect(conninfo(self.var), autocommit=True) as connection:
            while while_runs.poll() is None:
                counted = connection.execute(query).fetchone()
                if counted and counted[0]:
                    return True
        return False

    def contents(self) -> dict[str, tuple[int, str]]:
        """Rows and hash of everything that came in."""
        found = {}
        for name, query in CONTENTS.items():
            rows = sorted(map(repr, self.rows(query)))
            found[name] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return found

    def half_done(self) -> dict[str, int]:
        return {name: self.count(query) for name, query in NOTHING_OF.items()}


def tried(here: Installation, words: tuple[str, ...], known: faulty_log.Known) -> dict[str, object]:
    """The trial, against what was known beforehand."""
    said = here.word(*words)
    refused = {int(line): words for line, words in re.findall(r"^line (\d+): (.*)$", said, re.MULTILINE)}
    wrong = [line for line in refused.keys() | known.refused if not _is_said(line, refused, known)]
    expected = [
        f"{known.cases} new cases, {known.events} events",
        f"{known.twice} rows say again",
        f"{known.moved} rows of",
    ]
    return {
        "rows_refused": len(refused),
        "refused_otherwise_than_planted": len(wrong),
        "sentences_missing": [sentence for sentence in expected if sentence not in said],
        "kept_by_the_trial": here.count(IMPORTED) + here.count("SELECT count(*) FROM keepwell_cases_case"),
    }


def _is_said(line: int, refused: dict[int, str], known: faulty_log.Known) -> bool:
    return line in refused and line in known.refused and known.refused[line] in refused[line]


def killed(here: Installation, words: tuple[str, ...], kills: int, seed: int) -> dict[str, object]:
    """The command, killed while it writes and typed again, until it was killed so often; then to its end."""
    chance = random.Random(seed)
    there: list[int] = []
    amid_copy = half_done = 0
    for number in range(kills):
        process = here.begin(*words)
        before = here.count(IMPORTED)
        while process.poll() is None and here.count(IMPORTED) == before:
            time.sleep(0.02)
        # A chunk is in by now, and the next one under way.
        if number % 2:
            time.sleep(chance.uniform(0, 1.5))
        else:
            amid_copy += here.comes_to(AMID_COPY, while_runs=process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if process.returncode == -signal.SIGKILL:
            there.append(here.count(IMPORTED))
            half_done += sum(here.half_done().values())
    here.word(*words)
    return {
        "kills_while_writing": len(there),
        "kills_amid_copy": amid_copy,
        "cases_there_at_each": there,
        "half_done_at_a_kill": half_done,
    }


def play(folder: Path, cases: int, kills: int, seed: int) -> dict[str, object]:
    known = faulty_log.make(cases, seed, more=by_hand.ROWS)
    log, mapping = folder / "log.csv", folder / "map.toml"
    log.write_bytes(known.content)
    mapping.write_text(faulty_log.MAP)
    try_it = ("import", "log", str(log), "--mapping", str(mapping))
    apply_it = (*try_it, "--apply")
    left, right = Installation(folder / "undisturbed"), Installation(folder / "killed")
    with in_use(left.var), in_use(right.var):
        left.found()
        right.found()
        findings = tried(left, try_it, known)
        began = time.monotonic()
        left.word(*apply_it)
        took = time.monotonic() - began
        findings |= killed(right, apply_it, kills, seed)
        again = right.word(*apply_it)
        here, there = left.contents(), right.contents()
        doctor = right.word("doctor", "clocks")
        return {
            "cases": known.cases,
            "rows": known.content.count(b"\n") - 1,
            "seed": seed,
            "events": known.events,
            "rows_twice": known.twice,
            "rows_out_of_order": known.moved,
            **findings,
            "undisturbed_seconds": round(took, 1),
            "brought_in": {name: count for name, (count, _digest) in here.items()},
            "differing_from_the_undisturbed": [name for name in here if here[name] != there[name]],
            "again_brings_nothing": "Nothing comes in." in again,
            "left_half_done_or_told": right.half_done(),
            "clocks_checked_by_hand": sum(map(len, by_hand.CLOCKS.values())),
            "clocks_otherwise_than_on_paper": by_hand.differences(right.rows(by_hand.CLOCKS_OF)),
            "clocks_otherwise_than_replayed": 0 if "differences 0" in doctor else doctor,
        }


def is_proved(findings: dict[str, Any]) -> bool:
    """Whether everything that has to be nothing is, and enough was done to say so."""
    left = findings["left_half_done_or_told"]
    nothing = (
        "refused_otherwise_than_planted",
        "sentences_missing",
        "kept_by_the_trial",
        "half_done_at_a_kill",
        "differing_from_the_undisturbed",
        "clocks_otherwise_than_on_paper",
        "clocks_otherwise_than_replayed",
    )
    is_clean = not any(findings[name] for name in nothing) and not any(left.values())
    return is_clean and findings["again_brings_nothing"] and bool(findings["kills_amid_copy"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m prove.imported_log", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=4000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="keep a record, as JSON")
    asked = parser.parse_args()
    record = Record()
    with TemporaryDirectory(prefix="keepwell imported log ") as folder:
        Path(folder).chmod(0o711)
        findings = play(Path(folder), asked.cases, asked.kills, asked.seed)
    print(*(f"{name}: {found}" for name, found in findings.items()), sep="\n")
    if asked.write:
        record.write(asked.write, findings)
    return 0 if is_proved(findings) else 1


if __name__ == "__main__":
    sys.exit(main())
