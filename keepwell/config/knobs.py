"""Everything an operator may turn, in one table.

Settings read the environment through `value` only, and the operator's guide prints `KNOBS` as it
stands here, so that no knob exists without a meaning.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keepwell.kit.refusals import Refused
from keepwell.kit.yes_or_no import yes_or_no


class KnobError(Refused):
    """A knob stands on a value that it cannot take; the message says which and what it takes."""


@dataclass(frozen=True, kw_only=True)
class Knob:
    name: str
    read: Callable[[str], Any]
    default: Any
    meaning: str


def folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


KNOBS: tuple[Knob, ...] = (
    Knob(
        name="DATABASE_URL",
        read=str,
        default="",
        meaning="A PostgreSQL server of your own; empty: the embedded one.",
    ),
    Knob(
        name="KEEPWELL_VAR",
        read=folder,
        default=Path.cwd() / "var",
        meaning="The folder for data: embedded database, files, kept mail, secrets.",
    ),
    Knob(name="KEEPWELL_PORT", read=int, default=8000, meaning="The port the web server listens on."),
    Knob(
        name="KEEPWELL_BIND",
        read=str,
        default="127.0.0.1",
        meaning="The address the web server listens on.",
    ),
    Knob(
        name="KEEPWELL_URL",
        read=str,
        default="",
        meaning="The address people type, such as https://help.example.org; empty: http://localhost:PORT.",
    ),
    Knob(
        name="KEEPWELL_HOSTS",
        read=words,
        default=[],
        meaning="Host names that are answered besides that of KEEPWELL_URL, separated by commas.",
    ),
    Knob(
        name="KEEPWELL_SECRET_KEY",
        read=str,
        default="",
        meaning="Signs sessions and links; empty: one is made and kept in KEEPWELL_VAR.",
    ),
    Knob(
        name="KEEPWELL_DEBUG",
        read=yes_or_no,
        default=False,
        meaning="Developers only: errors with their traces in the browser.",
    ),
    Knob(
        name="KEEPWELL_DEMO",
        read=yes_or_no,
        default=False,
        meaning="This is a demonstration: mail is kept, codes are readable on the Outbox page.",
    ),
    Knob(
        name="KEEPWELL_MAIL_URL",
        read=str,
        default="",
        meaning="smtp://user:password@host:port or smtps://...; empty: mail is kept and not sent.",
    ),
    Knob(
        name="KEEPWELL_MAIL_PER_ADDRESS_HOUR",
        read=int,
        default=20,
        meaning="At most so many mails to one address in an hour; the rest waits.",
    ),
    Knob(
        name="KEEPWELL_MAIL_PER_DOMAIN_HOUR",
        read=int,
        default=500,
        meaning="At most so many mails to one domain in an hour; the rest waits.",
    ),
    Knob(
        name="KEEPWELL_MAIL_PER_HOUR",
        read=int,
        default=2000,
        meaning="At most so many mails in all in an hour; above it the breaker opens.",
    ),
    Knob(
        name="KEEPWELL_MAIL_ATTACHED_MEGABYTES",
        read=int,
        default=10,
        meaning="Files go with an answer up to so much in all; those beyond it are named with their address.",
    ),
    Knob(
        name="KEEPWELL_MAIL_KEYS",
        read=words,
        default=[],
        meaning="Seal reply addresses and Message-IDs: the newest first, separated by commas, each of 32 "
        "letters or more; the older ones are believed still. `installation` stands for the key made from "
        "KEEPWELL_SECRET_KEY; empty: that one alone.",
    ),
    Knob(
        name="KEEPWELL_MAIL_TRUSTED_HOSTS",
        read=words,
        default=[],
        meaning="The names that your mail servers write into Authentication-Results, separated by commas; "
        "only of servers that remove these names from what comes in. Empty: no mail counts as proven.",
    ),
    Knob(
        name="KEEPWELL_MAIL_LISTEN",
        read=str,
        default="",
        meaning="Workers take mail there, from a mail server of yours: lmtp://127.0.0.1:8024 or "
        "smtp://host:port; empty: nowhere.",
    ),
    Knob(
        name="KEEPWELL_MAIL_POLL_SECONDS",
        read=int,
        default=60,
        meaning="How often a mailbox is looked into; servers that tell of new mail are heard at once.",
    ),
    Knob(
        name="KEEPWELL_USAGE_CALLS_PER_SECOND",
        read=int,
        default=100,
        meaning="So many calls of one source of usage data in a second are taken, by each process.",
    ),
    Knob(
        name="KEEPWELL_USAGE_ENGINE",
        read=str,
        default="duckdb://",
        meaning="What works out metrics of usage: a connection of Ibis, such as pyspark://?...; "
        "duckdb://: inside the worker.",
    ),
    Knob(
        name="KEEPWELL_USAGE_WAREHOUSE",
        read=str,
        default="",
        meaning="Your own warehouse, where sources of usage data are views: a connection of Ibis, such as "
        "postgres://user:password@host/database; empty: none.",
    ),
    Knob(
        name="KEEPWELL_USAGE_EVENT_DAYS",
        read=int,
        default=400,
        meaning="So many days single events of usage are kept; what was counted of them stays.",
    ),
    Knob(
        name="KEEPWELL_SIGNALS_SHOWN",
        read=int,
        default=25,
        meaning="So many open signals one of ours is shown at once; how many more wait is said beside.",
    ),
    Knob(
        name="KEEPWELL_PLAYBOOK_RUNS_A_WEEK",
        read=int,
        default=3,
        meaning="So often playbooks run by themselves at one customer within seven days.",
    ),
    Knob(
        name="KEEPWELL_PUSH_SERVICES",
        read=words,
        default=[],
        meaning="Hosts of push services of your own, separated by commas; those of browsers are known.",
    ),
    Knob(
        name="KEEPWELL_CALENDAR_HOSTS",
        read=words,
        default=[],
        meaning="Hosts within your own network whose calendars may be read, separated by commas.",
    ),
    Knob(
        name="KEEPWELL_FILE_MEGABYTES",
        read=int,
        default=25,
        meaning="The largest file that is taken.",
    ),
    Knob(
        name="KEEPWELL_FILES_PER_MESSAGE",
        read=int,
        default=10,
        meaning="So many files at most go with one message.",
    ),
    Knob(
        name="KEEPWELL_SCANNER",
        read=str,
        default="",
        meaning="A command that reads a file on standard input and ends with 1 if it holds a virus.",
    ),
    Knob(
        name="KEEPWELL_SCAN_SECONDS",
        read=int,
        default=20,
        meaning="How long the scanner may take for one file; after that the file waits for a later scan.",
    ),
    Knob(
        name="KEEPWELL_UNDO_SECONDS",
        read=int,
        default=10,
        meaning="How long a reply can be taken back before it leaves.",
    ),
    Knob(
        name="KEEPWELL_LETTERS_APART_DAYS",
        read=int,
        default=14,
        meaning="How many days a contact is left alone between two letters that go to several.",
    ),
    Knob(
        name="KEEPWELL_LOG",
        read=str,
        default="json",
        meaning="json or plain: how log lines are written.",
    ),
    Knob(
        name="KEEPWELL_WORKER_INSIDE",
        read=yes_or_no,
        default=False,
        meaning="The web process works the jobs too; for the demonstration only.",
    ),
)

_BY_NAME: Mapping[str, Knob] = {knob.name: knob for knob in KNOBS}


def value(name: str, environ: Mapping[str, str] = os.environ) -> Any:
    """What the knob stands on: the environment's text read as its type, or the default.

    Errors: KnobError if the text cannot be read; KeyError for a name that is no knob.
    """
    knob = _BY_NAME[name]
    text = environ.get(name, "").strip()
    if not text:
        return knob.default
    try:
        return knob.read(text)
    except ValueError as error:
        raise KnobError(
            f"{name} stands on {text!r}, which cannot be read: {error}. {knob.meaning}"
        ) from error
