"""The child: a line names a mail and a folder, the answer is written into the folder. Run by `reading.py`.

It ends with its parent: then its input does.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from keepwell.channels.email.parsed import as_json
from keepwell.channels.email.parsing.limits import OPENED_BYTES
from keepwell.channels.email.parsing.reading import read_mail

ANSWER = "parsed.json"
TOO_MUCH_MEMORY = "Reading it takes more memory than it is given."
# Beyond all files that may come out of one mail, with room for those that Outlook wraps.
FILE_BYTES = 256 * 1024 * 1024


def main() -> int:
    memory_bytes, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        _allow(cpu_seconds)
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()
    return 0


def _answer(asked: dict[str, str]) -> dict[str, Any]:
    """{} once the folder holds the answer, else {"why": ...}."""
    try:
        _read(Path(asked["raw"]), Path(asked["folder"]))
    except MemoryError:
        return {"why": TOO_MUCH_MEMORY}
    except Exception as error:  # whatever it was, the parent has to be told, and the mail be shown
        return {"why": f"Reading it failed: {type(error).__name__}."}
    return {}


def _read(raw: Path, folder: Path) -> None:
    with raw.open("rb") as file:
        # One byte more tells that it is too large to be opened.
        content = file.read(OPENED_BYTES + 1)
    parsed = as_json(read_mail(content, folder))
    (folder / ANSWER).write_text(json.dumps(parsed), encoding="utf-8")


def _allow(seconds: int) -> None:
    """This much time of a processor from now on; a call into C that never returns ends with it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.exit(main())
