"""Every mailbox in use is watched, in a thread of its own, as long as the worker runs.

Not by jobs: a connection that waits for news would hold a place among them for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import structlog
from django.db import DatabaseError, connection

from keepwell.channels.email.fetching.backing_off import server_again_after
from keepwell.channels.email.fetching.connecting import NotReached
from keepwell.channels.email.fetching.session import look_into
from keepwell.channels.email.verbs.reaching import not_reached
from keepwell.channels.models import ImapAccount

log = structlog.get_logger("keepwell.mail")
# Mailboxes that were added or changed are noticed within this time.
LOOKS_SECONDS = 10.0
FINISH_WITHIN_SECONDS = 10.0


@contextmanager
def watched_mailboxes() -> Iterator[None]:
    """Mailboxes are watched while the block runs."""
    is_over = threading.Event()
    overseer = threading.Thread(target=_oversee, args=[is_over], name="mailboxes", daemon=True)
    overseer.start()
    try:
        yield
    finally:
        is_over.set()
        overseer.join(FINISH_WITHIN_SECONDS)


def _oversee(is_over: threading.Event) -> None:
    watching: dict[int, Watching] = {}
    while not is_over.is_set():
        try:
            _follow(watching)
        except DatabaseError as error:
            log.warning("mailboxes_not_known", error=type(error).__name__)
            _stop(watching, list(watching))
            # The locks went with it.
            connection.close()
        is_over.wait(LOOKS_SECONDS)
    _stop(watching, list(watching))
    connection.close()


def _follow(watching: dict[int, Watching]) -> None:
    """Those in use are watched as they are set now, but for those that another worker watches."""
    wanted = dict(ImapAccount.objects.in_use().values_list("pk", "changed_at"))
    _stop(watching, [key for key, each in watching.items() if wanted.get(key) != each.changed_at])
    for key in wanted.keys() - watching.keys():
        if _locked(key):
            watching[key] = Watching(key, wanted[key])


def _stop(watching: dict[int, Watching], keys: list[int]) -> None:
    for key in keys:
        watching[key].is_over.set()
    for key in keys:
        watching.pop(key).thread.join(FINISH_WITHIN_SECONDS)
        _let_go(key)


def _locked(account: int) -> bool:
    """Whether no other worker watches it. The lock is the connection's: a worker that dies lets go of it."""
    return _asked("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", account)


def _let_go(account: int) -> None:
    with suppress(DatabaseError):
        _asked("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", account)


def _asked(statement: str, account: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"watching mailbox {account}"])
        [found] = cursor.fetchone()
    return bool(found)


class Watching:
    """One mailbox, as it was set at `changed_at`; whatever happens it is looked into again."""

    def __init__(self, account: int, changed_at: datetime) -> None:
        self.account, self.changed_at = account, changed_at
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"mailbox {account}", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        failures = 0
        while not self.is_over.is_set():
            try:
                failures = self._looked()
            except Exception as error:  # a watch that ended would be a mailbox that nobody hears
                failures += 1
                log.warning("mailbox_interrupted", account=self.account, error=type(error).__name__)
            # Nothing is held while it waits, and none that died with the database.
            connection.close()
            self.is_over.wait(server_again_after(max(failures, 1)).total_seconds())

    def _looked(self) -> int:
        """How often it failed in a row."""
        account = ImapAccount.objects.select_related("mailbox").get(pk=self.account)
        try:
            look_into(account, self.is_over.wait)
        except NotReached as why:
            log.warning("mailbox_not_reached", account=self.account, error=str(why))
            not_reached(account, str(why))
        return account.failures
