"""The secret of this installation, made once and kept in the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from keepwell.operate.data_folder import make_data_folder


def secret_key(given: str, var: Path) -> str:
    """The knob's secret, else the one kept in `var`, else a new one that is kept from now on."""
    if given:
        return given
    path = var / "secret-key"
    if not path.exists():
        _keep(path, get_random_secret_key())
    return path.read_text(encoding="utf-8").strip()


def _keep(path: Path, secret: str) -> None:
    # Two processes may start at once: the one that comes second finds the file and reads it.
    make_data_folder(path.parent)
    spare = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret)
    try:
        os.link(spare, path)
    except FileExistsError:
        pass
    finally:
        spare.unlink()
