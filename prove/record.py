"""A proof kept as JSON: what was run, on which commit, on what machine, how long, and what came out."""

import json
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
# What campaigns before this one wrote is no change of what is proved.
CODE = (".", ":!docs/proof", ":!docs/pictures")


class Record:
    """Started when made; `write` closes it."""

    def __init__(self) -> None:
        self._began_at = datetime.now(UTC)
        self._began = monotonic()

    def write(self, path: Path, findings: Mapping[str, object]) -> None:
        """Write the findings with the circumstances around them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        proof = {**self._circumstances(), **findings}
        path.write_text(json.dumps(proof, indent=1, ensure_ascii=False) + "\n")

    def _circumstances(self) -> dict[str, object]:
        return {
            "command": shlex.join(["python", *sys.orig_argv[1:]]),
            "commit": _git("rev-parse", "HEAD"),
            "changed_since_commit": bool(_git("status", "--porcelain", "--untracked-files=no", "--", *CODE)),
            "began_at": self._began_at.isoformat(timespec="seconds"),
            "duration_seconds": round(monotonic() - self._began, 1),
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
            "python": platform.python_version(),
        }


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
