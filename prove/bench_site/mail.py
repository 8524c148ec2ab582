"""Mail coming in: how many are kept a second, beside bare rows; how many become cases, by real workers; and
whether somebody who writes now waits behind thousands that had piled up."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection

from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import receive_mail, receive_mails
from keepwell.channels.models import InboundMail, Mailbox, MailState
from keepwell.people.actors import System
from prove.ordinary_mail import TOGETHER, ordinary, taken
from prove.record import ROOT

WORKER = [sys.executable, "-m", "keepwell.operate.command", "worker"]
TAKEN, NEWCOMERS = 1_000, 20
WITHIN_SECONDS = 900
WARM = 20


def measure_mail(*, drained: int = 400, backlog: int = 5_000) -> dict[str, Any]:
    """`drained` become cases by one worker, as many by two; `backlog` stand before the newcomers."""
    mailbox = add_mailbox("bench@keepwell.example", by=System("prove"))
    mails = ordinary(TAKEN + 2 * drained + backlog + NEWCOMERS)
    found: dict[str, Any] = {"bare_rows_per_second": _bare_rows(mails[:TAKEN])}
    found["taken"] = taken(mails[:TAKEN], mailbox)
    with _workers(2):
        _until_at_most(0)
    rest = iter(mails[TAKEN:])
    for workers in (1, 2):
        receive_mails(islice(rest, drained), mailbox)
        found[f"seen_per_second_by_{workers}"] = _drained(workers, drained)
    found["backlog"] = _newcomers_before(list(rest), mailbox)
    return found


def _bare_rows(mails: list[tuple[bytes, Arrival]]) -> float:
    """The same bytes, a row and a commit each, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_mail (id bigserial PRIMARY KEY, content bytea)")
        began = time.perf_counter()
        for raw, _came in mails:
            cursor.execute("INSERT INTO bench_mail (content) VALUES (%s)", [raw])
        return round(len(mails) / (time.perf_counter() - began), 1)


def _drained(workers: int, mails: int) -> float:
    """From when they are at work until nothing waits."""
    with _workers(workers):
        _until_at_most(mails - WARM)
        began, left = time.perf_counter(), _waiting()
        _until_at_most(0)
        return round(left / (time.perf_counter() - began), 1)


def _newcomers_before(mails: list[tuple[bytes, Arrival]], mailbox: Mailbox) -> dict[str, Any]:
    """How long each newcomer waits until it is a case while the others stand there, by one worker."""
    piled, newcomers = mails[:-NEWCOMERS], mails[-NEWCOMERS:]
    behind = Arrival(is_backlog=True)
    for start in range(0, len(piled), TOGETHER):
        receive_mails([(raw, behind) for raw, _came in piled[start : start + TOGETHER]], mailbox)
    with _workers(1):
        _until_at_most(len(piled) - WARM)
        began = time.perf_counter()
        spans = sorted(_span_of(raw, mailbox) for raw, _came in newcomers)
        left = _waiting()
        _until_at_most(0)
        drained = round(time.perf_counter() - began, 1)
    return {
        "piled_up": len(piled),
        "still_waiting_when_all_newcomers_were_seen": left,
        "newcomer_seconds_p50": round(statistics.median(spans), 2),
        "newcomer_seconds_p95": round(spans[int(len(spans) * 0.95) - 1], 2),
        "drained_seconds": drained,
    }


def _span_of(raw: bytes, mailbox: Mailbox) -> float:
    began = time.perf_counter()
    mail = receive_mail(raw, mailbox, Arrival()).pk
    while InboundMail.objects.filter(pk=mail, state=MailState.RECEIVED).exists():
        time.sleep(0.02)
    return time.perf_counter() - began


def _waiting() -> int:
    return InboundMail.objects.filter(state=MailState.RECEIVED).count()


def _until_at_most(mails: int) -> None:
    until = time.monotonic() + WITHIN_SECONDS
    while _waiting() > mails:
        if time.monotonic() > until:
            raise RuntimeError("The workers do not keep up")
        time.sleep(0.1)


@contextmanager
def _workers(count: int) -> Iterator[None]:
    started = [
        subprocess.Popen(WORKER, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for _worker in range(count)
    ]
    try:
        yield
    finally:
        for each in started:
            each.terminate()
        for each in started:
            each.wait(30)
