"""Does `keepwell doctor clocks` find nothing on many cases, and exactly what was changed behind its back?

    python -m prove.doctor [--cases 100000] [--var FOLDER] [--write FILE]

On a data folder of its own (made and removed, or FOLDER, which is kept and loaded only if it is not yet):
the doctor finds 0 differences. Then, as the database's superuser: one due is moved, one clock deleted, one
entry's time changed with the journal's guard off. Now it has to name these three cases and no other, the
first two with one line each. At the end all three are put back. Exit code 0 only if all of that held.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
options.add_argument("--cases", type=int, default=100_000)
options.add_argument("--var", type=Path, help="a data folder that is kept, and used again the next time")
options.add_argument("--write", type=Path, default=Path("docs/proof/doctor.json"))
chosen = options.parse_args() if __name__ == "__main__" else options.parse_args([])

ENDS_WITH_US = ExitStack()
VAR = (
    chosen.var.absolute()
    if chosen.var
    else Path(ENDS_WITH_US.enter_context(tempfile.TemporaryDirectory(prefix="keepwell-doctor-")))
)
os.environ["KEEPWELL_VAR"] = str(VAR)
os.environ.pop("DATABASE_URL", None)

import psycopg  # noqa: E402
from psycopg.conninfo import make_conninfo  # noqa: E402
from psycopg.rows import dict_row  # noqa: E402
from psycopg.types.json import Jsonb  # noqa: E402

from keepwell.operate.embedded.address import superuser_parameters  # noqa: E402
from keepwell.operate.embedded.using import in_use  # noqa: E402
from prove.record import ROOT, Record  # noqa: E402

KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
NAMED = re.compile(r"Case #(\d+): (\w+), started by entry (\d+), (.*)\.")
CLOCKS = """
    SELECT k.id, k.metric, k.started_by, c.number FROM keepwell_service_levels_clock k
    JOIN keepwell_cases_case c ON c.id = k.case_id
    WHERE k.metric = 'resolution' AND k.state = 'met' ORDER BY k.id OFFSET %s LIMIT 1"""
CONTACT = """
    SELECT e.id, c.number FROM keepwell_service_levels_clock k
    JOIN keepwell_cases_case c ON c.id = k.case_id
    JOIN keepwell_journal_entry e ON e.id = k.stopped_by AND e.kind = 'message.sent'
    WHERE k.metric = 'initial_contact' AND k.state = 'met' ORDER BY k.id DESC OFFSET 40 LIMIT 1"""
MOVE_ENTRY = """
    ALTER TABLE keepwell_journal_entry DISABLE TRIGGER USER;
    UPDATE keepwell_journal_entry SET occurred_at = occurred_at + '{}'::interval WHERE id = {};
    ALTER TABLE keepwell_journal_entry ENABLE TRIGGER USER"""


def main() -> int:
    record = Record()
    with ENDS_WITH_US, in_use(VAR) as place:
        began = time.monotonic()
        subprocess.run([*KEEPWELL, "load", "--cases", str(chosen.cases), "--seed", "1", "--longest", "300"],
                       check=True, cwd=ROOT)  # fmt: skip
        loaded = round(time.monotonic() - began, 1)
        with psycopg.connect(
            make_conninfo(**superuser_parameters(place)), autocommit=True, row_factory=dict_row
        ) as database:
            before, when_whole = examined()
            changed = change(database)
            try:
                after, when_changed = examined()
            finally:
                put_back(database, changed)
            again, when_put_back = examined()
            counted = _one(database, "SELECT count(*) AS cases FROM keepwell_cases_case")
            clocks = _one(database, "SELECT count(*) AS clocks FROM keepwell_service_levels_clock")
    wrong = wrongs(before, after, again, changed)
    findings = {
        **counted,
        **clocks,
        "load_seconds": loaded,
        "doctor_seconds": {
            "whole": when_whole,
            "changed": when_changed,
            "put back": when_put_back,
        },
        "differences_before": len(before),
        "changed": [
            {name: value for name, value in one.items() if name != "row"} for one in changed.values()
        ],
        "named": after,
        "differences_when_put_back": len(again),
        "wrong": wrong,
    }
    record.write(chosen.write, findings)
    print(findings)
    return 1 if wrong else 0


def examined() -> tuple[list[str], float]:
    """What the doctor names, and how long it took, the start of a process included."""
    began = time.monotonic()
    answer = subprocess.run(
        [*KEEPWELL, "doctor", "clocks"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(answer.stdout[-600:], flush=True)
    if "clocks:" not in answer.stdout:
        raise RuntimeError(answer.stderr[-2000:])
    named = [line.strip() for line in answer.stdout.splitlines() if line.startswith("  ")]
    return named, round(time.monotonic() - began, 1)


def change(database: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
    """Three things that no verb does; what is needed to name them and to put them back."""
    due, gone = _one(database, CLOCKS, 10), _one(database, CLOCKS, 500)
    contact = _one(database, CONTACT)
    database.execute(
        "UPDATE keepwell_service_levels_clock SET due_at = due_at + interval '1 hour' WHERE id = %s",
        [due["id"]],
    )
    [deleted] = database.execute(
        "DELETE FROM keepwell_service_levels_clock k WHERE id = %s RETURNING to_jsonb(k) AS row", [gone["id"]]
    ).fetchall()
    database.execute(MOVE_ENTRY.format("7 seconds", contact["id"]))
    return {"due": due, "gone": {**gone, **deleted}, "entry": contact}


def put_back(database: psycopg.Connection[Any], changed: dict[str, dict[str, Any]]) -> None:
    database.execute(
        "UPDATE keepwell_service_levels_clock SET due_at = due_at - interval '1 hour' WHERE id = %s",
        [changed["due"]["id"]],
    )
    database.execute(
        "INSERT INTO keepwell_service_levels_clock"
        " SELECT * FROM jsonb_populate_record(NULL::keepwell_service_levels_clock, %s)",
        [Jsonb(changed["gone"]["row"])],
    )
    database.execute(MOVE_ENTRY.format("-7 seconds", changed["entry"]["id"]))


def wrongs(
    before: list[str], after: list[str], again: list[str], changed: dict[str, dict[str, Any]]
) -> list[str]:
    """What the doctor did not say as it should; empty if all is well."""
    named = [found.groups() for line in after if (found := NAMED.match(line))]
    due, gone, entry = changed["due"], changed["gone"], changed["entry"]
    lines = {key: [one for one in named if int(one[0]) == changed[key]["number"]] for key in changed}
    checks = {
        "differences before anything was changed": not before,
        "a line was not understood": len(named) == len(after),
        "the moved due is not named as that alone": lines["due"]
        == [(str(due["number"]), due["metric"], str(due["started_by"]), "differs in due_at")],
        "the deleted clock is not named as that alone": lines["gone"]
        == [(str(gone["number"]), gone["metric"], str(gone["started_by"]), "is missing")],
        "the changed entry's case is not named": bool(lines["entry"]),
        "another case is named": {int(one[0]) for one in named}
        == {due["number"], gone["number"], entry["number"]},
        "differences after all was put back": not again,
    }
    return [words for words, holds in checks.items() if not holds]


def _one(database: psycopg.Connection[Any], query: str, *given: Any) -> dict[str, Any]:
    [row] = database.execute(query, given or None).fetchall()
    return dict(row)


if __name__ == "__main__":
    sys.exit(main())
