"""The folder that holds everything of an installation."""

from __future__ import annotations

import os
from pathlib import Path


def make_data_folder(var: Path) -> None:
    """Makes it, closed to everybody else; what exists is left as it is.

    Root's lets the database's account walk through to its own, closed folder, and see nothing.
    """
    var.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
