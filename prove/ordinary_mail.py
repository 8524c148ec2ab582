"""Mails as people write them, and how many of them are kept a second."""

from __future__ import annotations

from secrets import token_hex
from time import monotonic
from typing import Any

from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.verbs.receiving import receive_mail, receive_mails
from keepwell.channels.models import Mailbox

TOGETHER = 20
MAIL = """From: Dana Olsen <dana{number}.{run}@elmfalls.example>
To: help@keepwell.example
Subject: =?utf-8?q?The_printer_is_silent_=E2=80=93_number_{number}?=
Message-ID: <{number}.{run}@elmfalls.example>
Date: Mon, 2 Nov 2026 09:14:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

It says nothing since this morning.

{lines}
--b
Content-Type: text/html; charset=utf-8

<p>It says nothing since <b>this morning</b>.</p><p>{lines}</p>
--b--
"""


def ordinary(count: int) -> list[tuple[bytes, Arrival]]:
    """New ones each time: a mail that was kept before is not kept again, and takes no time."""
    lines, run = "The office is open, and nobody can print. " * 40, token_hex(4)
    return [(MAIL.format(number=number, run=run, lines=lines).encode(), Arrival()) for number in range(count)]


def taken(mails: list[tuple[bytes, Arrival]], mailbox: Mailbox) -> dict[str, Any]:
    """How many a second, one a commit and several a commit."""
    alone = mails[: len(mails) // 5]
    began = monotonic()
    for raw, came in alone:
        receive_mail(raw, mailbox, came)
    alone_seconds = monotonic() - began
    others = mails[len(alone) :]
    began = monotonic()
    for start in range(0, len(others), TOGETHER):
        receive_mails(others[start : start + TOGETHER], mailbox)
    together_seconds = monotonic() - began
    return {
        "one_a_commit_per_second": round(len(alone) / alone_seconds, 1),
        f"{TOGETHER}_a_commit_per_second": round(len(others) / together_seconds, 1),
    }
