"""The parent's side: a mail is given to a child, and comes back as what it says, or why it does not."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keepwell
from keepwell.channels.email.child.pipe import NoAnswer, line_from
from keepwell.channels.email.child.working import ANSWER
from keepwell.channels.email.parsed import ParsedMail, from_json

# Long enough for any answer that a mail within its limits gives; it is read into the parent's memory.
ANSWER_BYTES = 32 * 1024 * 1024
NO_RECORD = "Reading it gave no answer that can be used."


class Unreadable(Exception):
    """The mail could not be read; `str()` is why, in words. It is kept as it came."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a child is given for each mail, and for how many mails it is used."""

    memory_bytes: int = 512 * 1024 * 1024
    seconds: int = 10
    mails: int = 200


LIMITS = Limits()


class Reader:
    """Reads one mail after the other, in a child that is there when it is needed. Not for two at a time."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._mails = 0

    def read(self, raw: Path, folder: Path) -> ParsedMail:
        """What the mail says; its files are in the folder, under their numbers. Errors: Unreadable."""
        if self._mails >= self.limits.mails:
            self.close()
        self._mails += 1
        try:
            why = self._ask(raw, folder).get("why")
            if why:
                raise Unreadable(str(why))
            return record_in(folder)
        except Unreadable:
            # Whatever it still holds, the next mail shall not find it.
            self.close()
            raise

    def close(self) -> None:
        """Ends the child; the next mail gets a new one."""
        child, self._child, self._mails = self._child, None, 0
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    @property
    def process_id(self) -> int | None:
        return self._child.pid if self._child else None

    def _ask(self, raw: Path, folder: Path) -> dict[str, Any]:
        child = self._at_hand()
        asked = json.dumps({"raw": str(raw), "folder": str(folder)}) + "\n"
        try:
            os.write(child.stdin.fileno(), asked.encode())  # type: ignore[union-attr]
            line = line_from(child.stdout.fileno(), within_seconds=self.limits.seconds)  # type: ignore[union-attr]
            answer = json.loads(line)
        except (NoAnswer, OSError) as error:
            raise Unreadable(str(error) if isinstance(error, NoAnswer) else NO_RECORD) from None
        except ValueError:
            raise Unreadable(NO_RECORD) from None
        return answer if isinstance(answer, dict) else {"why": NO_RECORD}

    def _at_hand(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            self._child = _started(self.limits)
        return self._child


_idle: queue.SimpleQueue[Reader] = queue.SimpleQueue()


@contextmanager
def reader_at_hand() -> Iterator[Reader]:
    """A reader for this job alone; it is used again by the next one."""
    try:
        reader = _idle.get_nowait()
    except queue.Empty:
        reader = Reader()
    try:
        yield reader
    finally:
        _idle.put(reader)


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    # Nothing of our environment: it names the database and its password.
    environment = {"PYTHONPATH": str(Path(keepwell.__file__).parents[1]), "LANG": "C.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-m", _WORKING, str(limits.memory_bytes), str(limits.seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
        start_new_session=True,
    )


_WORKING = "keepwell.channels.email.child.working"


def record_in(folder: Path) -> ParsedMail:
    """Errors: Unreadable where the child left something else, or more than is read."""
    answer = folder / ANSWER
    try:
        if answer.is_symlink() or answer.stat().st_size > ANSWER_BYTES:
            raise Unreadable(NO_RECORD)
        mail = from_json(json.loads(answer.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable(NO_RECORD) from None
    if any(not file.file.isdigit() for file in mail.attachments):
        raise Unreadable(NO_RECORD)
    return mail
