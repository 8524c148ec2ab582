"""Scripts, styles and pictures, collected into the data folder, made small once for each change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# Parts of htmx that no page asks for; some name files that the package does not bring. Of the editor's
# package one module is used.
UNUSED = [
    *("django_htmx/ext/*", "django_htmx/htmax-*", "django_htmx/htmx-4*"),
    *(f"django_prose_editor/{name}" for name in ("*.css*", "*.woff2", "configurable.*", "default.*")),
]


def collect_static_files() -> None:
    """Collects them unless nothing has changed since: hashing and compressing takes seconds."""
    stamp = settings.STATIC_ROOT / "collected"
    now = _state_of_sources()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(now, encoding="ascii")


def _state_of_sources() -> str:
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            found = storage.path(path)
            yield f"{path} {found} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
