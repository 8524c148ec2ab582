"""Everything is killed in the middle of writing, again and again: is anything lost that was promised?

    python -m prove.kills [--rounds 20] [--seed 1] [--write FILE]

In each round a process commits numbered rows to the embedded server and tells each number after its commit.
At a random moment server and writer are killed with SIGKILL; then, by the seed, the pid file is left as it
is, cut short, or given the number of a living process. The next start must come up by itself and hold every
number that was told. Prints and keeps the slowest start.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil
import psycopg

from keepwell.operate.embedded.address import Place, connection_settings
from keepwell.operate.embedded.alive import server_process
from keepwell.operate.embedded.starting import gone
from keepwell.operate.embedded.using import in_use
from prove.record import Record

WRITER = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    number = int(sys.argv[2])
    while True:
        connection.execute("INSERT INTO told VALUES (%s)", [number])
        print(number, flush=True)
        number += 1
"""
LEFT_BEHIND = ("as it is", "cut short", "another's number")


def conninfo(var: Path) -> str:
    found = connection_settings(var)
    return psycopg.conninfo.make_conninfo(
        host=found["HOST"], port=found["PORT"], user=found["USER"], dbname=found["NAME"]
    )


def written(var: Path) -> set[int]:
    with psycopg.connect(conninfo(var), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS told (number int)")
        return {number for (number,) in connection.execute("SELECT number FROM told")}


def interrupted_writing(var: Path, place: Place, first: int, seconds: float) -> set[int]:
    """The numbers that the writer told before it and the server were killed."""
    command = [sys.executable, "-c", WRITER, conninfo(var), str(first)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert writer.stdout is not None
    told = writer.stdout.readline()  # by now it is writing
    time.sleep(seconds)
    server = server_process(place)
    everybody = [server, *server.children(recursive=True)] if server else []
    for process in everybody:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    writer.kill()
    told += writer.stdout.read()
    writer.wait()
    for process in everybody:
        gone(process, 10)
    return {int(line) for line in told.split("\n")[:-1]}


def leave_behind(place: Place, how: str) -> None:
    if how == "cut short":
        place.pid_file.write_bytes(b"")
    elif how == "another's number":
        lines = place.pid_file.read_text().split("\n")
        place.pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))


def play(var: Path, rounds: int, seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    told: set[int] = set()
    left: Counter[str] = Counter()
    starts: list[float] = []
    lost = 0
    for number in range(rounds + 1):
        began = time.monotonic()
        with in_use(var) as place:
            starts.append(time.monotonic() - began)
            missing = told - written(var)
            lost += len(missing)
            if number < rounds:
                told |= interrupted_writing(var, place, max(told, default=0) + 1, chance.uniform(0.05, 1.0))
                left[how := chance.choice(LEFT_BEHIND)] += 1
                leave_behind(place, how)
    return {
        "rounds": rounds,
        "seed": seed,
        "rows_told": len(told),
        "rows_lost": lost,
        "pid_file_left": dict(left),
        "slowest_start_seconds": round(max(starts[1:]), 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m prove.kills", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="keep a record, as JSON")
    asked = parser.parse_args()
    record = Record()
    with tempfile.TemporaryDirectory(prefix="keepwell kills ") as folder:
        Path(folder).chmod(0o711)
        findings = play(Path(folder) / "var", asked.rounds, asked.seed)
    print(", ".join(f"{name} {found}" for name, found in findings.items()))
    if asked.write:
        record.write(asked.write, findings)
    return 1 if findings["rows_lost"] or not findings["rows_told"] else 0


if __name__ == "__main__":
    sys.exit(main())
