"""Start and stop of the embedded server. Callers hold the lock of `using.py`."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from keepwell.operate.embedded.account import Account
from keepwell.operate.embedded.address import PORT, SUPERUSER, Place
from keepwell.operate.embedded.alive import left_behind, server_process
from keepwell.operate.embedded.creating import create_data, create_database, prepare_folders
from keepwell.operate.embedded.programs import programs_for
from keepwell.operate.embedded.refusals import DatabaseRefused

# After a pulled plug the server replays its log first, which may take its time.
START_WITHIN_SECONDS = 120
STOP_WITHIN_SECONDS = 30
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
}


def start(place: Place, settings: Mapping[str, str] | None = None) -> None:
    """Starts the server of `place` and waits until it answers; makes data, role and database if missing.

    `settings` are PostgreSQL's, above our own. Errors: DatabaseRefused, with the end of the server's log.
    """
    account = place.account
    prepare_folders(place, account)
    programs = programs_for(place)
    is_new = not place.data.exists()
    if is_new:
        create_data(place, programs, account)
    clear_remains(place)
    _launch(place, programs, account, {**SETTINGS, **(settings or {})})
    create_database(place)


def stop(place: Place) -> None:
    """Stops the server of `place`, if it runs: open transactions are rolled back, everything is written."""
    process = server_process(place)
    if process is None:
        return
    process.send_signal(signal.SIGINT)
    if not gone(process, STOP_WITHIN_SECONDS):
        process.send_signal(signal.SIGQUIT)
        gone(process, STOP_WITHIN_SECONDS)


def gone(process: psutil.Process, within_seconds: float) -> bool:
    """Waits until the process has ended; a zombie that nobody has collected has ended."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
            process.wait(0.02)
        except psutil.NoSuchProcess:
            return True
        except psutil.TimeoutExpired:
            continue
        else:
            return True
    return False


def clear_remains(place: Place) -> None:
    """Removes what a killed server left: its processes, and the files that would keep a new one out.

    The socket's lock file counts too: PostgreSQL believes any living process whose number stands in it.
    """
    for process in left_behind(place):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGQUIT)
        gone(process, STOP_WITHIN_SECONDS)
    socket = socket_of(place)
    for remains in (place.pid_file, socket.with_name(f"{socket.name}.lock"), socket):
        remains.unlink(missing_ok=True)


def _launch(place: Place, programs: Path, account: Account, settings: Mapping[str, str]) -> None:
    settings = {**settings, "unix_socket_directories": f'"{place.sockets}"'}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with _log_of(place) as log:
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(place.data), *options],
            cwd=place.root,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us; we stop the server last, when nobody needs it
            umask=0o077,
            **account.popen_arguments(),
        )
    _wait_until_it_answers(server, place, programs)


def _log_of(place: Place) -> IO[bytes]:
    return open(place.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600))


def _wait_until_it_answers(server: subprocess.Popen[bytes], place: Place, programs: Path) -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise DatabaseRefused(f"The database did not start. Its log ends so:\n{_end_of(place.log)}")
        if answers(place, programs):
            return
        time.sleep(0.03)
    server.send_signal(signal.SIGINT)
    raise DatabaseRefused(
        f"The database did not answer within {START_WITHIN_SECONDS} s. Its log ends so:\n{_end_of(place.log)}"
    )


def answers_soon(place: Place, process: psutil.Process, programs: Path) -> bool:
    """Waits for a server that somebody started and left: it may be replaying its log.

    A server without its socket will never answer: a cleaner of temporary folders took it.
    """
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline and process.is_running() and socket_of(place).exists():
        if answers(place, programs):
            return True
        time.sleep(0.03)
    return False


def socket_of(place: Place) -> Path:
    return place.sockets / f".s.PGSQL.{PORT}"


def answers(place: Place, programs: Path) -> bool:
    question = ["-q", "-h", str(place.sockets), "-p", PORT, "-U", SUPERUSER, "-d", "postgres"]
    return subprocess.run([str(programs / "pg_isready"), *question], check=False).returncode == 0


def _end_of(log: Path, lines: int = 8) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
