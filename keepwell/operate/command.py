"""The `keepwell` command: finds the word, sees that the database runs, and hands over."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from types import FrameType, ModuleType

import django
from django.conf import settings

from keepwell.kit.refusals import Refused
from keepwell.operate.embedded.refusals import DatabaseRefused
from keepwell.operate.embedded.using import in_use
from keepwell.operate.leaving import held_open
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say

# The word, where it stands, and what it does in one line.
WORDS: dict[str, tuple[str, str]] = {
    "demo": ("keepwell.operate.words.demo", "an invented vendor to try everything with"),
    "load": ("keepwell.operate.words.load", "very many invented cases, to see it at size"),
    "init": ("keepwell.operate.words.init", "set up a new, empty installation"),
    "migrate": ("keepwell.operate.words.migrate", "bring the database to this version"),
    "serve": ("keepwell.operate.words.serve", "run the web server"),
    "worker": ("keepwell.operate.words.worker", "work the jobs: mail, reminders, deadlines"),
    "doctor": ("keepwell.operate.words.doctor", "look for what is wrong"),
    "backup": ("keepwell.operate.words.backup", "save database and files to a folder, and verify it"),
    "restore": ("keepwell.operate.words.restore", "fill an empty installation from a backup"),
    "import": (
        "keepwell.operate.words.importing",
        "bring in accounts, contacts, staff, a log ... from CSV",
    ),
    "mail": ("keepwell.operate.words.mail", "take a mail from the mail server, show one, try many"),
    "usage": ("keepwell.operate.words.usage", "bring in files of usage data, count them, forget a person"),
    "manage": ("keepwell.operate.words.manage", "run a command of Django"),
}

# A word may turn knobs for its own run: the demonstration keeps its mail and works its own jobs.
KNOBS_OF = {"demo": {"KEEPWELL_DEMO": "yes", "KEEPWELL_WORKER_INSIDE": "yes"}}

# What a word ends with where the database is away: with 75 a mail server keeps its mail and tries again.
DATABASE_IS_AWAY = {"mail": 75}


class Stopped(SystemExit):
    """The system asked us to end; everything that is open is closed on the way out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one word; gives 0, 1 if it refused (its reason on standard error), 2 for a mistyped one."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] not in WORDS:
        return _words(given)
    _end_in_order()
    try:
        return _run(given[0], given[1:])
    except DatabaseRefused as refusal:
        say(f"keepwell {given[0]}: {refusal}")
        return DATABASE_IS_AWAY.get(given[0], 1)
    except (WordRefused, Refused) as refusal:
        say(f"keepwell {given[0]}: {refusal}")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(name: str, rest: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings")
    os.environ.update(KNOBS_OF.get(name, {}))
    django.setup()
    place, meaning = WORDS[name]
    word = importlib.import_module(place)
    options = _options(name, meaning, word, rest)
    with held_open:
        held_open.enter_context(database_in_use())
        return int(word.run(options) or 0)


def database_in_use() -> AbstractContextManager[object]:
    """The embedded database runs inside; with DATABASE_URL there is nothing to start."""
    return in_use(settings.VAR) if settings.KEEPWELL_DATABASE_IS_EMBEDDED else nullcontext()


def _options(name: str, meaning: str, word: ModuleType, rest: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"keepwell {name}", description=meaning, epilog=word.__doc__)
    if name == "manage":  # whose options are Django's
        return argparse.Namespace(rest=rest)
    if hasattr(word, "arguments"):
        word.arguments(parser)
    return parser.parse_args(rest)


def _words(given: list[str]) -> int:
    lines = ["keepwell WORD ...", "", *(f"  {name:10}{meaning}" for name, (_place, meaning) in WORDS.items())]
    if given and given[0] not in {"help", "-h", "--help"}:
        say(f"keepwell knows no word {given[0]!r}.\n")
        say("\n".join(lines))
        return 2
    print("\n".join(lines))
    return 0


def _end_in_order() -> None:
    # By default SIGTERM and a closed terminal end a process on the spot, with the database still up.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(0)


if __name__ == "__main__":
    sys.exit(main())
