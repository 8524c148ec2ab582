"""The event log of another desk, tried or brought in: a part of the word `import`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from keepwell.imports.logs.bringing_in import Hearers
from keepwell.imports.logs.bringing_in import run as bring_in
from keepwell.imports.logs.mapping import MapRefused
from keepwell.imports.logs.pattern import pattern
from keepwell.imports.tables import TableRefused
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say
from keepwell.service_levels.promises import NothingPromised

TOLD_EVERY_SECONDS = 2


def run(options: argparse.Namespace) -> int:
    """0; 1 where values are not mapped, so that nothing could be kept."""
    try:
        return _run(options)
    except OSError as error:
        raise WordRefused(f"{error.filename} cannot be read: {error.strerror}.") from error
    except TableRefused as refusal:
        raise WordRefused(f"{options.file}: {refusal}") from refusal
    except NothingPromised as missing:
        raise WordRefused(str(missing)) from missing
    except MapRefused as refusal:
        raise WordRefused(f"{options.mapping}: {refusal}") from refusal


def _run(options: argparse.Namespace) -> int:
    if options.pattern:
        print(pattern(options.file), end="")
        return 0
    content = _mapping(options)
    hearers = Hearers(refused=print, how_far=_now_and_then())
    report = bring_in(options.file, content, is_applied=options.apply, hearers=hearers)
    for sentence in report.sentences():
        print(sentence)
    return 0 if report.is_mapped else 1


def _mapping(options: argparse.Namespace) -> bytes:
    if options.file is None:
        raise WordRefused("Name the log to be brought in, or ask for --pattern.")
    if options.mapping is None:
        raise WordRefused(
            "Say how the log is to be read: --mapping MAP.toml. "
            f"`keepwell import log {options.file} --pattern > MAP.toml` makes a map to begin with."
        )
    mapping: Path = options.mapping
    return mapping.read_bytes()


def _now_and_then() -> Callable[[str], None]:
    began = said = time.monotonic()

    def tell(how_far: str) -> None:
        nonlocal said
        if time.monotonic() - said > TOLD_EVERY_SECONDS:
            said = time.monotonic()
            say(f"{how_far} ({said - began:.0f} s)")

    return tell
