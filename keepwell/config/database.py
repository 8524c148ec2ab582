"""Where the database is: a server of one's own by DATABASE_URL, else the embedded one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from keepwell.operate.embedded.address import connection_settings

# Each thread of a web or worker process may hold one connection; the pool keeps them warm and bounded
# (stack measurements: without a pool the live paths exhaust the server's connections).
POOL = {"min_size": 1, "max_size": 12, "timeout": 20}

# A server that compiles what it thinks will take long needs longer for that than for the answer: of a month
# at one level, a new connection to PostgreSQL 15 had the clocks in 2.3 s, and in 0.9 s without.
#
# It also expects a page out of order to cost four times one in order, as of a turning disk, and would rather
# read whole tables: with the cost of a disk that does not turn, Today at a million cases takes a third.
PLANNED_WITH = "-c jit=off -c random_page_cost=1.1"


def databases(url: str, var: Path) -> dict[str, Any]:
    found = dj_database_url.parse(url) if url else connection_settings(var)
    given = found.get("OPTIONS", {})
    asked = " ".join([given["options"], PLANNED_WITH] if given.get("options") else [PLANNED_WITH])
    options = {**given, "options": asked, "pool": POOL}
    return {
        "default": {
            **found,
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": 0,
            "OPTIONS": options,
        }
    }
