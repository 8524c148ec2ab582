"""Whether a process is really the server of this place.

A pid in a file proves nothing: the machine may have been switched off and the number given to another
process. Ours is a process that is no zombie, is postgres, and works in this data folder.
"""

from __future__ import annotations

from collections.abc import Iterator

import psutil

from keepwell.operate.embedded.address import Place


def server_process(place: Place) -> psutil.Process | None:
    """The running server of this place; None if there is none, whatever its pid file says."""
    pid = _written_pid(place)
    if pid is None:
        return None
    try:
        process = psutil.Process(pid)
        return process if _is_ours(process, place) else None
    except psutil.NoSuchProcess:
        return None


def left_behind(place: Place) -> list[psutil.Process]:
    """Processes of a server whose first process was killed: they hold the memory a new one needs."""
    return list(_ours(place))


def _ours(place: Place) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            if _is_ours(process, place):
                yield process
        except psutil.NoSuchProcess:
            continue


def _written_pid(place: Place) -> int | None:
    try:
        first = place.pid_file.read_text(encoding="ascii", errors="replace").partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() and int(first) > 0 else None


def _is_ours(process: psutil.Process, place: Place) -> bool:
    if not process.name().startswith("postgres") or process.status() == psutil.STATUS_ZOMBIE:
        return False
    try:
        return process.cwd() == str(place.data.resolve())
    except psutil.AccessDenied:
        # A container may keep even root from seeing another account's working folder; how the process
        # was called is open to everybody, and we always name the data folder.
        return str(place.data) in process.cmdline()
