"""What a backup says of itself. It is written last: a folder without it is no backup."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keepwell.operate.backups.counting import Counted
from keepwell.operate.refusals import WordRefused

NAME, DUMP, FILES, SECRET = "manifest.json", "database.dump", "files", "secret-key"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`made_at` is ISO; `role` owns the tables; `migrations` are what the database has had, as app.step."""

    made_at: str
    keepwell: str
    postgres: int
    role: str
    migrations: list[str]
    dump: Counted
    tables: dict[str, Counted]
    files: dict[str, Counted]

    @property
    def rows(self) -> int:
        return sum(table.count for table in self.tables.values())


def write(manifest: Manifest, folder: Path) -> None:
    text = json.dumps({"format": FORMAT, **_plain(manifest)}, indent=1)
    spare = folder / f"{NAME}.new"
    spare.write_text(f"{text}\n", encoding="utf-8")
    spare.rename(folder / NAME)


def read(folder: Path) -> Manifest:
    """Errors: WordRefused if the folder is no complete backup of this format."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordRefused(f"{folder} is no complete backup: {NAME} cannot be read ({error}).") from error
    if found.pop("format", None) != FORMAT:
        raise WordRefused(f"{folder} was made by a version of Keepwell whose backups this one cannot read.")
    return Manifest(**{**found, **_counted(found)})


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {
        **vars(manifest),
        "dump": manifest.dump.as_mapping(),
        "tables": {name: table.as_mapping() for name, table in manifest.tables.items()},
        "files": {name: file.as_mapping() for name, file in manifest.files.items()},
    }


def _counted(found: dict[str, Any]) -> dict[str, Any]:
    parts = {
        part: {name: Counted(**each) for name, each in found[part].items()} for part in ("tables", "files")
    }
    return {"dump": Counted(**found["dump"]), **parts}
