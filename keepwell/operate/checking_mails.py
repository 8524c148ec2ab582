"""Each file of a folder goes the way of a mail, in an installation made for it and taken away."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from keepwell.channels.email.arrivals import Arrival, MailRefused
from keepwell.channels.email.showing import record_of
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.founding.terms import Terms
from keepwell.founding.verbs.founding import found
from keepwell.operate.data_folder import make_data_folder
from keepwell.operate.embedded.address import place_of
from keepwell.operate.embedded.starting import stop
from keepwell.operate.words.migrate import bring_up_to_date
from keepwell.people.actors import System

BY = System("operate")
ADDRESS = "check@keepwell.example"
# What turns a knob of this installation would turn it there, too.
KNOBS = "KEEPWELL_"


def check_in_a_scratch_installation(folder: Path) -> int:
    """Runs `check` there; its lines come out as they are made."""
    with _scratch() as var:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(KNOBS)}
        kept.pop("DATABASE_URL", None)
        words = [sys.executable, "-m", "keepwell.operate.command", "mail", "check", "--inside", str(folder)]
        return subprocess.run(words, env={**kept, "KEEPWELL_VAR": str(var)}, check=False).returncode


def check(folder: Path) -> int:
    """One line of JSON for each file, in the order of their names; 1 if any of them broke something.

    In a new database, which it sets up first. Errors: AlreadyFounded where somebody has.
    """
    bring_up_to_date()
    # Without promises no case can be opened.
    found(_terms(), by=BY)
    mailbox = add_mailbox(ADDRESS, by=BY)
    crashes = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        record = {"file": str(path.relative_to(folder)), **_checked(path, mailbox)}
        crashes += record["crashed"]
        print(json.dumps(record, ensure_ascii=False), flush=True)
    return 1 if crashes else 0


def _terms() -> Terms:
    return Terms(
        vendor="Check",
        sender=ADDRESS,
        zone="UTC",
        administrator_name="Nobody",
        administrator_email=ADDRESS,
        password=secrets.token_urlsafe(24),
    )


def _checked(path: Path, mailbox: Mailbox) -> dict[str, Any]:
    raw = path.read_bytes()
    try:
        mail = receive_mail(raw, mailbox, Arrival())
        understand(mail.pk)
        return {"crashed": False, **record_of(InboundMail.objects.get(pk=mail.pk))}
    except MailRefused as refused:
        state, why, crashed = "refused", str(refused), False
    except Exception as error:  # to be told of each is what this is for
        state, why, crashed = "crashed", f"{type(error).__name__}: {error}", True
    sha256 = hashlib.sha256(raw).hexdigest()
    return {"crashed": crashed, "sha256": sha256, "size": len(raw), "state": state, "why": why}


@contextmanager
def _scratch() -> Iterator[Path]:
    var = Path(tempfile.mkdtemp(prefix="keepwell-check-"))
    try:
        var.chmod(0o711)  # ours, new and empty: the database's account has to walk through it
        make_data_folder(var)
        yield var
    finally:
        # One that was killed on the way has left its server running.
        stop(place_of(var))
        shutil.rmtree(place_of(var).root, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)
