"""The script that draws charts in a page. It is made where it is served, out of the library that draws on the
server, and kept in the data folder: 900 kB that are nobody's to edit do not belong into the repository.

Both are one version of one program, so that a chart looks the same in a page, in a file and in a mail.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

from keepwell.kit import heavy

FOLDER = "kit/made"  # as `static/kit/js/chart.js` asks for it
NAME = "vega.js"
SNIPPET = "export { vegaEmbed };"  # a module, with nothing left in the window


class Finder(BaseFinder):
    """Finds the script for collectstatic and for a server under test; makes it where it is not there yet."""

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        if path != f"{FOLDER}/{NAME}":
            return []
        found = str(made())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        if matches_patterns(f"{FOLDER}/{NAME}", ignore_patterns or ()):
            return
        storage = FileSystemStorage(location=made().parent)
        storage.prefix = FOLDER  # type: ignore[attr-defined]  # how a finder says where its files belong
        yield NAME, storage


def made() -> Path:
    """The script of the installed version. Making it takes 1 to 2 s and 90 MB, once for each version."""
    path = Path(settings.VAR) / "made" / NAME
    if not _is_of_this_version(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, f"{_first_line()}\n{heavy.vl_convert().javascript_bundle(SNIPPET)}\n")
    return path


def _first_line() -> str:
    library = f"vl-convert-python {version('vl-convert-python')}"
    return f"/* Vega, Vega-Lite and Vega-Embed (BSD-3-Clause), out of {library}: {SNIPPET} */"


def _is_of_this_version(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open(encoding="utf-8") as file:
        return file.readline().rstrip("\n") == _first_line()


def _write(path: Path, text: str) -> None:
    """At once: two processes may make it, and neither may serve the half of it."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
