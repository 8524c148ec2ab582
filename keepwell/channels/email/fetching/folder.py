"""One folder on a mail server, by UID only: places in it move when others delete. Reading marks nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from keepwell.channels.email.fetching.connecting import NotReached

SIZE, ARRIVED, WHOLE = b"RFC822.SIZE", b"INTERNALDATE", b"BODY[]"
LISTENS_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the server says of a mail before it is fetched."""

    size: int
    arrived_at: datetime


class Folder:
    """`uid_validity` changes when the server has numbered all mails anew."""

    def __init__(self, client: IMAPClient, name: str) -> None:
        """Errors: NotReached, with the names of the folders there are."""
        self._client = client
        try:
            found = client.select_folder(name)
        except IMAPClientError as error:
            raise NotReached(_without(name, folders(client))) from error
        self.uid_validity = int(found[b"UIDVALIDITY"])
        self.mails = int(found.get(b"EXISTS", 0))

    def uids(self, *, above: int = 0, since: datetime | None = None) -> list[int]:
        """The numbers of its mails. `since` is taken as a day, and a day earlier: servers have zones."""
        # Servers may keep news to themselves until they are asked what is new.
        self._client.noop()
        asked: list[str | object] = ["UID", f"{above + 1}:*"]
        if since is not None:
            asked += ["SINCE", (since - timedelta(days=1)).date()]
        # The last mail is always within n:*, even if its number is lower.
        return sorted(uid for uid in self._client.search(asked) if uid > above)

    def looks(self, uids: Iterable[int]) -> dict[int, Look]:
        """By number; without those that are gone."""
        found = self._client.fetch(list(uids), ["RFC822.SIZE", "INTERNALDATE"])
        return {
            uid: Look(size=each[SIZE], arrived_at=each[ARRIVED])
            for uid, each in found.items()
            if SIZE in each and ARRIVED in each
        }

    def raws(self, uids: Iterable[int]) -> dict[int, bytes]:
        """The mails, byte for byte; without those that are gone."""
        found = self._client.fetch(list(uids), ["BODY.PEEK[]"])
        return {uid: each[WHOLE] or b"" for uid, each in found.items() if WHOLE in each}

    def mark_as_read(self, uids: list[int]) -> None:
        self._client.add_flags(uids, [SEEN], silent=True)

    def move(self, uids: list[int], to: str) -> None:
        """Where the server cannot move them they are copied, and these alone are taken away."""
        if self._client.has_capability("MOVE"):
            self._client.move(uids, to)
        elif self._client.has_capability("UIDPLUS"):
            self._client.copy(uids, to)
            self._client.delete_messages(uids, silent=True)
            self._client.uid_expunge(uids)
        else:
            raise NotReached(_("The mail server cannot move mails. Leave the folder to move to empty."))

    def wait(self, seconds: float, is_over: Callable[[float], bool]) -> None:
        """Returns when something happens in the folder, else after this time; at once when it is over.

        `is_over` is asked all the time, and waits so many seconds itself.
        """
        if not self._client.has_capability("IDLE"):
            is_over(seconds)
            return
        self._client.idle()
        while seconds > 0 and not is_over(0):
            if self._client.idle_check(timeout=LISTENS_SECONDS):
                break
            seconds -= LISTENS_SECONDS
        self._client.idle_done()


def folders(client: IMAPClient) -> list[str]:
    return sorted(str(name) for _flags, _delimiter, name in client.list_folders())


def _without(name: str, there: list[str]) -> str:
    return _("There is no folder %(name)s. There are: %(folders)s.") % {
        "name": name,
        "folders": ", ".join(there[:20]) or "-",
    }
