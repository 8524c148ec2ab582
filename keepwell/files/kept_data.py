"""Files that the product makes of many rows, such as Parquet: nobody attached them, and no face hands them
out.

They are in the storage of the attachments, under names that are never used twice: a name says what the file
is of and ends with the hash of what is in it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File

from keepwell.files.content import storage

# In folders whose names have more than two letters: those of two are the attachments'.
TOP = "usage"


def keep_data(folder: str, made: Path) -> str:
    """Keeps the file under a name in the folder and gives the name; the same content has the same name.

    Errors: OSError.
    """
    with made.open("rb") as file:
        name = f"{TOP}/{folder}/{hashlib.file_digest(file, 'sha256').hexdigest()}{made.suffix}"
        file.seek(0)
        # Also where it is there already: it is new again, and nobody takes it for left over.
        storage().save(name, File(file))
    return name


def on_this_disk(name: str) -> Path:
    """The file on the disk of this machine, fetched once where the storage is elsewhere.

    Errors: FileNotFoundError.
    """
    try:
        return Path(storage().path(name))
    except NotImplementedError:  # what a storage says that has no disk
        return _fetched(name)


def forget_data(name: str) -> None:
    """The file is gone; gone already, nothing happens."""
    storage().delete(name)


def kept_data(folder: str = TOP, *, before: datetime) -> Iterator[str]:
    """The names of all such files that were written before the instant."""
    try:
        folders, names = storage().listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        if storage().get_modified_time(f"{folder}/{name}") < before:
            yield f"{folder}/{name}"
    for inner in sorted(folders):
        yield from kept_data(f"{folder}/{inner}", before=before)


def _fetched(name: str) -> Path:
    place = settings.VAR / "fetched" / name
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        spare = place.with_suffix(".new")
        with storage().open(name, "rb") as there, spare.open("wb") as here:
            shutil.copyfileobj(there, here)
        spare.replace(place)
    return place
