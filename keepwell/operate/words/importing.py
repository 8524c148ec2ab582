"""Tries a CSV file line by line and says what is wrong; with --apply brings it in, all of it or nothing.

`keepwell import accounts --pattern` prints the heading of such a file. `keepwell import log` brings in the
event log of another desk, to measure promises on it: `keepwell import log FILE --pattern` prints a map of the
file to begin with.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from keepwell.imports.bringing_in import KINDS, pattern
from keepwell.imports.bringing_in import run as bring_in
from keepwell.imports.report import Report
from keepwell.imports.tables import TableRefused
from keepwell.operate.refusals import WordRefused
from keepwell.operate.words import importing_logs
from keepwell.people.actors import System

LOG = "log"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted([*KINDS, LOG]), help="what the file is of")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a CSV file")
    parser.add_argument("--apply", action="store_true", help="keep it, if no line has a problem")
    parser.add_argument("--pattern", action="store_true", help="print what to begin with, and end")
    parser.add_argument("--mapping", type=Path, metavar="MAP.toml", help="of a log: how it is to be read")


def run(options: argparse.Namespace) -> int:
    if options.kind == LOG:
        return importing_logs.run(options)
    if options.pattern:
        print(pattern(options.kind), end="")
        return 0
    report = _report(options)
    for sentence in report.sentences():
        print(sentence)
    return 0 if report.is_clean else 1


def _report(options: argparse.Namespace) -> Report:
    if options.file is None:
        raise WordRefused("Name the file to be brought in, or ask for --pattern.")
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise WordRefused(f"{options.file} cannot be read: {error.strerror}.") from error
    try:
        return bring_in(options.kind, content, is_applied=options.apply, by=System("import"))
    except TableRefused as refusal:
        raise WordRefused(f"{options.file}: {refusal}") from refusal
