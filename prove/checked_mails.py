"""`keepwell mail check` over a folder, the way an operator runs it: its lines, its end, how large it grew."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

MEGABYTE = 1024 * 1024
# Until then it has loaded what it needs; how far it grows afterwards is what mails do to it.
WARM_AFTER = 10


def fill(folder: Path, mails: Iterable[tuple[str, bytes]]) -> None:
    """A file for each; its name says which it is."""
    for number, (name, raw) in enumerate(mails):
        (folder / f"{number:03d}-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.eml").write_bytes(raw)


def checked(folder: Path) -> dict[str, Any]:
    """What came out, and `wrong`: what is not as it should be, in sentences."""
    command = [sys.executable, "-m", "keepwell.operate.command", "mail", "check", str(folder)]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("DJANGO_")}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    assert running.stdout
    records, sizes = [], []
    for line in running.stdout:
        records.append(json.loads(line))
        sizes.append(_size_of_whoever_takes_them(running.pid))
    ended_with = running.wait()
    warm = [size for size in sizes[min(WARM_AFTER, len(sizes) - 1) :] if size]
    found = {
        "files": sum(path.is_file() for path in folder.rglob("*")),
        "lines": len(records),
        "crashed": sum(record["crashed"] for record in records),
        "ended_with": ended_with,
        "states": dict(Counter(record["state"] for record in records)),
        "parent_megabytes": [round(size / MEGABYTE, 1) for size in (warm[0], max(warm))] if warm else [],
    }
    return {**found, "wrong": [*_wrongs(found), *_changed(folder, records)]}


def _size_of_whoever_takes_them(starter: int) -> int:
    """The resident bytes of the process inside; 0 once it has ended."""
    for process in psutil.Process(starter).children(recursive=True):
        try:
            if "--inside" in process.cmdline():
                return int(process.memory_info().rss)
        except psutil.Error:
            continue
    return 0


def _wrongs(found: dict[str, Any]) -> list[str]:
    first, largest = found["parent_megabytes"] or (0, 0)
    wrong = {
        "mail check: not one line for each file": found["lines"] != found["files"],
        "mail check: something crashed": found["crashed"] or found["ended_with"],
        "mail check: the parent grew by 50 MB or more": largest - first >= 50,
    }
    return [words for words, is_wrong in wrong.items() if is_wrong]


def _changed(folder: Path, records: Iterable[dict[str, Any]]) -> list[str]:
    """Files whose bytes are not those that were kept."""
    return [
        f"mail check: {record['file']} was not kept as it came"
        for record in records
        if record["sha256"] != hashlib.sha256((folder / record["file"]).read_bytes()).hexdigest()
    ]
