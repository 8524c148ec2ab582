"""From a fresh clone to the first page: how long, where, and does it survive being killed?

    python -m prove.starting [--places plain space root other] [--write FILE]

In each place: a clone of the newest commit, `make demo`, the first page, Ctrl-C, the second start, SIGKILL of
everything, the third start. `plain` is an ordinary folder, `space` has one in its name, `root` lies under
/root, `other` belongs to an account that is not root (the last two only where root runs this). Exit code 0
only if every start came up in its time, Ctrl-C left no process behind, and nothing recorded was lost. The
first start downloads what the package cache does not hold; its bar counts where the cache is warm.
"""

from __future__ import annotations

import argparse
import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import psycopg

from keepwell.operate.embedded.address import place_of, superuser_parameters
from keepwell.operate.embedded.alive import server_process
from prove.record import ROOT, Record

FIRST_WITHIN_SECONDS, AGAIN_WITHIN_SECONDS = 60, 6
GIVE_UP_SECONDS = 600
NOBODY = "nobody"
PLACES = ("plain", "space", "root", "other")


@dataclass
class Demo:
    """A clone whose demonstration is started and stopped; `starts` are the seconds to each first page."""

    folder: Path
    port: int
    user: str | None = None
    starts: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def start(self) -> None:
        began = time.monotonic()
        with (self.folder.parent / "demo.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["make", "demo"],
                cwd=self.folder,
                env=self._environment(),
                user=self.user,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self._wait_for_the_first_page(began + GIVE_UP_SECONDS)
        self.starts.append(round(time.monotonic() - began, 1))

    def _environment(self) -> dict[str, str]:
        ours = ("KEEPWELL_", "DJANGO_", "DATABASE_URL", "VIRTUAL_ENV", "MAKE", "PYTHON")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        inherited["KEEPWELL_PORT"] = str(self.port)
        return inherited if self.user is None else {**inherited, "HOME": str(self.folder.parent)}

    def _wait_for_the_first_page(self, until: float) -> None:
        assert self.process
        while not self._shows_a_page():
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit((self.folder.parent / "demo.log").read_text()[-3000:])
            time.sleep(0.05)

    def _shows_a_page(self) -> bool:
        try:
            with urlopen(f"http://localhost:{self.port}/", timeout=10) as answer:
                return b"</html>" in answer.read()
        except OSError:
            return False

    def everybody(self) -> list[psutil.Process]:
        """Every process of this demonstration, its database server too."""
        assert self.process
        found = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        server = server_process(place_of(self.var))
        return found + ([server, *server.children(recursive=True)] if server else [])

    def press_ctrl_c(self) -> list[str]:
        """As a terminal does: to everything in the foreground. What is still running ten seconds later."""
        assert self.process
        processes = self.everybody()
        os.killpg(self.process.pid, signal.SIGINT)
        _gone, alive = psutil.wait_procs(processes, timeout=10)
        self.process.wait()
        return [" ".join(one.cmdline())[:100] for one in alive]

    def kill(self) -> None:
        assert self.process
        processes = self.everybody()
        for one in processes:
            with suppress(psutil.NoSuchProcess):  # a server process of a connection that ended meanwhile
                one.kill()
        psutil.wait_procs(processes, timeout=10)
        self.process.wait()

    def recorded(self) -> int:
        """The newest entry of the journal: a number that was committed, and must stay."""
        given = superuser_parameters(place_of(self.var))
        with psycopg.connect(psycopg.conninfo.make_conninfo(**given)) as connection:
            [(newest,)] = connection.execute("SELECT max(id) FROM keepwell_journal_entry").fetchall()
        return int(newest or 0)


@contextmanager
def clone_in(place: str) -> Iterator[Demo]:
    above = "/root" if place == "root" else None
    name = "keepwell starts " if place == "space" else "keepwell-starts-"
    with tempfile.TemporaryDirectory(prefix=name, dir=above) as given:
        folder, user = Path(given), NOBODY if place == "other" else None
        if place in {"plain", "space"}:
            folder.chmod(0o711)
        subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, folder / "keepwell"], check=True)
        if user:
            account = pwd.getpwnam(user)
            subprocess.run(["chown", "-R", f"{account.pw_uid}:{account.pw_gid}", folder], check=True)
        yield Demo(folder=folder / "keepwell", port=free_port(), user=user)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def play(place: str) -> dict[str, Any]:
    """Three starts, a Ctrl-C and a kill in one place; what came of it."""
    with clone_in(place) as demo:
        demo.start()
        left = demo.press_ctrl_c()
        demo.start()
        time.sleep(5)  # the worker plays on, so that something is being written
        before = demo.recorded()
        demo.kill()
        demo.start()
        after = demo.recorded()
        left += demo.press_ctrl_c()
        data = "in var" if place_of(demo.var).root.is_relative_to(demo.var) else "outside the clone"
    first, second, third = demo.starts
    wrong = {
        f"first page after {first} s": first > FIRST_WITHIN_SECONDS and place != "other",
        f"second start took {second} s": second > AGAIN_WITHIN_SECONDS,
        f"left behind: {left}": bool(left),
        f"entries lost: {before - after}": after < before,
    }
    return {
        "first_page_seconds": first,
        "second_start_seconds": second,
        "start_after_kill_seconds": third,
        "entries_before_kill": before,
        "entries_after_kill": after,
        "database": data,
        "wrong": [words for words, holds in wrong.items() if holds],
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    possible = PLACES if os.geteuid() == 0 else PLACES[:2]
    options.add_argument("--places", nargs="*", choices=PLACES, default=list(possible))
    options.add_argument("--write", type=Path, help="keep a record, as JSON")
    asked = options.parse_args()
    record = Record()
    found = {}
    for place in asked.places:
        found[place] = play(place)
        print(place, found[place], flush=True)
    if asked.write:
        record.write(asked.write, found)
    return 1 if any(one["wrong"] for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
