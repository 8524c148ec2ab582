"""Does every mail leave once, or fail visibly, whatever mail server and worker go through?

    python -m prove.mail [--mails 200] [--seed 1] [--write FILE]

A real SMTP server on this machine, a worker process of its own, a real PostgreSQL. For each mail the server
draws, from the seed, what it does: takes it; says later or never at one of three steps; takes it and is
silent, or hangs up; or kills the worker with SIGKILL before or after it has the mail; and every tenth
connection it refuses. Each mail is the first answer to a case of a customer. The clock of the worker
is moved from one due instant to the next, over the five days a mail is tried. Then the server's ledger is
held against the outbox, and against what the desk shows: whether each answer counts as sent or failed, is
marked where it may have come twice, and whether the promise of a first contact runs on where none arrived.
Exit code 0 only if nothing was lost, nothing came three times, nothing came twice
but where an answer was lost, nothing is left waiting, and the desk shows all of it.
"""

import argparse
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()

from aiosmtpd.smtp import SMTP, Envelope, Session  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from keepwell.cases.tests.elm_falls import answer, open_for  # noqa: E402
from keepwell.conversations.models import Message, MessageState  # noqa: E402
from keepwell.kit import clock  # noqa: E402
from keepwell.operate.embedded.using import in_use  # noqa: E402
from keepwell.outbox.models import Outgoing, State  # noqa: E402
from keepwell.outbox.tests.postbox import Postbox, Server  # noqa: E402
from keepwell.service_levels.models import Clock  # noqa: E402
from prove.record import Record  # noqa: E402
from tests import cast  # noqa: E402
from tests.fixtures.database import _let_it_make_databases  # noqa: E402

STARTED_AT = datetime(2026, 6, 9, 12, tzinfo=UTC)
# What the server does with one try, and how often.
FAULTS = {
    "takes it": 40,
    "later, asked who from": 5,
    "later, asked who to": 5,
    "later, given all": 5,
    "never, asked who to": 3,
    "never, given all": 3,
    "silent once it has it": 9,
    "hangs up once it has it": 10,
    "kills the worker, asked who to": 10,
    "kills the worker once it has it": 10,
}
REFUSES_CONNECTIONS = 0.1
LOSE_THE_ANSWER = {"silent once it has it", "hangs up once it has it", "kills the worker once it has it"}

WORKER = """
import sys, django
django.setup()
from datetime import datetime
from keepwell.outbox.transports import smtp
from keepwell.outbox.verbs.handing_over import deliver_what_is_due
smtp.ANSWER_SECONDS = 0.3
print("ready", flush=True)
for line in sys.stdin:
    deliver_what_is_due(at=datetime.fromisoformat(line.strip()))
    print("done", flush=True)
"""


@dataclass
class Faulty(Postbox):
    """The server: draws one fault for each try and keeps a ledger of what it has and what it did."""

    random: Random = field(default_factory=Random)
    fault: str = ""
    ledger: list[tuple[str, str]] = field(default_factory=list)
    drawn: Counter[str] = field(default_factory=Counter)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if self.random.random() < REFUSES_CONNECTIONS:
            self.drawn["refuses the connection"] += 1
            server.transport.abort()
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        [self.fault] = self.random.choices(list(FAULTS), weights=list(FAULTS.values()))
        self.drawn[self.fault] += 1
        self.at_sender = "451 later" if self.fault == "later, asked who from" else ""
        self.at_recipient = {
            "later, asked who to": "451 later",
            "never, asked who to": "550 nobody",
            "kills the worker, asked who to": "kill",
        }.get(self.fault, "")
        self.at_data = {
            "later, given all": "451 later",
            "never, given all": "554 no",
            "silent once it has it": "hang",
            "hangs up once it has it": "drop",
            "kills the worker once it has it": "kill",
        }.get(self.fault, "")
        return await super().handle_MAIL(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        before = len(self.arrived)
        fault = self.fault
        try:
            return await super().handle_DATA(server, session, envelope)
        finally:
            # A long id stands on a line of its own below the header's name.
            self.ledger += [(str(one.mail["Message-ID"]).strip(), fault) for one in self.arrived[before:]]


class Worker:
    """A process that delivers what is due at the instants it is told, started again when it was killed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment, self.kills = environment, 0
        self.process = self._start()

    def deliver_at(self, at: datetime) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{at.isoformat()}\n")
        self.process.stdin.flush()
        if self.process.stdout.readline().strip() == "done":
            return
        assert self.process.wait(30) == -signal.SIGKILL, "the worker failed by itself"
        self.kills += 1
        self.process = self._start()

    def end(self) -> None:
        self.process.kill()
        self.process.wait(30)

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline().strip() == "ready", "the worker did not start"
        return process


@contextmanager
def database(name: str = "keepwell_prove_mail", server: Mapping[str, str] | None = None) -> Iterator[str]:
    """An empty database of a campaign's own; its address. `server` are settings of the embedded one."""
    with ExitStack() as until_the_end:
        if not os.environ.get("DATABASE_URL"):
            place = until_the_end.enter_context(in_use(Path(os.environ["KEEPWELL_TEST_VAR"]), server))
            _let_it_make_databases(place)
        connection.settings_dict["TEST"]["NAME"] = name
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        kept = connection.settings_dict
        port = f":{kept['PORT']}" if kept["PORT"] else ""
        try:
            yield f"postgresql://{kept['USER']}@{quote(kept['HOST'], safe='')}{port}/{kept['NAME']}"
        finally:
            connection.close_pool()
            # Another of them may have been made since, and taken the connection along.
            kept["NAME"] = name
            connection.creation.destroy_test_db("keepwell", verbosity=0)


def answers(count: int) -> set[str]:
    """So many cases of one customer, each answered once; gives the ids of the mails."""
    with clock.standing_at(STARTED_AT):
        cast.the_guidelines()
        dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
        for number in range(count):
            case = open_for(dana, subject=f"Question {number}", at=STARTED_AT - timedelta(minutes=30))
            answer(case, maria, STARTED_AT)
    return set(Outgoing.objects.values_list("message_id", flat=True))


def work_until_nothing_waits(worker: Worker) -> int:
    """Moves the worker's clock from due to due; gives how many rounds it took."""
    at, rounds = STARTED_AT, 0
    while Outgoing.objects.exclude(state__in=[State.SENT, State.FAILED]).exists():
        worker.deliver_at(at)
        rounds += 1
        waiting = Outgoing.objects.waiting().order_by("next_attempt_at").first()
        soonest = waiting.next_attempt_at if waiting else at
        # One that died is noticed after 15 s; a server that was away is knocked at again after 30.
        at = max(soonest, at + timedelta(seconds=30))
    return rounds


def wrongs(ids: set[str], ledger: list[tuple[str, str]]) -> list[str]:
    """What does not fit between the outbox and what the server has; empty if all is well."""
    came: dict[str, list[str]] = {identity: [] for identity in ids}
    for identity, fault in ledger:
        came.setdefault(identity, []).append(fault)
    wrong = [f"{identity} was never written" for identity in came.keys() - ids]
    for mail in Outgoing.objects.order_by("pk"):
        faults = came[mail.message_id]
        lost = [fault for fault in faults if fault in LOSE_THE_ANSWER]
        wrong += [
            f"mail {mail.pk} {words}"
            for words, is_wrong in (
                ("is called sent and never came", mail.state == State.SENT and not faults),
                (f"came {len(faults)} times", len(faults) > 2),
                ("came twice although its answer was heard", len(faults) == 2 and not lost),
                ("came twice and is not marked so", len(faults) == 2 and not mail.is_maybe_twice),
                ("failed without a word", mail.state == State.FAILED and not mail.last_error),
            )
            if is_wrong
        ]
        wrong += shown_wrong(mail, len(faults))
    return wrong


def shown_wrong(mail: Outgoing, came: int) -> list[str]:
    """What the desk does not show as it was: the answer that the mail carried, and the promise it kept."""
    about = dict(mail.about)
    message = Message.objects.get(pk=about["message"])
    first_contact = Clock.objects.get(case=about["case"], metric="initial_contact", run=1)
    is_failed = mail.state == State.FAILED
    return [
        f"answer {message.pk} {words}"
        for words, is_wrong in (
            ("is shown as another than its mail", (message.state == MessageState.FAILED) != is_failed),
            ("came twice and is not marked", came == 2 and not message.is_maybe_twice),
            ("is marked and came once, heard", message.is_maybe_twice and not mail.is_maybe_twice),
            ("failed and counts as the first contact", is_failed and first_contact.stopped_at is not None),
            ("left and is no first contact", not is_failed and first_contact.stopped_at is None),
        )
        if is_wrong
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--mails", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", type=Path, default=Path("docs/proof/mail.json"))
    chosen = options.parse_args()
    record = Record()
    box = Faulty(random=Random(chosen.seed))
    server = Server(box)
    server.start()
    with database() as url:
        settings.KEEPWELL_MAIL_URL = f"smtp://127.0.0.1:{box.port}"
        budgets = {
            f"KEEPWELL_MAIL_PER_{scope}": "1000000" for scope in ("HOUR", "ADDRESS_HOUR", "DOMAIN_HOUR")
        }
        urls = {"DATABASE_URL": url, "KEEPWELL_MAIL_URL": settings.KEEPWELL_MAIL_URL}
        ids = answers(chosen.mails)
        worker = Worker({**os.environ, **urls, **budgets})
        box.kills = lambda: worker.process.pid
        try:
            rounds = work_until_nothing_waits(worker)
        finally:
            worker.end()
            server.stop()
        wrong = wrongs(ids, box.ledger)
        came = Counter(Counter(identity for identity, _fault in box.ledger).values())
        shown = Counter(Message.objects.filter(direction="out").values_list("state", "is_maybe_twice"))
        states = Counter(Outgoing.objects.values_list("state", flat=True))
    findings = {
        "seed": chosen.seed,
        "mails": chosen.mails,
        "wrong": wrong,
        "states": dict(states),
        "answers_shown": {
            f"{state}{', maybe twice' if twice else ''}": n for (state, twice), n in shown.items()
        },
        "came_once": came[1],
        "came_twice": came[2],
        "workers_killed": worker.kills,
        "rounds": rounds,
        "what_the_server_did": dict(box.drawn),
    }
    record.write(chosen.write, findings)
    print(findings)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
