"""What a mail server answers, in words, before anything is fetched."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from keepwell.channels.email.fetching.connecting import NotReached, connected
from keepwell.channels.email.fetching.folder import Folder
from keepwell.channels.models import Fetching, ImapAccount, RemoteMail


@dataclass(frozen=True, kw_only=True)
class Tried:
    is_well: bool
    words: str


def try_it(account: ImapAccount) -> Tried:
    """Signs in, opens the folder and counts; nothing is fetched, and nothing is marked."""
    try:
        with connected(account) as client:
            folder = Folder(client, account.folder)
            idles = client.has_capability("IDLE")
            waiting = _not_kept(account, folder)
    except NotReached as why:
        return Tried(is_well=False, words=str(why))
    return Tried(is_well=True, words=" ".join([_counted(account, folder, waiting), _heard(idles)]))


def _not_kept(account: ImapAccount, folder: Folder) -> int:
    there = folder.uids(since=account.takes_from)
    settled = RemoteMail.objects.exclude(state=Fetching.WAITING).filter(account=account)
    known = set(settled.values_list("uid", flat=True)) if account.uid_validity == folder.uid_validity else ()
    return len(set(there).difference(known))


def _counted(account: ImapAccount, folder: Folder, waiting: int) -> str:
    return _(
        "%(server)s let us in. In the folder %(folder)s are %(mails)s mails; %(waiting)s of them are to be "
        "looked at."
    ) % {"server": account.server, "folder": account.folder, "mails": folder.mails, "waiting": waiting}


def _heard(idles: bool) -> str:
    return _("It tells of new mail at once.") if idles else _("It is asked for new mail again and again.")
