"""One connection to one mailbox: what is there and not kept is fetched; then it waits for more.

Before a mail is fetched a try of it is counted and committed. It is committed itself before the server is
told that we have it. Killed anywhere between, the next session finds it still to be fetched, or known by
its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from keepwell.channels.email.arrivals import MailRefused
from keepwell.channels.email.fetching.connecting import NotReached, connected
from keepwell.channels.email.fetching.folder import Folder, Look
from keepwell.channels.email.fetching.queueing import Queue, bundles
from keepwell.channels.email.parsing.limits import MEGABYTE, STORED_BYTES
from keepwell.channels.email.verbs import fetching
from keepwell.channels.email.verbs.fetching import Fetched
from keepwell.channels.email.verbs.reaching import reached
from keepwell.channels.models import ImapAccount
from keepwell.kit import clock, faults

log = structlog.get_logger("keepwell.mail")
# All of a folder is compared with what is kept this often, and whenever a connection is new.
ALL_AGAIN_AFTER = timedelta(hours=1)
# The connection to the mail server or to the database is gone, or the disk is full.
NO_MAILS_FAULT = (NotReached, IMAPClientAbortError, OSError, OperationalError, InterfaceError)

IsOver = Callable[[float], bool]


def look_into(account: ImapAccount, is_over: IsOver) -> None:
    """Fetches what there is, and what comes, until it is over. Errors: NotReached; DatabaseError."""
    with connected(account) as client:
        session = Session(account, Folder(client, account.folder), is_over)
        while not is_over(0):
            session.catch_up()
            # A connection to the database is not held while nothing happens.
            connection.close()
            session.folder.wait(settings.KEEPWELL_MAIL_POLL_SECONDS, is_over)


def fetch_once(account: ImapAccount) -> int:
    """Fetches what is there now, and gives how many mails that were. Errors: NotReached; DatabaseError."""
    with connected(account) as client:
        session = Session(account, Folder(client, account.folder), _never)
        session.catch_up()
        return session.kept


def _never(seconds: float) -> bool:
    return False


@dataclass
class Session:
    account: ImapAccount
    folder: Folder
    is_over: IsOver = _never
    kept: int = 0
    _queue: Queue = field(default_factory=Queue)

    def __post_init__(self) -> None:
        self._all_again_at = clock.now()

    def catch_up(self) -> None:
        """Until nothing is left; then, and not before, the mailbox counts as reached."""
        self._list()
        while not self.is_over(0):
            uids, is_backlog = self._queue.take()
            if not uids:
                break
            self._fetch(uids, is_backlog)
            self._queue.come_in(self._newer())
        reached(self.account)

    def _list(self) -> None:
        now = clock.now()
        if now < self._all_again_at:
            self._queue.come_in(self._newer())
            self._queue.backlog = fetching.due_again(self.account)
            return
        fetching.know_folder(self.account, self.folder.uid_validity)
        there = self.folder.uids(since=self.account.takes_from)
        faults.hit("fetch.listed")
        self._tell_again(there)
        self._queue.pile_up(fetching.still_to_fetch(self.account, there))
        self._queue.highest = max([self._queue.highest, *there])
        self._all_again_at = now + ALL_AGAIN_AFTER

    def _newer(self) -> list[int]:
        return self.folder.uids(above=self._queue.highest, since=self.account.takes_from)

    def _fetch(self, uids: list[int], is_backlog: bool) -> None:
        """Those that failed before one by one: whatever one of them does, it counts as no try of another."""
        failed_before = fetching.failed_before(self.account, uids)
        sound = [uid for uid in uids if uid not in failed_before]
        for together in [*([sound] if sound else []), *([uid] for uid in failed_before)]:
            begun = fetching.begin_fetching(self.account, together)
            faults.hit("fetch.counted")
            looks = self.folder.looks(begun) if begun else {}
            wanted = self._wanted(looks)
            for bundle in bundles({uid: looks[uid].size for uid in wanted}):
                self._bundle(bundle, looks, is_backlog)

    def _wanted(self, looks: dict[int, Look]) -> list[int]:
        """Without those that came too early, and those that are too large."""
        since = self.account.takes_from
        early = [uid for uid, look in looks.items() if since is not None and look.arrived_at < since]
        if early:
            fetching.leave(self.account, early)
        wanted = sorted(looks.keys() - set(early))
        for uid in wanted:
            if looks[uid].size > STORED_BYTES:
                fetching.give_up(self.account, uid, _too_large())
        return [uid for uid in wanted if looks[uid].size <= STORED_BYTES]

    def _bundle(self, uids: list[int], looks: dict[int, Look], is_backlog: bool) -> None:
        """All at once; where that fails, one after the other, so that only the bad one is put off."""
        try:
            self._keep(uids, looks, is_backlog)
        except NO_MAILS_FAULT:
            raise
        except Exception as error:  # whatever it is, the other mails are to come in
            if len(uids) == 1:
                self._failed(uids[0], error)
                return
            for uid in uids:
                self._bundle([uid], looks, is_backlog)

    def _keep(self, uids: list[int], looks: dict[int, Look], is_backlog: bool) -> None:
        raws = self.folder.raws(uids)
        faults.hit("fetch.fetched")
        try:
            kept = fetching.keep_fetched(self.account, _fetched(raws, looks, is_backlog))
        except OSError as error:
            raise NotReached(_("Mail cannot be kept here: %(error)s") % {"error": error.strerror}) from error
        faults.hit("fetch.committed")
        self.kept += len(kept)
        self._tell_the_server(kept)
        faults.hit("fetch.told")

    def _tell_the_server(self, kept: list[int]) -> None:
        if not kept:
            return
        if self.account.moves_to:
            self.folder.move(kept, self.account.moves_to)
        else:
            self.folder.mark_as_read(kept)

    def _tell_again(self, there: list[int]) -> None:
        """Those that were kept and not moved, because we were killed between."""
        if self.account.moves_to:
            self._tell_the_server(fetching.kept_among(self.account, there))

    def _failed(self, uid: int, error: Exception) -> None:
        log.warning("mail_not_fetched", mailbox=self.account.mailbox_id, uid=uid, error=type(error).__name__)
        if isinstance(error, MailRefused):
            fetching.give_up(self.account, uid, str(error))
            return
        said = str(error) if isinstance(error, IMAPClientError) else type(error).__name__
        fetching.put_off(self.account, uid, said)


def _fetched(raws: dict[int, bytes], looks: dict[int, Look], is_backlog: bool) -> Iterable[Fetched]:
    for uid, raw in sorted(raws.items()):
        yield Fetched(uid=uid, raw=raw, arrived_at=looks[uid].arrived_at, is_backlog=is_backlog)


def _too_large() -> str:
    return _("The mail is larger than %(most)s MB, which is the most that is taken.") % {
        "most": STORED_BYTES // MEGABYTE
    }
