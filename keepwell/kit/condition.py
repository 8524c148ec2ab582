"""How the installation itself is: database, schema, worker, disk. Pages, probes and `doctor` ask here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

# A worker reports every 10 s; three reports missed is late, as for the jobs it left behind.
WORKER_LATE_SECONDS = 30
DISK_LOW_MEGABYTES = 500
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the installation; without a needed one no page can be served."""

    name: str
    is_well: bool
    is_needed: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Underway:
    """A long work on the installation itself: `done` of `total` in some unit."""

    words: str
    done: int
    total: int


Look = Callable[[], Part]
Works = Callable[[], Underway | None]

_looks: list[Look] = []
_works: list[Works] = []


def look(asked: Look) -> Look:
    """Registers a part that a slice adds, in its `checks.py`; it is asked once the schema is up to date."""
    _looks.append(asked)
    return asked


def work(asked: Works) -> Works:
    """Registers a long work that a slice may be at, in its `checks.py`; it gives None while it is not."""
    _works.append(asked)
    return asked


def all_underway() -> list[Underway]:
    """The long works that go on just now."""
    return [found for asked in _works if (found := asked()) is not None]


def all_parts() -> list[Part]:
    """Every part, in the order they need each other; what cannot be asked yet is left out."""
    found = [disk(), database()]
    if found[-1].is_well:
        found.append(schema())
    if found[-1].is_well:
        found += [asked() for asked in (worker, *_looks)]
    return found


def database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _part("database", False, _("The database does not answer."), is_needed=True)
    return _part("database", True, _("The database answers."), is_needed=True)


def schema() -> Part:
    missing = pending_migrations()
    words = (
        _("Migrations are missing: run `keepwell migrate`.") if missing else _("The schema is up to date.")
    )
    return _part("schema", not missing, words, is_needed=True)


def worker() -> Part:
    """Whether jobs are worked. Without a worker pages are served and what has to happen later waits."""
    age = worker_heartbeat_age_seconds()
    if age is None:
        words = _("No worker runs: mail and reminders wait until one does.")
    elif age > WORKER_LATE_SECONDS:
        words = _("The worker has been silent for %(age)d s: mail and reminders wait.") % {"age": age}
    else:
        words = _("The worker reported %(age)d s ago.") % {"age": age}
    return _part("worker", age is not None and age <= WORKER_LATE_SECONDS, words)


def disk() -> Part:
    folder: Path = settings.VAR
    free = shutil.disk_usage(folder if folder.exists() else Path.cwd()).free // MEGABYTE
    words = _("%(free)d MB are free for data.") % {"free": free}
    return _part("disk", free >= DISK_LOW_MEGABYTES, words)


def worker_heartbeat_age_seconds() -> float | None:
    """How long ago the liveliest worker reported; None if none is registered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        (age,) = cursor.fetchone()
    return None if age is None else float(age)


_complete: set[str] = set()


def pending_migrations() -> list[str]:
    """Migrations of this version that the database has not had; once there are none, no more is asked."""
    name = str(connection.settings_dict["NAME"])
    if name in _complete:
        return []
    executor = MigrationExecutor(connection)
    missing = [str(step) for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if not missing:
        _complete.add(name)
    return missing


def _part(name: str, is_well: bool, words: str, *, is_needed: bool = False) -> Part:
    return Part(name=name, is_well=is_well, is_needed=is_needed, words=words)
