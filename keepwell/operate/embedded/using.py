"""Who uses the embedded server: it runs while somebody does, and not longer.

Everyone who uses it holds a shared lock on one file; whoever leaves and can take that lock for himself
alone was the last one and stops the server. The kernel drops the locks of a killed process, so nothing
has to be counted and nothing is left over.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from keepwell.operate.data_folder import make_data_folder
from keepwell.operate.embedded.address import Place, is_elsewhere, place_of
from keepwell.operate.embedded.alive import server_process
from keepwell.operate.embedded.creating import prepare_folders
from keepwell.operate.embedded.programs import programs_for
from keepwell.operate.embedded.starting import answers_soon, start, stop
from keepwell.operate.saying import say


@contextmanager
def in_use(var: Path, settings: Mapping[str, str] | None = None) -> Iterator[Place]:
    """The embedded server of `var` answers inside; the first to come starts it, the last to leave stops it.

    Errors: DatabaseRefused, in words for whoever runs it.
    """
    place = place_of(var)
    make_data_folder(var)
    prepare_folders(place, place.account)
    with _locked(place.root / "users.lock") as users:
        with _alone(place):
            ensure_running(place, settings)
            if is_elsewhere(place, var):
                say(f"The database of {var} is kept in {place.root}: PostgreSQL does not run as root.")
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield place
        finally:
            leave(place, users)


def ensure_running(place: Place, settings: Mapping[str, str] | None = None) -> None:
    """Starts the server unless it is alive and answers. The caller is alone."""
    process = server_process(place)
    if process is None or not answers_soon(place, process, programs_for(place)):
        stop(place)
        start(place, settings)


def leave(place: Place, users: int) -> None:
    """Stops the server if nobody else uses it."""
    with _alone(place):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        stop(place)


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    # Two that start at once would both find no server; the second waits here and finds one.
    with _locked(place.root / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
