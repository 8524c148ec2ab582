"""Is every figure that Insight prints what the journal says?

    python -m prove.recount [--cases 100000] [--var FOLDER] [--write FILE]

On a data folder of its own (made and removed, or FOLDER, which is kept and loaded only if it is not yet):
the clocks of every case are worked out from the journal's entries by code that imports nothing from
keepwell, and so is what became of each case; the pages about promises, work, flow, workload and what-if are
shown to a lead for the present month and the one before, the portal's to customers, and every figure on them
is held against the recount, lifelines, or 100,000 draws: as of the first full hour after all that was loaded,
and as of some days later, when the present month is young and nobody has worked since. Exit code 0 only if
none differs.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
options.add_argument("--cases", type=int, default=100_000)
options.add_argument("--var", type=Path, help="a data folder that is kept, and used again the next time")
options.add_argument("--write", type=Path, help="keep a record, as JSON")
chosen = options.parse_args()

ENDS_WITH_US = ExitStack()
os.environ["KEEPWELL_VAR"] = str(
    chosen.var.absolute()
    if chosen.var
    else ENDS_WITH_US.enter_context(tempfile.TemporaryDirectory(prefix="keepwell-recount-"))
)
os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "keepwell.config.settings"

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from psycopg.conninfo import make_conninfo  # noqa: E402

from keepwell.insight.models import WhatIf  # noqa: E402
from keepwell.insight.what_if.answering import work_out  # noqa: E402
from keepwell.kit import clock  # noqa: E402
from keepwell.operate.collecting import collect_static_files  # noqa: E402
from keepwell.operate.demo.furnishing import contact_email  # noqa: E402
from keepwell.operate.embedded.address import superuser_parameters  # noqa: E402
from keepwell.operate.embedded.using import in_use  # noqa: E402
from keepwell.people.models import User  # noqa: E402
from prove.record import ROOT, Record  # noqa: E402
from prove.recount.comparing import Faces, compare  # noqa: E402
from prove.recount.from_entries import extract  # noqa: E402

KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
LEAD = "castell@causeway.example"
# An administrator and a user of one account, and an administrator of another.
CUSTOMERS = (contact_email(0, 0), contact_email(0, 1), contact_email(3, 0))
NEWEST = "SELECT max(occurred_at) FROM keepwell_journal_entry"
# Not on the hour, so that a part of one has to be told.
LATER = timedelta(days=6, minutes=25)


def main() -> int:
    record = Record()
    with ENDS_WITH_US, in_use(settings.VAR) as place:
        load = [*KEEPWELL, "load", "--cases", str(chosen.cases), "--seed", "1"]
        subprocess.run(load, check=True, cwd=ROOT)
        collect_static_files()
        with psycopg.connect(make_conninfo(**superuser_parameters(place)), autocommit=False) as database:
            findings = found_in(database)
        connection.close_pool()  # type: ignore[attr-defined]
    wrong = [line for one in findings for line in one["wrong"]]
    print("\n".join([*wrong[:40], f"{len(wrong)} figures differ"]))
    if chosen.write:
        record.write(chosen.write, {"as_of": findings, "breaches": "tests/recount/breaches.py"})
    return 1 if wrong else 0


def found_in(database: Any) -> list[dict[str, Any]]:
    [newest] = database.execute(NEWEST).fetchone()
    first = newest.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return [found_as_of(database, at) for at in (first, first + LATER)]


def found_as_of(database: Any, at: datetime) -> dict[str, Any]:
    # What a year says is kept for a day; it has to be as of the same instant.
    database.execute("DELETE FROM keepwell_service_levels_yearbehind")
    database.commit()
    began = time.monotonic()
    recounted = extract(database, int(at.timestamp()))
    told = time.monotonic()
    found = asdict(compare(database, recounted, _faces(at)))
    print({name: value for name, value in found.items() if name != "by_name"}, flush=True)
    return {
        "at": at.isoformat(),
        "cases": recounted.cases,
        "clocks_of_all_time": len(recounted.clocks),
        "entries": dict(sorted(recounted.entries.items())),
        "unhandled": dict(recounted.unhandled),
        **found,
        "seconds": {
            "recount": round(told - began, 1),
            "pages_and_estimates": round(time.monotonic() - told, 1),
        },
    }


def _faces(at: datetime) -> Faces:
    logging.disable(logging.INFO)
    return Faces(
        lead=_asked_by(LEAD, at), customer=lambda email: _asked_by(email, at), customers=list(CUSTOMERS)
    )


def _asked_by(email: str, at: datetime) -> Any:
    client = Client()
    client.force_login(User.objects.get(email=email))

    def ask(address: str) -> str:
        with override_settings(ALLOWED_HOSTS=["*"], KEEPWELL_TEST_CLOCK=True), clock.standing_at(at):
            answer = client.get(address)
            # What a worker would do meanwhile.
            asked = list(WhatIf.objects.filter(answer__isnull=True).values_list("pk", flat=True))
            for one in asked:
                work_out(one)
            answer = client.get(address) if asked else answer
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} from {address}")
        return answer.content.decode()

    return ask


if __name__ == "__main__":
    sys.exit(main())
