"""Where the embedded server of a data folder listens: a function of the folder alone."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any


def socket_folder(var: Path) -> Path:
    return Path("/tmp") / f"keepwell-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"


def connection_settings(var: Path) -> dict[str, Any]:
    return {"NAME": "keepwell", "USER": "keepwell", "HOST": str(socket_folder(var)), "PORT": "5432"}
