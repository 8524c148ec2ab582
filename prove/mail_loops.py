"""Do machines that write to each other through us come to an end?

    python -m prove.mail_loops [--hours 24] [--write FILE]

Two installations with a database and a worker process each, and a mail server between them that counts. A
support address of each is a customer of the other and writes to it: both acknowledge. Beside them, at the
first: a customer who is away, whose server says so in a plain mail without any header that would tell; a desk
that acknowledges whatever comes, in new words under a new subject and naming nothing; and an address whose
server sends everything back, also what is sent back to it. Every address is confirmed, so that nothing but
the limits keeps us from writing. The clock goes from mail to mail over 24 hours, and every hour a tick
passes. Exit code 0 only if each of those who began was acknowledged, no pair exchanged more than two mails
beside those that began it, and no case was opened after the first of each.
"""

from __future__ import annotations

import argparse
import base64
import heapq
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from secrets import token_hex

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()

from django.db import connection  # noqa: E402

from keepwell.outbox.tests.postbox import Arrived, Postbox, Server  # noqa: E402
from prove.mail import database  # noqa: E402
from prove.record import Record  # noqa: E402

STARTED_AT = datetime(2026, 6, 9, 14, tzinfo=UTC)
ON_THE_WAY = timedelta(seconds=30)
MOST_IN_A_PAIR = 2
AWAY, DESK, GONE = "away@elmfalls.example", "desk@elmfalls.example", "gone@elmfalls.example"
DAEMON = "mailer-daemon@elmfalls.example"
OURS = {"one": "help@one.example", "two": "help@two.example"}

INSTALLATION = """
import base64, json, sys
import django
django.setup()
from datetime import datetime
from django.conf import settings
from keepwell.cases.models import Case
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.kit import clock
from keepwell.outbox.verbs.branding import change_brand
from keepwell.outbox.verbs.handing_over import deliver_what_is_due
from keepwell.people.actors import System
from tests import cast

BY = System("prove")
settings.KEEPWELL_MAIL_TRUSTED_HOSTS = ["mx.proof.example"]


def begin(address, known):
    cast.the_guidelines()
    change_brand(name=address, sender_name=address, sender_address=address, by=BY)
    add_mailbox(address, by=BY)
    for one in known:
        contact = add_contact(one, email=one, by=BY)
        confirm_address(contact.addresses.get(), by=BY)


def take(address, raw, sender):
    from keepwell.channels.models import Mailbox
    mailbox = Mailbox.objects.get(address=address)
    mail = receive_mail(base64.b64decode(raw), mailbox, Arrival(envelope_sender=sender), at=clock.now())
    understand(mail.pk, at=clock.now())


def say():
    states = list(InboundMail.objects.order_by("pk").values_list("state", flat=True))
    return {"cases": Case.objects.count(), "mails": states}


print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    with clock.standing_at(datetime.fromisoformat(asked.pop("at"))):
        acts = {"begin": begin, "take": take, "say": say, "deliver": lambda: None}
        found = acts[asked.pop("act")](**asked)
        deliver_what_is_due(at=clock.now())
    print(json.dumps(found), flush=True)
"""


class Installation:
    """A process of an installation that does what it is asked at the instant it is told."""

    def __init__(self, address: str, url: str, mail_url: str) -> None:
        self.address = address
        # The data folder is the same, and with it the secret: one would believe the seals of the other.
        own = {"DATABASE_URL": url, "KEEPWELL_MAIL_URL": mail_url, "KEEPWELL_MAIL_KEYS": token_hex(32)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", INSTALLATION],
            env={**os.environ, **own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._line() == "ready", "the installation did not start"

    def ask(self, act: str, at: datetime, **given: object) -> object:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"act": act, "at": at.isoformat(), **given}) + "\n")
        self.process.stdin.flush()
        return json.loads(self._line())

    def end(self) -> None:
        self.process.kill()
        self.process.wait(30)

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


Answers = Callable[[EmailMessage], EmailMessage | None]
numbers = count(1)


def written(author: str, to: str, subject: str, body: str) -> EmailMessage:
    """A mail that its server vouches for, with nothing in it that says that a machine wrote it."""
    mail = EmailMessage()
    domain = author.partition("@")[2]
    mail["Authentication-Results"] = f"mx.proof.example; dmarc=pass header.from={domain}"
    mail["From"], mail["To"], mail["Subject"] = author, to, subject
    mail["Message-ID"] = f"<{next(numbers)}@{domain}>"
    mail.set_content(body)
    return mail


def is_away(came: EmailMessage) -> EmailMessage:
    return written(AWAY, str(came["From"]), f"Re: {came['Subject']}", "I am not in the office this week.")


def acknowledges(came: EmailMessage) -> EmailMessage:
    number = next(numbers)
    return written(DESK, str(came["From"]), f"Request {number} received", f"Your request is number {number}.")


def sends_back(came: EmailMessage) -> EmailMessage:
    """As a mail server writes it, also about what was itself sent back."""
    mail = written(DAEMON, str(came["From"]), "Undelivered Mail", "No such user.")
    mail["X-Failed-Recipients"] = GONE
    return mail


PLAYERS: dict[str, Answers] = {AWAY: is_away, DESK: acknowledges, GONE: sends_back}
# Nobody begins as this one: it writes for whoever is gone, and is counted with him.
ANSWERS: dict[str, Answers] = {**PLAYERS, DAEMON: sends_back}


class Between:
    """The mail server between all of them: what is handed to it is counted, and delivered a little later."""

    def __init__(self, box: Postbox, installations: dict[str, Installation]) -> None:
        self.box, self.installations = box, installations
        self.under_way: list[tuple[datetime, int, str, str, bytes]] = []
        self.counted: Counter[tuple[str, str]] = Counter()

    def begin(self, author: str, to: str, at: datetime) -> None:
        self._send(author, to, written(author, to, "It does not print", "Since Monday.").as_bytes(), at)

    def run(self, until: datetime) -> None:
        """Delivers what is under way, in the order of time, and wakes everybody each hour."""
        hour = STARTED_AT
        while hour <= until:
            for installation in self.installations.values():
                installation.ask("deliver", hour)
            self._collect(hour)
            while self.under_way and self.under_way[0][0] <= hour + timedelta(hours=1):
                at, _number, author, to, raw = heapq.heappop(self.under_way)
                self._deliver(author, to, raw, at)
            hour += timedelta(hours=1)

    def _deliver(self, author: str, to: str, raw: bytes, at: datetime) -> None:
        for installation in self.installations.values():
            local, domain = installation.address.split("@")
            if to.endswith(f"@{domain}") and to.startswith(local):
                given = {"address": installation.address, "raw": base64.b64encode(raw).decode()}
                installation.ask("take", at, sender=author, **given)
                self._collect(at)
        if to in ANSWERS:
            answer = ANSWERS[to](message_from_bytes(raw, policy=policy.default))
            if answer is not None:
                self._send(to, str(answer["To"].addresses[0].addr_spec), answer.as_bytes(), at)

    def _collect(self, at: datetime) -> None:
        """What the installations handed over meanwhile."""
        arrived, self.box.arrived[:] = list(self.box.arrived), []
        for one in arrived:
            author = message_from_bytes(one.content, policy=policy.default)["From"].addresses[0].addr_spec
            self._send(author, one.recipients[0], vouched_for(one), at)

    def _send(self, author: str, to: str, raw: bytes, at: datetime) -> None:
        self.counted[counts_for(author), counts_for(to)] += 1
        heapq.heappush(self.under_way, (at + ON_THE_WAY, next(numbers), author, to, raw))


def counts_for(address: str) -> str:
    """Whose mail it is: a reply address is the installation's, and the server's that of whoever is gone."""
    local, _at, domain = address.lower().partition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return GONE if plain == DAEMON else plain


def vouched_for(one: Arrived) -> bytes:
    """As the receiving host passes it on: it says that the sender is proven."""
    domain = message_from_bytes(one.content, policy=policy.default)["From"].addresses[0].domain
    return (
        f"Authentication-Results: mx.proof.example; dmarc=pass header.from={domain}\n".encode() + one.content
    )


@contextmanager
def two_installations(box: Postbox) -> Iterator[dict[str, Installation]]:
    mail_url = f"smtp://127.0.0.1:{box.port}"
    with ExitStack() as until_the_end:
        running = {}
        for name, address in OURS.items():
            # What is in the pool is of the database before this one, and the tables would be made there.
            connection.close()
            connection.close_pool()
            url = until_the_end.enter_context(database(f"keepwell_prove_loops_{name}"))
            running[name] = Installation(address, url, mail_url)
            until_the_end.callback(running[name].end)
        yield running


def unanswered(counted: Counter[tuple[str, str]], beginnings: list[tuple[str, str]]) -> list[str]:
    """Who heard nothing: where nobody ever writes, nothing could have gone round."""
    return [f"{to} did not write to {author}" for author, to in beginnings if not counted[to, author]]


def wrongs(pairs: dict[str, int], cases: dict[str, int], began: dict[str, int]) -> list[str]:
    """What did not come to an end; empty if all is well."""
    wrong = [f"{pair}: {mails} mails" for pair, mails in pairs.items() if mails > MOST_IN_A_PAIR]
    return [
        *wrong,
        *(f"{name}: {n} cases from {began[name]}" for name, n in cases.items() if n > began[name]),
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--hours", type=int, default=24)
    options.add_argument("--write", type=Path, default=Path("docs/proof/mail_loops.json"))
    chosen = options.parse_args()
    record = Record()
    box = Postbox()
    server = Server(box)
    server.start()
    try:
        with two_installations(box) as running:
            between = Between(box, running)
            running["one"].ask("begin", STARTED_AT, address=OURS["one"], known=[OURS["two"], *PLAYERS])
            running["two"].ask("begin", STARTED_AT, address=OURS["two"], known=[OURS["one"]])
            each_other = [(OURS["two"], OURS["one"]), (OURS["one"], OURS["two"])]
            beginnings = [*each_other, *((player, OURS["one"]) for player in PLAYERS)]
            for author, to in beginnings:
                between.begin(author, to, STARTED_AT)
            between.run(STARTED_AT + timedelta(hours=chosen.hours))
            told = {name: one.ask("say", STARTED_AT) for name, one in running.items()}
    finally:
        server.stop()
    between.counted.subtract(beginnings)
    pairs: Counter[str] = Counter()
    for (author, to), mails in between.counted.items():
        pairs[" and ".join(sorted((author, to)))] += mails
    cases = {name: found["cases"] for name, found in told.items()}
    began = {name: sum(to == address for _author, to in beginnings) for name, address in OURS.items()}
    wrong = unanswered(between.counted, beginnings) + wrongs(pairs, cases, began)
    findings = {
        "hours": chosen.hours,
        "wrong": wrong,
        "mails_that_began": [f"{author} to {to}" for author, to in beginnings],
        "mails_of_each_pair_beside_those": dict(pairs),
        "cases": cases,
        "what_became_of_mails": {name: dict(Counter(found["mails"])) for name, found in told.items()},
    }
    record.write(chosen.write, findings)
    print(findings)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
