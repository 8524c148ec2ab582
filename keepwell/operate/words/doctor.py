"""Looks for what is wrong and names it; 0 if nothing is. Names after the word look at these parts only."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable

from keepwell.kit.checkups import Checkup, checkups
from keepwell.operate.refusals import WordRefused


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of: " + ", ".join(_names()))


def run(options: argparse.Namespace) -> int:
    unknown = [name for name in options.names if name not in _names()]
    if unknown:
        raise WordRefused(f"doctor knows no {unknown[0]!r}. It knows: {', '.join(_names())}.")
    found = sum(_look(each) for each in checkups(options.names))
    print("Nothing is wrong." if not found else f"{found} things are wrong.")
    return 1 if found else 0


def _names() -> list[str]:
    return [each.name for each in checkups()]


def _look(each: Checkup) -> int:
    began = time.monotonic()
    found = _print_all(each.look())
    print(f"{each.name}: {each.words}: differences {found} ({time.monotonic() - began:.1f} s)")
    return found


def _print_all(sentences: Iterable[str]) -> int:
    count = 0
    for count, sentence in enumerate(sentences, start=1):  # noqa: B007 - the last number is the count
        print(f"  {sentence}")
    return count
