"""Static files as they are served: hashed, compressed, and the look joined into one file.

The source stays what a browser can read as it is: `keepwell.css` imports its parts. Here, when files are
collected, the imports are written out, each in its layer, so that a page asks for one file instead of forty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

JOINED = ("kit/css/keepwell.css",)
IMPORT = re.compile(r'@import url\("(?P<url>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)

Sources = Mapping[str, tuple[Any, str]]


class Storage(CompressedManifestStaticFilesStorage):
    """Hashes the names of scripts inside scripts too, so that every module may be cached for good."""

    support_js_module_import_aggregation = True
    # Only in ours: other people's scripts say "import" in their comments too.
    _js_module_import_aggregation_patterns = (
        "kit/js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        joined = {name: (InMemory({name: join(name, paths)}), name) for name in JOINED if name in paths}
        yield from super().post_process({**paths, **joined}, *args, **options)


class InMemory:
    """What the collecting of files needs of a storage: to open a file by its name."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def open(self, name: str) -> ContentFile[bytes]:
        return ContentFile(self.files[name].encode())


def join(name: str, sources: Sources) -> str:
    """The stylesheet with each import written out in its layer. Errors: KeyError for an import of no file."""
    folder = PurePosixPath(name).parent
    return IMPORT.sub(lambda found: _layered(found, folder, sources), _read(name, sources))


def _layered(found: re.Match[str], folder: PurePosixPath, sources: Sources) -> str:
    text = COMMENT.sub("", _read(str(folder / found["url"]), sources)).strip()
    return f"@layer {found['layer']} {{\n{text}\n}}"


def _read(name: str, sources: Sources) -> str:
    storage, path = sources[name]
    with storage.open(path) as file:
        return str(file.read().decode())
