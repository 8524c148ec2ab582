"""What is fetched from a mailbox is kept, and the mail server is told only then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.fetching.backing_off import TRIES, mail_again_after
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import CameBy, Fetching, ImapAccount, RemoteMail
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.actors import System

BY = System("email")


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A mail as the server gave it. `is_backlog`: it had piled up, and newer ones are read before it."""

    uid: int
    raw: bytes
    arrived_at: datetime
    is_backlog: bool = False


@all_or_nothing()
def know_folder(account: ImapAccount, uid_validity: int, *, at: datetime | None = None) -> None:
    """Under a new numbering nothing is known: all is fetched again, and what is kept already is known by
    its bytes. Effects: mailbox.renumbered, but for the first time."""
    if account.uid_validity == uid_validity:
        return
    RemoteMail.objects.filter(account=account).delete()
    if account.uid_validity is not None:
        about = [("mailbox", account.mailbox_id)]
        record("mailbox.renumbered", by=BY, at=at, subjects=about)
    account.uid_validity = uid_validity
    account.save(update_fields=["uid_validity"])


@all_or_nothing()
def still_to_fetch(account: ImapAccount, uids: Iterable[int], *, at: datetime | None = None) -> list[int]:
    """Those of the folder's mails that are neither kept, nor given up, nor to be left alone for now.

    What is not in the folder any more is forgotten.
    """
    at, there = clock.instant(at), set(uids)
    known = {each.uid: each for each in RemoteMail.objects.filter(account=account)}
    RemoteMail.objects.filter(account=account, uid__in=known.keys() - there).delete()
    return sorted(uid for uid in there if uid not in known or _is_due(known[uid], at))


def due_again(account: ImapAccount, *, at: datetime | None = None) -> list[int]:
    """Mails that failed before and are begun again now."""
    waiting = RemoteMail.objects.filter(account=account, state=Fetching.WAITING)
    return list(waiting.filter(try_again_at__lte=clock.instant(at)).values_list("uid", flat=True))


def kept_among(account: ImapAccount, uids: Iterable[int]) -> list[int]:
    """Those of the folder's mails that are kept here, in order."""
    kept = RemoteMail.objects.filter(account=account, uid__in=list(uids), state=Fetching.KEPT)
    return sorted(kept.values_list("uid", flat=True))


def failed_before(account: ImapAccount, uids: Iterable[int]) -> list[int]:
    """Those of them that were begun and did not end well, or whose worker was killed."""
    mine = RemoteMail.objects.filter(account=account, uid__in=list(uids), tries__gt=0)
    return list(mine.order_by("uid").values_list("uid", flat=True))


@all_or_nothing()
def begin_fetching(account: ImapAccount, uids: Iterable[int], *, at: datetime | None = None) -> list[int]:
    """Counts a try of each, before it: one that kills us was a try. Gives them without those given up.

    Effects: remote_mail.given_up, for one that was begun too often.
    """
    at, wanted = clock.instant(at), set(uids)
    known = list(RemoteMail.objects.select_for_update().filter(account=account, uid__in=wanted))
    new = wanted - {each.uid for each in known}
    RemoteMail.objects.bulk_create(
        [RemoteMail(account=account, uid=uid, tries=1, try_again_at=at) for uid in new]
    )
    return sorted([*new, *(each.uid for each in known if _is_begun(each, at))])


@all_or_nothing()
def keep_fetched(account: ImapAccount, mails: Iterable[Fetched], *, at: datetime | None = None) -> list[int]:
    """All of these are kept, in one commit, or none; gives their numbers.

    A mail came when it arrived on the mail server, if its clock is not ahead of ours: customers wait from
    then. Effects: inbound_mail.received for each that is new. Errors: MailRefused.
    """
    at, kept = clock.instant(at), []
    for mail in mails:
        came = Arrival(
            came_by=CameBy.IMAP,
            remote_id=f"{account.uid_validity}/{mail.uid}",
            is_backlog=mail.is_backlog,
        )
        receive_mail(mail.raw, account.mailbox, came, at=min(mail.arrived_at, at))
        kept.append(mail.uid)
    _settle(account, kept, Fetching.KEPT)
    return kept


@all_or_nothing()
def leave(account: ImapAccount, uids: Iterable[int], *, at: datetime | None = None) -> None:
    """They arrived before mail was to be taken, and stay where they are."""
    _settle(account, uids, Fetching.LEFT)


@all_or_nothing()
def put_off(account: ImapAccount, uid: int, why: str, *, at: datetime | None = None) -> None:
    """It could not be fetched or kept; it is begun again later. Others go on."""
    mine = RemoteMail.objects.filter(account=account, uid=uid, state=Fetching.WAITING)
    for each in mine.select_for_update():
        each.why = why[:500]
        each.try_again_at = clock.instant(at) + mail_again_after(each.tries)
        each.save(update_fields=["why", "try_again_at"])


@all_or_nothing()
def give_up(account: ImapAccount, uid: int, why: str, *, at: datetime | None = None) -> None:
    """It is never taken, such as one that is too large; it stays on the mail server.

    Effects: remote_mail.given_up.
    """
    for each in RemoteMail.objects.select_for_update().filter(account=account, uid=uid):
        _give_up(each, why, clock.instant(at))


@all_or_nothing()
def fetch_anew(mail: RemoteMail, *, by: Actor, at: datetime | None = None) -> None:
    """One that was given up is begun again, as if it had just come.

    Effects: remote_mail.retried. Errors: NotPermitted.
    """
    permits.require(by, "settings.mailboxes")
    record("remote_mail.retried", by=by, at=at, subjects=[("mailbox", mail.account.mailbox_id)])
    mail.state, mail.tries, mail.try_again_at = Fetching.WAITING, 0, clock.instant(at)
    mail.save(update_fields=["state", "tries", "try_again_at"])


def _is_due(mail: RemoteMail, at: datetime) -> bool:
    return mail.state == Fetching.WAITING and mail.try_again_at <= at


def _is_begun(mail: RemoteMail, at: datetime) -> bool:
    """Whether one more try was left."""
    if mail.state == Fetching.WAITING and mail.tries >= TRIES:
        _give_up(mail, mail.why, at)
    if mail.state != Fetching.WAITING:
        return False
    mail.tries += 1
    mail.try_again_at = at + mail_again_after(mail.tries)
    mail.save(update_fields=["tries", "try_again_at"])
    return True


def _settle(account: ImapAccount, uids: Iterable[int], state: Fetching) -> None:
    RemoteMail.objects.filter(account=account, uid__in=list(uids)).update(state=state, why="")


def _give_up(mail: RemoteMail, why: str, at: datetime) -> None:
    mail.state, mail.why = Fetching.GIVEN_UP, why[:500]
    mail.save(update_fields=["state", "why"])
    about = [("mailbox", mail.account.mailbox_id)]
    record("remote_mail.given_up", by=BY, at=at, subjects=about, facts={"uid": mail.uid, "tries": mail.tries})
