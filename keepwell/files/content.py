"""Where content is kept: folders named by its hash, written whole or not at all.

The storage alias "attachments" decides the place; `HashFolders` is the disk of this machine.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class HashFolders(FileSystemStorage):
    """The disk: readable by this account alone, and safe on it before anybody is told that it is kept."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        # The name is the hash of the content: what is there already is the same.
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        _make_folder(target.parent, Path(self.location))
        descriptor, spare = tempfile.mkstemp(dir=target.parent, prefix="incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                os.fchmod(file.fileno(), FILE_MODE)
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(spare, target)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(spare)
            raise
        _make_durable(target.parent)
        return name


def storage() -> Storage:
    return storages["attachments"]


def keep(sha256: str, content: File[bytes]) -> None:
    """Keeps the content under its hash, if it is not there already and whole. Errors: OSError."""
    name = place_of(sha256)
    if not (storage().exists(name) and storage().size(name) == content.size):
        content.seek(0)
        storage().save(name, content)


def open_content(sha256: str) -> File[Any]:
    """The content, to be read and closed. Errors: FileNotFoundError if it is gone from the disk."""
    return storage().open(place_of(sha256), "rb")


def place_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def places_before(instant: datetime) -> Iterator[str]:
    """Where content has been kept since before the instant, and leftovers of writing that was cut off."""
    for first in _folders(""):
        for second in _folders(first):
            for name in storage().listdir(f"{first}/{second}")[1]:
                place = f"{first}/{second}/{name}"
                if _is_before(place, instant):
                    yield place


def clear(place: str) -> None:
    """Empties the place; empty already, nothing happens."""
    storage().delete(place)


def _is_before(place: str, instant: datetime) -> bool:
    try:
        return storage().get_modified_time(place) < instant
    except FileNotFoundError:  # taken away since it was listed
        return False


def _folders(under: str) -> list[str]:
    try:
        return sorted(name for name in storage().listdir(under)[0] if len(name) == 2)
    except FileNotFoundError:
        return []


def _make_folder(folder: Path, top: Path) -> None:
    top.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    for step in [*reversed(folder.relative_to(top).parents), folder.relative_to(top)]:
        (top / step).mkdir(mode=FOLDER_MODE, exist_ok=True)


def _make_durable(folder: Path) -> None:
    # The rename itself is on the disk only once its folder is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
