"""A mail is read in a child, and its files are taken in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File

from keepwell.channels.email.arrivals import write_raw
from keepwell.channels.email.child.reading import Unreadable, reader_at_hand
from keepwell.channels.email.findings import Read
from keepwell.channels.email.parsed import MailFile
from keepwell.channels.models import RawMail
from keepwell.files.models import Attachment
from keepwell.files.refusals import FileRefused
from keepwell.files.verbs.storing import store
from keepwell.people.actors import System

BY = System("email")


def read_mail(raw: RawMail) -> Read:
    """What the bytes say, with files that belong to nobody yet: those nobody puts to a message are cleaned.

    No lock is held meanwhile: reading may take its ten seconds. Effects: file.stored for each file. Errors:
    FileNotFoundError where the mail was forgotten.
    """
    with tempfile.TemporaryDirectory(prefix="keepwell-mail-") as name:
        folder = Path(name)
        write_raw(raw, folder / "original")
        return _read(folder)


def _read(folder: Path) -> Read:
    try:
        with reader_at_hand() as reader:
            said = reader.read(folder / "original", folder)
    except Unreadable as unreadable:
        return Read(why_not=str(unreadable))
    kept = list(_kept(said.attachments, folder))
    return Read(
        said=said,
        files=tuple(each for each in kept if isinstance(each, Attachment)),
        left_out=tuple(str(each) for each in kept if isinstance(each, FileRefused)),
    )


def _kept(files: tuple[MailFile, ...], folder: Path) -> Iterator[Attachment | FileRefused]:
    """Each file, or why it is not taken. Empty ones are nothing that anybody misses."""
    for file in files:
        if file.size == 0:
            continue
        with (folder / file.file).open("rb") as content:
            try:
                yield store(File(content, name=file.name), by=BY)
            except FileRefused as refused:
                yield refused
