"""Reading the source tree: the laws look at a folder, so that a breach can be planted in another one."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
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
    return path.relative_to(root / "keepwell").parts[0]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, root: Path, line: int) -> str:
    return f"{path.relative_to(root)}:{line}"


def ranks(root: Path = REPOSITORY) -> dict[str, int]:
    """How high each slice stands, from the direction law in pyproject.toml; kit is 0."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): rank for rank, layer in enumerate(reversed(layers)) for name in layer.split("|")
    }
