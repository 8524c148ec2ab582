"""Files of events are tried line by line; with --apply they are brought in, all of a file or nothing.

What was brought in is counted by the worker within minutes, or at once by `keepwell usage count`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from keepwell.operate.refusals import WordRefused
from keepwell.people.actors import System
from keepwell.usage.gathering import Gathered
from keepwell.usage.models import Source
from keepwell.usage.verbs.bringing_in import Upload, bring_in, try_file
from keepwell.usage.verbs.compacting import compact
from keepwell.usage.verbs.erasing import erase_user_ids
from keepwell.usage.verbs.measuring import measure
from keepwell.usage.verbs.rolling import roll

BY = System("operate")
PROBLEMS_SHOWN = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    importing = acts.add_parser("import", help="try a file of events, or bring it in")
    importing.add_argument("file", type=Path, metavar="FILE", help="CSV or Parquet, as its source says")
    importing.add_argument("--source", required=True, metavar="NAME")
    importing.add_argument("--apply", action="store_true", help="keep it, if no line has a problem")
    importing.add_argument("--replace", action="store_true", help="as a correction of each of its days")
    importing.add_argument("--revision", type=int, default=0, help="of the correction; the highest counts")
    acts.add_parser("count", help="count what came, and work out what is due, now")
    erase = acts.add_parser("erase", help="forget who a person is")
    erase.add_argument("user", metavar="USER", help="as the software names the person")


def run(options: argparse.Namespace) -> int:
    return {"import": _import, "count": _count, "erase": _erase}[options.act](options)


def _import(options: argparse.Namespace) -> int:
    source = Source.objects.filter(name__iexact=options.source).first()
    if source is None:
        names = ", ".join(Source.objects.values_list("name", flat=True))
        raise WordRefused(f"There is no source {options.source}. There are: {names or 'none'}.")
    if not options.file.is_file():
        raise WordRefused(f"{options.file} is no file.")
    upload = Upload(path=options.file, is_correction=options.replace, revision=options.revision)
    found = try_file(source, upload, by=BY)
    _tell(found)
    if options.apply and found.is_clean:
        bring_in(source, upload, by=BY)
        print("All of it is kept.")
    return 0 if found.is_clean else 1


def _tell(found: Gathered) -> None:
    for problem in found.problems[:PROBLEMS_SHOWN]:
        print(f"line {problem.line}: {problem.words}")
    if found.wrong > PROBLEMS_SHOWN:
        print(f"and {found.wrong - PROBLEMS_SHOWN} more")
    print(f"{found.events} events on {len(found.days)} days, {found.apart} put apart, {found.wrong} to mend.")


def _count(options: argparse.Namespace) -> int:
    for words, do in _STEPS:
        print(f"{do()} {words}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    print(f"{erase_user_ids([options.user], by=BY)} keys erased.")
    return 0


_STEPS: tuple[tuple[str, Callable[[], int]], ...] = (
    ("events into their days", compact),
    ("days counted", roll),
    ("days worked out", measure),
)
