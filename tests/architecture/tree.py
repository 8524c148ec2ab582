"""Reading the source tree: the laws look at a folder, so that a breach can be planted in another one."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FACES = ("desk", "portal", "public", "api")


def python_files(root: Path) -> Iterator[Path]:
    """The product's own modules: no tests, no migrations."""
    for path in sorted((root / "keepwell").rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(root).parts):
            yield path


def templates(root: Path) -> Iterator[Path]:
    yield from sorted((root / "keepwell").rglob("templates/**/*.html"))


def slice_of(path: Path, root: Path) -> str:
    return slice_named(path.relative_to(root / "keepwell").parts)


def slice_named(parts: Sequence[str]) -> str:
    """The slice that these parts of a module's name lead into, such as cases; success.health of a room."""
    room = ".".join(parts[:2])
    return room if room in ranks() else parts[0]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, root: Path, line: int) -> str:
    return f"{path.relative_to(root)}:{line}"


@cache
def ranks(root: Path = REPOSITORY) -> dict[str, float]:
    """How high each slice stands, from the direction laws in pyproject.toml; kit is 0.

    The rooms of a slice that are apps of their own stand between it and the next one, such as success.health.
    """
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    slices, *inner = settings["tool"]["importlinter"]["contracts"]
    found = _heights(slices["layers"])
    for contract in inner:
        name = contract["containers"][0].removeprefix("keepwell.")
        rooms = _heights(contract["layers"])
        found |= {f"{name}.{room}": found[name] + at / (len(rooms) + 1) for room, at in rooms.items()}
    return found


def _heights(layers: list[str]) -> dict[str, float]:
    return {
        name.strip(" ()"): rank for rank, layer in enumerate(reversed(layers)) for name in layer.split("|")
    }
