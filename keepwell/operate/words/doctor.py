"""Looks for what is wrong and names it; 0 if nothing is. Names after the word look at these parts only."""

from __future__ import annotations

import argparse
import time

from keepwell.kit.checkups import Checkup, HowFar, checkups
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say

SAYS_EVERY_SECONDS = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of: " + ", ".join(_names()))


def run(options: argparse.Namespace) -> int:
    unknown = [name for name in options.names if name not in _names()]
    if unknown:
        raise WordRefused(f"doctor knows no {unknown[0]!r}. It knows: {', '.join(_names())}.")
    found = sum(_look(each) for each in checkups(options.names))
    print(_all_in_all(found))
    return 1 if found else 0


def _all_in_all(found: int) -> str:
    if found == 1:
        return "One thing is wrong."
    return f"{found} things are wrong." if found else "Nothing is wrong."


def _names() -> list[str]:
    return [each.name for each in checkups()]


def _look(each: Checkup) -> int:
    began = time.monotonic()
    found = _print_all(each)
    print(f"{each.name}: {each.words}: differences {found} ({time.monotonic() - began:.1f} s)")
    return found


def _print_all(each: Checkup) -> int:
    count, said = 0, time.monotonic()
    for found in each.look():
        if not isinstance(found, HowFar):
            count += 1
            print(f"  {found}", flush=True)
        elif time.monotonic() - said > SAYS_EVERY_SECONDS:
            said = time.monotonic()
            say(f"{each.name}: {found.done} of {found.of}")
    return count
