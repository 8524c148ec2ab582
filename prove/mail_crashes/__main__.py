"""Is a mail lost or doubled, wherever the worker that fetches and reads it is killed?

    python -m prove.mail_crashes [--runs 10] [--mails 2000] [--random-kills 100] [--seed 1] [--write FILE]

A real Dovecot that waits for its disk, a real PostgreSQL with all that keeps data safe, the product's worker
as a process. In each run mails are sent while the worker is killed with SIGKILL: once at each named place,
the so-manieth time by the seed; its share of the random kills, at moments by the seed; and once the mail
server numbers all mails anew. At one of the places the mails are handed to the worker itself by LMTP, and
come again until it has answered for them. After each kill it is held that no server was told of a mail which
is not kept. In the end a worker works until nothing waits, and the messages are counted against the sender's
ledger.
Exit code 0 only if nothing was lost, doubled or told too early, and every place was reached.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()

from django.db import connection  # noqa: E402

from keepwell.channels.email.fetching.queueing import TOGETHER  # noqa: E402
from keepwell.channels.email.verbs.mailboxes import Server, add_mailbox, fetch_from  # noqa: E402
from keepwell.channels.models import Secured  # noqa: E402
from prove.mail import database  # noqa: E402
from prove.mail_crashes.counting import counted, told_too_early, waiting  # noqa: E402
from prove.mail_crashes.ledger import Ledger  # noqa: E402
from prove.mail_crashes.places import AT_THE_DOOR, PLACES  # noqa: E402
from prove.record import Record  # noqa: E402
from tests import cast  # noqa: E402
from tests.dovecot import ADDRESS, PASSWORD, Dovecot, running, why_not  # noqa: E402

DIES_WITHIN_SECONDS = 180
DONE_WITHIN_SECONDS = 1800
LOOKS_AGAIN_SECONDS = 0.2
# A worker takes a moment to start; killed before that, nothing is interrupted.
RANDOM_SECONDS = (3.0, 12.0)
NEVER = ("lost", "doubled", "bytes_lost_or_changed", "bytes_doubled", "told_too_early", "never_sent")


@dataclass
class Run:
    ledger: Ledger
    environment: dict[str, str]
    random: Random
    killed: Counter[str] = field(default_factory=Counter)
    not_reached: list[str] = field(default_factory=list)
    told_too_early: int = 0

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "prove.mail_crashes.worker", *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    def kill_at(self, place: str, most: int) -> None:
        worker = self.start(place, self.random.randint(1, most))
        until = monotonic() + DIES_WITHIN_SECONDS
        while worker.poll() is None and monotonic() < until:
            if place != AT_THE_DOOR or not self.ledger.hand_over():
                sleep(LOOKS_AGAIN_SECONDS)
        code = worker.poll()
        if code is None:
            worker.kill()
            worker.wait()
            self.not_reached.append(place)
            return
        assert code == -signal.SIGKILL, f"the worker ended by itself: {code}"
        self._killed(place)

    def kill_at_random(self) -> None:
        worker = self.start()
        sleep(self.random.uniform(*RANDOM_SECONDS))
        worker.kill()
        worker.wait()
        self._killed("at random")

    def work_until_nothing_waits(self) -> float:
        began = monotonic()
        worker = self.start()
        try:
            while self._is_left() and monotonic() - began < DONE_WITHIN_SECONDS:
                sleep(LOOKS_AGAIN_SECONDS)
        finally:
            worker.terminate()
            worker.wait(30)
        return round(monotonic() - began, 1)

    def _is_left(self) -> bool:
        if self.ledger.unanswered:
            self.ledger.hand_over()
        return bool(self.ledger.unanswered or waiting(self.ledger))

    def _killed(self, where: str) -> None:
        self.killed[where] += 1
        print(f"  killed {where}; {len(self.ledger.sent)} sent", flush=True)
        self.told_too_early += told_too_early(self.ledger)


def one_run(number: int, chosen: argparse.Namespace, server: Dovecot, database_url: str) -> dict[str, Any]:
    random = Random(f"{chosen.seed}-{number}")
    environment = {
        **os.environ,
        "KEEPWELL_TEST_CONNINFO": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.settings_beside",
    }
    run = Run(Ledger(server, random, number), environment, random)
    environment["KEEPWELL_MAIL_LISTEN"] = f"lmtp://127.0.0.1:{run.ledger.door}"
    at_random = chosen.random_kills // chosen.runs
    each = chosen.mails // (at_random + len(PLACES) + 2)
    # A place is passed at least once for the mails of one fetch.
    kills = _kills(run, at_random, most=max(1, min(3, each // TOGETHER)))
    for kill in kills:
        run.ledger.send(each)
        kill()
    run.ledger.send(chosen.mails - len(run.ledger.sent))
    drained = run.work_until_nothing_waits()
    found = counted(run.ledger)
    return {
        **found,
        "told_too_early": run.told_too_early,
        "places_not_reached": run.not_reached,
        "killed": dict(run.killed),
        "seconds_until_nothing_waited": drained,
    }


def _kills(run: Run, at_random: int, *, most: int) -> list[Callable[[], None]]:
    """Mixed by the seed. The mail server numbers its mails anew in the middle."""
    kills: list[Callable[[], None]] = [run.kill_at_random] * at_random
    kills += [lambda place=place: run.kill_at(place, most) for place in PLACES]  # type: ignore[misc]
    run.random.shuffle(kills)
    kills.insert(len(kills) // 2, run.ledger.number_anew)
    return kills


def emptied_and_set_up(server: Dovecot) -> None:
    mailbox = add_mailbox(ADDRESS, by=cast.CAST)
    there = Server(
        server="127.0.0.1", port=server.imap, user=ADDRESS, password=PASSWORD, secured=Secured.NEVER
    )
    cast.the_guidelines()
    fetch_from(mailbox, there, by=cast.CAST)


def run_all(chosen: argparse.Namespace) -> list[dict[str, Any]]:
    found = []
    for number in range(chosen.runs):
        # Dovecot's account has to walk through the folder, and a socket's path be short.
        with tempfile.TemporaryDirectory(prefix="keepwell-dovecot-") as name, database() as url:
            Path(name).chmod(0o755)
            with running(Path(name), fsync="always") as server:
                emptied_and_set_up(server)
                connection.close()
                found.append(one_run(number, chosen, server, url))
                print(f"run {number + 1}: {found[-1]}", flush=True)
    return found


def wrongs(runs: list[dict[str, Any]]) -> list[str]:
    wrong = [f"{name}: {total}" for name in NEVER if (total := sum(run[name] for run in runs))]
    return wrong + [f"never reached: {place}" for run in runs for place in run["places_not_reached"]]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--runs", type=int, default=10)
    options.add_argument("--mails", type=int, default=2_000, help="in each run")
    options.add_argument("--random-kills", type=int, default=100, help="in all")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", type=Path, default=Path("docs/proof/mail_crashes.json"))
    chosen = options.parse_args()
    if why := why_not():
        print(why)
        return 2
    # Stopped from outside it takes its servers with it.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    record = Record()
    runs = run_all(chosen)
    wrong = wrongs(runs)
    names = ("sent", "handed_over_by_lmtp", *NEVER)
    total = {name: sum(run[name] for run in runs) for name in names}
    kills = sum((Counter(run["killed"]) for run in runs), Counter())
    record.write(chosen.write, {**total, "kills": dict(kills), "wrong": wrong, "runs": runs})
    print(total, dict(kills), *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
