"""The parent's side: HTML is cleaned by a child that has so much memory and time, and no more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import keepwell
from keepwell.channels.email.look.cleaning import Cleaned

MEMORY_BYTES = 512 * 1024 * 1024
# A page waits for it.
SECONDS = 5
LETTERS_AT_MOST = 2_000_000
_CHILD = "keepwell.channels.email.look.child"


def cleaned_within_limits(html: str, pictures: Mapping[str, str]) -> Cleaned | None:
    """The HTML as it may be shown; None where that is more work than a page is worth."""
    if len(html) > LETTERS_AT_MOST:
        return None
    # Nothing of our environment: it names the database and its password.
    environment = {"PYTHONPATH": str(Path(keepwell.__file__).parents[1]), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", _CHILD, str(MEMORY_BYTES), str(SECONDS)],
            input=json.dumps({"html": html, "pictures": dict(pictures)}).encode(),
            capture_output=True,
            env=environment,
            timeout=2 * SECONDS,
            check=True,
        )
        return Cleaned(**json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError):
        return None
