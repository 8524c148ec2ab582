"""Without a mail server: each mail is a file that any mail program opens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from django.utils.translation import gettext as _

from keepwell.outbox.models import Outcome
from keepwell.outbox.transports.answers import Answer, Envelope


class KeptSession:
    """Writes mails into a folder that only this installation's account may read."""

    transport = "kept"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        pass

    def deliver(self, raw: bytes, envelope: Envelope) -> Answer:
        try:
            self._write(kept_file(self.folder, envelope.name), raw)
        except OSError as error:
            return Answer.of(Outcome.UNREACHABLE, str(error))
        return Answer.of(Outcome.ACCEPTED, _("kept here, not sent"))

    def _write(self, path: Path, raw: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Under its name a file is whole or not there.
        unfinished = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        unfinished.replace(path)


def kept_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.eml"
