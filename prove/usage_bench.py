"""How quick is usage data: batches by HTTP, into files and counts, and metrics beside SQL written by hand.

    python -m prove.usage_bench [--events 1000000] [--parquet 9000000] [--accounts 500] [--many 10000]
        [--write FILE]

A data folder of its own, made and removed, with the embedded PostgreSQL and everything on that keeps data
safe; `keepwell serve --workers 2` as real processes on the same cores as who sends. Batches of 500 events are
answered only once they are committed; then they are counted, the rest comes as Parquet files, and the metrics
of one day of all accounts are worked out, by our expressions and by hand. Then a night of health over 10,000
more accounts with metrics of sixty days, and the page of an account over HTTP. Exit code 0 if the run ended,
whatever it says.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--events", type=int, default=1_000_000)
options.add_argument("--parquet", type=int, default=9_000_000)
options.add_argument("--accounts", type=int, default=500)
options.add_argument("--many", type=int, default=10_000, help="accounts of the night of health")
options.add_argument("--write", type=Path, default=Path("docs/proof/usage_bench.json"))
chosen = options.parse_args()

ENDS_WITH_US = ExitStack()
PORT, BATCH, SENDERS, TIMES = 8934, 500, 4, 7
os.environ["KEEPWELL_VAR"] = ENDS_WITH_US.enter_context(tempfile.TemporaryDirectory(prefix="keepwell-usage-"))
os.chmod(os.environ["KEEPWELL_VAR"], 0o711)
os.environ.pop("DATABASE_URL", None)
os.environ |= {
    "KEEPWELL_PORT": str(PORT),
    "KEEPWELL_URL": f"http://localhost:{PORT}",
    "KEEPWELL_USAGE_CALLS_PER_SECOND": "1000",
    "DJANGO_SETTINGS_MODULE": "keepwell.config.settings",
}

import django  # noqa: E402

django.setup()

import ibis  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from keepwell.customers.details import AccountDetails, DeploymentDetails  # noqa: E402
from keepwell.customers.verbs.deploying import add_deployment  # noqa: E402
from keepwell.customers.verbs.opening import open_account  # noqa: E402
from keepwell.customers.verbs.products import add_module, add_product, measure_module  # noqa: E402
from keepwell.operate.collecting import collect_static_files  # noqa: E402
from keepwell.operate.embedded.using import in_use  # noqa: E402
from keepwell.operate.words.migrate import bring_up_to_date  # noqa: E402
from keepwell.people.actors import System  # noqa: E402
from keepwell.people.models import Role  # noqa: E402
from keepwell.people.verbs.adding import add_person  # noqa: E402
from keepwell.success.health.models import HealthSnapshot  # noqa: E402
from keepwell.success.health.verbs.snapshotting import take_snapshots  # noqa: E402
from keepwell.usage.answering import COLUMNS, PAST, Answering  # noqa: E402
from keepwell.usage.metrics import METRICS  # noqa: E402
from keepwell.usage.models import Landed, RolledDay, Source, UsageDay  # noqa: E402
from keepwell.usage.parquet import COUNT, paths, table_of  # noqa: E402
from keepwell.usage.verbs.bringing_in import Upload, bring_in  # noqa: E402
from keepwell.usage.verbs.compacting import compact  # noqa: E402
from keepwell.usage.verbs.rolling import roll  # noqa: E402
from keepwell.usage.verbs.sources import NewSource, add_source  # noqa: E402
from prove import bench_client  # noqa: E402
from prove.record import ROOT, Record  # noqa: E402
from prove.usage_site.asking import ON, history, standing  # noqa: E402
from prove.usage_site.by_hand import SQL  # noqa: E402
from prove.usage_site.events import (  # noqa: E402
    CORE_OF_A_MODULE,
    EVENTS_OF_A_MODULE,
    MODULES,
    Size,
    events,
    key_of,
)
from prove.usage_site.many_accounts import many_accounts  # noqa: E402

BY = System("prove")
KEEPWELL = [sys.executable, "-m", "keepwell.operate.command"]
FILES = 9
# By hand days are numbers, not how long ago.
NUMBERED = {"account_id": "int64", "day": "int64"}
BY_HAND = {**COLUMNS, "worked": NUMBERED, "live": {"account_id": "int64", "live_day": "int64"}}


def the_vendor() -> tuple[Source, str, Source]:
    """Accounts with a deployment each, modules with their core events, and two sources."""
    product = add_product("Field", by=BY)
    modules = tuple(add_module(product, f"Module {number}", by=BY) for number in range(MODULES))
    for number, module in enumerate(modules):
        core = [f"event {number * EVENTS_OF_A_MODULE + step}" for step in range(CORE_OF_A_MODULE)]
        measure_module(module, core, 7 * (number + 1), by=BY)
    for account in range(1, chosen.accounts + 1):
        town = open_account(f"Town {account}", AccountDetails(time_zone="America/Chicago"), by=BY)
        details = DeploymentDetails(external_key=key_of(account), live_on=date(2025, 5, 1), modules=modules)
        add_deployment(town, product, details, by=BY)
    source, key = add_source(NewSource(name="App", kind="segment", product=product), by=BY)
    files, _none = add_source(NewSource(name="Lake", kind="parquet", product=product), by=BY)
    return source, key, files


def batches(table: Any) -> list[bytes]:
    """The events as software sends them: made before anything is timed."""
    found = []
    for begin in range(0, table.num_rows, BATCH):
        messages = [message(row) for row in table.slice(begin, BATCH).to_pylist()]
        found.append(json.dumps({"batch": messages, "sentAt": datetime.now(UTC).isoformat()}).encode())
    return found


def message(row: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromtimestamp(row["occurred_s"], UTC)
    return {
        "type": "track",
        "messageId": row["message_id"],
        "event": row["event"],
        "userId": row["person_key"],
        "timestamp": at.isoformat().replace("+00:00", "Z"),
        "context": {"groupId": row["group_key"], "library": {"name": "analytics-python", "version": "2.3.3"}},
        "properties": {"screen": "map", "duration_ms": row["occurred_s"] % 1000, "layer": "roads"},
    }


class Sending:
    """So many senders, each with a connection that is kept; how long each batch took, and whether all were
    taken.
    """

    def __init__(self, bodies: list[bytes], key: str) -> None:
        self._bodies, self._at = bodies, 0
        self._lock = threading.Lock()
        self._authorization = f"Basic {base64.b64encode(f'{key}:'.encode()).decode()}"
        self.seconds: list[float] = []
        self.taken = 0

    def send_all(self) -> float:
        began = time.perf_counter()
        threads = [threading.Thread(target=self._send) for _sender in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    def _send(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        headers = {
            "Authorization": self._authorization,
            "Content-Type": "application/json",
            "Host": f"localhost:{PORT}",
        }
        while (body := self._next()) is not None:
            began = time.perf_counter()
            connection.request("POST", "/v1/batch", body, headers)
            answer = connection.getresponse()
            said = json.loads(answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{answer.status}: {said}")
            with self._lock:
                self.seconds.append(time.perf_counter() - began)
                self.taken += said["taken"]

    def _next(self) -> bytes | None:
        with self._lock:
            self._at += 1
            return self._bodies[self._at - 1] if self._at <= len(self._bodies) else None


@contextmanager
def serving() -> Iterator[None]:
    server = subprocess.Popen(
        [*KEEPWELL, "serve", "--workers", "2"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _try in range(120):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.5)
        yield
    finally:
        server.terminate()
        server.wait(30)


def timed(do: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = do()
    return round(time.perf_counter() - began, 2), answer


def by_http(key: str) -> dict[str, Any]:
    bodies = batches(events(Size(events=chosen.events, accounts=chosen.accounts)))
    with serving():
        warm = Sending(bodies[:4], key)
        warm.send_all()
        sending = Sending(bodies, key)
        seconds = sending.send_all()
    assert Landed.objects.count() == sending.taken + warm.taken, "answered yes, and not kept"
    ordered = sorted(sending.seconds)
    return {
        "events": sending.taken,
        "seconds": round(seconds, 1),
        "events_per_second": round(sending.taken / seconds),
        "batch_ms_p50": round(1000 * median(ordered), 1),
        "batch_ms_p95": round(1000 * ordered[int(0.95 * len(ordered))], 1),
        "senders": SENDERS,
    }


def by_parquet(files: Source) -> dict[str, Any]:
    began = time.perf_counter()
    for number in range(FILES if chosen.parquet else 0):
        size = Size(events=chosen.parquet // FILES, accounts=chosen.accounts, seed=100 + number)
        table = events(size)
        ids = [f"f{number}-{each}" for each in table["message_id"].to_pylist()]
        made = {
            "message_id": ids,
            "event": table["event"],
            "user_id": table["person_key"],
            "group_id": table["group_key"],
            "timestamp": table["occurred_s"].cast("timestamp[s]").cast("timestamp[us]"),
        }
        place = Path(settings.VAR) / "made.parquet"
        pq.write_table(pa.table(made), place)
        bring_in(files, Upload(path=place), by=BY)
    return {"events": chosen.parquet, "seconds": round(time.perf_counter() - began, 1)}


def metrics() -> dict[str, Any]:
    """All metrics of all accounts of a day, on the counts as they are kept: ours, and by hand."""
    size = Size(events=0, accounts=chosen.accounts)
    places = paths(RolledDay.objects.exclude(place="").values_list("place", flat=True))
    stands, before = standing(size), history(size)
    con = ibis.duckdb.connect()
    counts = con.read_parquet(places).select(*COUNT)
    # Modules and deployments of the database have numbers of their own; those given are made to fit.
    stands = _fitting(
        stands, con.to_pyarrow(counts.select("deployment_id", "module_id").distinct()).to_pylist()
    )
    hers = ibis.duckdb.connect()
    for name, columns in {**BY_HAND, "history": PAST}.items():
        rows = before if name == "history" else table_of(columns, getattr(stands, name))
        hers.create_table(name, rows)
    hers.raw_sql(f"CREATE VIEW counts AS SELECT * FROM read_parquet({places!r})")
    answering = Answering(con, counts)
    hand = SQL.replace("$day", str(ON))

    def ours() -> Any:
        return answering.ask(ON, stands, before)

    def by_hand() -> Any:
        rows = hers.raw_sql(hand).fetchall()
        return {(account, metric): (above, below, basis) for metric, account, above, below, basis in rows}

    equal = ours() == by_hand()
    mine = sorted(timed(ours)[0] for _time in range(TIMES))
    theirs = sorted(timed(by_hand)[0] for _time in range(TIMES))
    con.disconnect()
    hers.disconnect()
    return {
        "rows_of_counts": UsageDay.objects.count(),
        "equal": equal,
        "ours_seconds": mine,
        "by_hand_seconds": theirs,
        "times": round(median(mine) / median(theirs), 2),
    }


def health(ids: list[int], until: datetime) -> dict[str, Any]:
    """Two nights over all live accounts, one after the other: the second has one to be held against."""
    first, many = timed(lambda: len(take_snapshots(as_of=until - timedelta(days=1), by=BY)))
    second, again = timed(lambda: len(take_snapshots(as_of=until, by=BY)))
    seen = HealthSnapshot.objects.filter(account__in=ids, as_of=until)
    assert seen.count() == len(ids), "somebody was not looked at"
    assert many == again, "one night looked at others"
    return {
        "accounts": again,
        "seconds": [first, second],
        "bands": Counter(seen.values_list("band", flat=True)),
        "changed": Counter(seen.exclude(cause="").values_list("cause", flat=True)),
    }


def account_page(ids: list[int]) -> dict[str, Any]:
    """Of forty accounts one after the other, as their success manager reads them; nothing is kept between."""
    manager = add_person(name="Sol Reyes", email="reyes@vendor.example", roles=[Role.SUCCESS_MANAGER], by=BY)
    client = Client()
    client.force_login(manager)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    collect_static_files()
    found = {}
    with serving():
        for clients in (1, 4):
            acts = [_reads_pages(bench_client.Browser(PORT, cookies), ids) for _client in range(clients)]
            bench_client.timed(acts, times=4)
            found[f"{clients} clients"] = bench_client.timed(acts, times=40).as_dict()
    return found


def _reads_pages(browser: bench_client.Browser, ids: list[int]) -> Any:
    turn = cycle(ids[:: max(len(ids) // 40, 1)])

    def act() -> Any:
        return browser.get(f"/desk/accounts/{next(turn)}/")

    return act


def _fitting(stands: Any, pairs: list[dict[str, int]]) -> Any:
    deployments = sorted({row["deployment_id"] for row in pairs})
    modules = sorted({row["module_id"] for row in pairs} - {0})
    return replace(
        stands,
        in_production=[(deployment, place) for place, deployment in enumerate(deployments, 1)],
        entitled=[(account, modules[module - 1], days) for account, module, days in stands.entitled],
    )


def main() -> int:
    record = Record()
    with ENDS_WITH_US, in_use(settings.VAR):
        bring_up_to_date()
        _source, key, files = the_vendor()
        found: dict[str, Any] = {"http": by_http(key)}
        print(found, flush=True)
        found["http"]["into_files_seconds"], _many = timed(compact)
        found["http"]["counted_seconds"], _days = timed(roll)
        print(found, flush=True)
        found["parquet"] = by_parquet(files)
        found["parquet"]["counted_seconds"], _days = timed(roll)
        print(found["parquet"], flush=True)
        found["metrics_of_a_day"] = metrics()
        print(found["metrics_of_a_day"], flush=True)
        until = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        made, ids = timed(lambda: many_accounts(chosen.many, list(METRICS), until))
        found["health"] = {"made_seconds": made, **health(ids, until)}
        print(found["health"], flush=True)
        found["account_page"] = account_page(ids)
        print(found["account_page"], flush=True)
        found["bars"] = {
            "5,000 events a second by HTTP": found["http"]["events_per_second"] >= 5000,
            "all metrics of a day under 1.5 times by hand": found["metrics_of_a_day"]["times"] < 1.5,
            "equal to those by hand": found["metrics_of_a_day"]["equal"],
            "a night of health of 10,000 accounts under 60 s": max(found["health"]["seconds"]) < 60,
            "the page of an account under 200 ms, p95, one client": found["account_page"]["1 clients"]["p95"]
            < 200,
        }
        found["load_average_at_the_end"] = os.getloadavg()
        connection.close_pool()  # type: ignore[attr-defined]
    print(found["bars"], flush=True)
    record.write(chosen.write, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
