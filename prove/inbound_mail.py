"""Is every mail that comes in kept and seen, whatever it is, and how quickly?

    python -m prove.inbound_mail [--mails 2000] [--read 400] [--data FOLDER] [--write FILE]

A real PostgreSQL with its disk waits on, one process that takes and understands, and its child that reads.
First ordinary mails are taken, one a commit and twenty a commit, and read into cases. Then mails made to
break their reader; then the mails that Python's own tests of its e-mail library read (with Debian: apt-get
install libpython3.11-testsuite). Both sets go once more through `keepwell mail check`, in the scratch
installation that it makes: one line each, none crashed, its process no larger. Exit code 0 only if none
broke anything, each is seen and kept byte for byte, the process grew by less than 50 MB, its child stayed
below 512, and the speeds of issue 4 are met.
"""

import argparse
import os
import resource
import shutil
import sys
import sysconfig
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time, sleep
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()

import psutil  # noqa: E402

from keepwell.channels.email.arrivals import Arrival, MailRefused  # noqa: E402
from keepwell.channels.email.tests import hostile  # noqa: E402
from keepwell.channels.email.verbs.mailboxes import add_mailbox  # noqa: E402
from keepwell.channels.email.verbs.receiving import receive_mail  # noqa: E402
from keepwell.channels.email.verbs.understanding import understand  # noqa: E402
from keepwell.channels.models import InboundMail, Mailbox, MailState  # noqa: E402
from keepwell.files.content import open_content  # noqa: E402
from keepwell.people.actors import System  # noqa: E402
from prove.checked_mails import checked, fill  # noqa: E402
from prove.mail import database  # noqa: E402
from prove.ordinary_mail import TOGETHER, ordinary, taken  # noqa: E402
from prove.record import Record  # noqa: E402
from tests import cast  # noqa: E402

MEGABYTE = 1024 * 1024
DRIFT_MEGABYTES, CHILD_MEGABYTES, LARGE_SECONDS = 50, 512, 10.0
TAKEN_A_SECOND, SEEN_A_SECOND = 300.0, 40.0
PLACES = ("/usr/lib/python3.*/test/test_email/data",)


@dataclass
class Memory:
    """The largest this process's children were, looked at all the time."""

    child_bytes: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        while not self.is_over.is_set():
            for child in psutil.Process().children():
                try:
                    self.child_bytes = max(self.child_bytes, child.memory_info().rss)
                except psutil.Error:
                    continue
            sleep(0.02)


def seen(count: int) -> dict[str, Any]:
    """How many a second become cases, by one worker and its child."""
    waiting = InboundMail.objects.filter(state=MailState.RECEIVED).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:count])
    began, worked = monotonic(), process_time()
    for identity in ids:
        understand(identity)
    seconds, worked = monotonic() - began, process_time() - worked
    placed = InboundMail.objects.filter(pk__in=ids, state=MailState.PLACED).count()
    return {
        "mails": len(ids),
        "placed": placed,
        "per_second": round(len(ids) / seconds, 1),
        "processor_ms_each_without_the_child": round(1000 * worked / len(ids), 1),
    }


def tried(mails: Iterator[tuple[str, bytes]], mailbox: Mailbox) -> list[dict[str, Any]]:
    """Each mail the whole way; what became of it."""
    return [{"mail": name, **_one(raw, mailbox)} for name, raw in mails]


def _one(raw: bytes, mailbox: Mailbox) -> dict[str, Any]:
    began = monotonic()
    try:
        identity = receive_mail(raw, mailbox, Arrival()).pk
        understand(identity)
    except MailRefused:
        return {"bytes": len(raw), "state": "refused", "is_seen": True, "is_whole": True, "seconds": 0.0}
    except Exception as error:  # to be told of each is what this is for
        return {"bytes": len(raw), "state": "crashed", "why": type(error).__name__, "seconds": 0.0}
    seconds = round(monotonic() - began, 2)
    mail = InboundMail.objects.select_related("raw").get(pk=identity)
    is_seen = mail.case_id is not None or mail.state in (MailState.HELD, MailState.PARKED)
    found = {
        "bytes": len(raw),
        "state": str(mail.state),
        "is_seen": is_seen,
        "is_whole": _is_whole(mail, raw),
    }
    why = mail.why if mail.state == MailState.UNPARSED else " ".join(mail.said.warnings if mail.said else ())
    return {**found, "seconds": seconds, **({"why": why} if why else {})}


def _is_whole(mail: InboundMail, raw: bytes) -> bool:
    if mail.raw.content is not None:
        return bytes(mail.raw.content) == raw
    with open_content(mail.raw.sha256) as kept:
        return bool(kept.read() == raw)


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".py"):
        yield path.name, path.read_bytes()


def data_folder(asked: Path | None) -> Path | None:
    """Where the mails of Python's own tests are; None where they are not on this machine."""
    own = Path(sysconfig.get_path("stdlib")) / "test" / "test_email" / "data"
    found = [asked, own, *(path for pattern in PLACES for path in sorted(Path("/").glob(pattern[1:])))]
    return next((path for path in found if path is not None and path.is_dir()), None)


def checked_by_the_command(folder: Path | None) -> dict[str, Any]:
    """What `keepwell mail check` says of both sets; it never reaches this campaign's database."""
    with tempfile.TemporaryDirectory(prefix="keepwell-prove-mails-") as name:
        place = Path(name)
        fill(place, hostile.mails())
        if folder:
            shutil.copytree(folder, place / "python", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        return checked(place)


def wrongs(found: dict[str, Any]) -> list[str]:
    each = [*found["hostile"], *found["python_tests"]]
    wrong = [f"{one['mail']}: crashed" for one in each if one["state"] == "crashed"]
    wrong += [f"{one['mail']}: not seen" for one in each if not one.get("is_seen", True)]
    wrong += [f"{one['mail']}: not kept as it came" for one in each if not one.get("is_whole", True)]
    limits = (
        ("the process grew", found["parent_grew_megabytes"] >= DRIFT_MEGABYTES),
        ("a child was too large", found["child_megabytes_at_most"] >= CHILD_MEGABYTES),
        ("a mail of 25 MB took too long", found["large"]["seconds"] >= LARGE_SECONDS),
        ("too few are taken a second", found["taken"][f"{TOGETHER}_a_commit_per_second"] < TAKEN_A_SECOND),
        ("too few are seen a second", found["seen"]["per_second"] < SEEN_A_SECOND),
        ("no mails of Python's tests were found", not found["python_tests"]),
    )
    wrong += found["mail_check"]["wrong"]
    return wrong + [words for words, is_wrong in limits if is_wrong]


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    cast.the_guidelines()
    mailbox = add_mailbox("help@keepwell.example", by=System("prove"))
    found: dict[str, Any] = {"taken": taken(ordinary(chosen.mails), mailbox), "seen": seen(chosen.read)}
    memory = Memory()
    looking = threading.Thread(target=memory.look, daemon=True)
    looking.start()
    before = psutil.Process().memory_info().rss
    found["hostile"] = tried(hostile.mails(), mailbox)
    [found["large"]] = tried(iter([("25 MB", hostile.attachment(18 * 1000 * 1000))]), mailbox)
    after = psutil.Process().memory_info().rss
    memory.is_over.set()
    looking.join()
    folder = data_folder(chosen.data)
    found["python_tests"] = tried(files_in(folder), mailbox) if folder else []
    return {
        **found,
        "mail_check": checked_by_the_command(folder),
        "parent_grew_megabytes": round((after - before) / MEGABYTE, 1),
        "child_megabytes_at_most": round(memory.child_bytes / MEGABYTE, 1),
        "states": dict(Counter(one["state"] for one in [*found["hostile"], *found["python_tests"]])),
        "load_at_the_end": [round(load, 1) for load in os.getloadavg()],
        "largest_process_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--mails", type=int, default=2_000)
    options.add_argument("--read", type=int, default=400)
    options.add_argument("--data", type=Path)
    options.add_argument("--write", type=Path, default=Path("docs/proof/inbound_mail.json"))
    chosen = options.parse_args()
    record = Record()
    with database():
        found = run(chosen)
    wrong = wrongs(found)
    record.write(chosen.write, {"mails": chosen.mails, "wrong": wrong, **found})
    shown = (
        "taken",
        "seen",
        "large",
        "mail_check",
        "parent_grew_megabytes",
        "child_megabytes_at_most",
        "states",
    )
    print({name: found[name] for name in shown}, *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
