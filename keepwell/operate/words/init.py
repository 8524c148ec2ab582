"""Sets up a real installation: the vendor's name, hours and zone, the sender, and the first administrator.

What is not given is asked for; without a terminal it has to be given. The administrator's password is
asked for too, or made and printed once with --make-password.
"""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError

from keepwell.calendars.working_time import CalendarError
from keepwell.founding.first_run_key import throw_away
from keepwell.founding.queries import is_founded
from keepwell.founding.terms import Terms
from keepwell.founding.verbs.founding import found
from keepwell.kit.refusals import Refused
from keepwell.operate.refusals import WordRefused
from keepwell.operate.words.migrate import bring_up_to_date
from keepwell.people.actors import System

# The option, what is asked, and what stands there if the answer is empty.
QUESTIONS: dict[str, tuple[str, str | None]] = {
    "vendor": ("The name customers know you by", None),
    "sender": ("The mail address that answers leave from", None),
    "zone": ("The time zone of your support, such as Europe/Berlin", None),
    "hours": ("Your support hours", "mon-fri 07:00-19:00"),
    "country": ("The country whose public holidays you close on, such as US; empty for none", ""),
    "subdivision": ("Its part, such as TX; empty for the whole country", ""),
    "administrator_name": ("The first administrator's name", None),
    "administrator_email": ("The first administrator's mail address", None),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    for name, (question, default) in QUESTIONS.items():
        shown = f"{question} (else {default or 'empty'})" if default is not None else question
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", help=shown)
    parser.add_argument("--make-password", action="store_true", help="make a password and print it once")


def run(options: argparse.Namespace) -> None:
    bring_up_to_date()
    if is_founded():
        raise WordRefused("This installation is set up already. Nothing was changed.")
    answers = {name: _answer(name, getattr(options, name)) for name in QUESTIONS}
    password = secrets.token_urlsafe(12) if options.make_password else _asked_password()
    _found(Terms(**answers, password=password))
    print(
        f"{answers['vendor']} is set up. Start it with `keepwell serve` and `keepwell worker`, then sign in"
    )
    print(f"at {settings.KEEPWELL_URL}/accounts/login/ as {answers['administrator_email']}")
    if options.make_password:
        print(f"with the password {password}")
    print("Bring in what you have with `keepwell import products`, then accounts, contacts and staff.")


def _found(terms: Terms) -> None:
    try:
        found(terms, by=System("init"))
    except ValidationError as error:
        raise WordRefused(" ".join(_by_question(error))) from error
    except (Refused, CalendarError) as refusal:
        raise WordRefused(f"{refusal} Nothing was set up.") from refusal
    throw_away()


def _by_question(error: ValidationError) -> Iterable[str]:
    for name, sentences in error.message_dict.items():
        yield f"--{name.replace('_', '-')}: {' '.join(sentences)}"
    yield "Nothing was set up."


def _answer(name: str, given: str | None) -> str:
    question, default = QUESTIONS[name]
    if given is not None:
        return given
    if not sys.stdin.isatty():
        if default is None:
            raise WordRefused(f"--{name.replace('_', '-')} is missing: {question}. Nothing was set up.")
        return default
    shown = f" [{default}]" if default else ""
    return input(f"{question}{shown}: ").strip() or default or ""


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise WordRefused("Without a terminal, ask for --make-password. Nothing was set up.")
    first = getpass.getpass("A password for the administrator (twelve characters at least): ")
    if first != getpass.getpass("The same once more: "):
        raise WordRefused("The two passwords differ. Nothing was set up; run it again.")
    return first
