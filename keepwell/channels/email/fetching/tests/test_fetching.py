"""Mail is fetched from a real Dovecot: all of it, once, and never marked before it is kept."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import DataError
from imapclient import IMAPClient
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.channels.checks import deaf_mailboxes
from keepwell.channels.email.fetching import session as sessions
from keepwell.channels.email.fetching.connecting import NotReached, connected
from keepwell.channels.email.fetching.folder import Folder
from keepwell.channels.email.fetching.session import Session, fetch_once
from keepwell.channels.email.fetching.trying import try_it
from keepwell.channels.email.verbs import fetching
from keepwell.channels.email.verbs.mailboxes import (
    AccountRefused,
    Server,
    add_mailbox,
    fetch_from,
    put_into_use,
    put_out_of_use,
)
from keepwell.channels.email.verbs.reaching import not_reached
from keepwell.channels.models import Fetching, ImapAccount, InboundMail, RawMail, RemoteMail, Secured
from keepwell.journal.models import Entry
from keepwell.kit import faults
from keepwell.people.permits import NotPermitted
from tests import cast
from tests.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NUMBERS = count(1)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at) -> None:
    clock_at(NOW)


@pytest.fixture(autouse=True)
def nothing_fails_on_purpose() -> Iterator[None]:
    yield
    faults.disarm()


@pytest.fixture
def account(dovecot: Dovecot) -> ImapAccount:
    """A mailbox of this test alone."""
    mailbox = add_mailbox(f"help{next(NUMBERS)}@keepwell.example", by=cast.CAST)
    return fetch_from(mailbox, at_dovecot(dovecot, mailbox.address), by=cast.CAST)


def at_dovecot(dovecot: Dovecot, user: str, **other: str) -> Server:
    given = {"password": PASSWORD, "secured": Secured.NEVER, **other}
    return Server(server="127.0.0.1", port=dovecot.imap, user=user, **given)


def a_mail(number: int, body: str = "It says nothing.") -> bytes:
    return (
        f"From: dana@elmfalls.example\r\nSubject: The printer {number}\r\n"
        f"Message-ID: <{number}@elmfalls.example>\r\n\r\n{body}\r\n"
    ).encode()


def put(dovecot: Dovecot, account: ImapAccount, *raws: bytes) -> None:
    dovecot.put(*raws, user=account.user)


def flags(dovecot: Dovecot, account: ImapAccount, folder: str = "INBOX") -> list[bool]:
    """Of each mail in the folder whether it is marked as read."""
    with dovecot.signed_in(account.user) as client:
        client.select(folder, readonly=True)
        _answer, found = client.uid("fetch", "1:*", "(FLAGS)")
    return [b"\\Seen" in each for each in found if each]


def kept() -> list[bytes]:
    return [bytes(raw.content) for raw in RawMail.objects.order_by("pk")]


def anew(account: ImapAccount) -> ImapAccount:
    return ImapAccount.objects.select_related("mailbox").get(pk=account.pk)


def test_every_mail_is_kept_byte_for_byte_and_marked_as_read(dovecot, account):
    put(dovecot, account, *(a_mail(number) for number in range(45)))
    assert fetch_once(account) == 45
    assert kept() == [a_mail(number) for number in range(45)]
    assert all(flags(dovecot, account))
    assert fetch_once(anew(account)) == 0


def test_what_somebody_read_in_the_mailbox_before_us_is_fetched_all_the_same(dovecot, account):
    put(dovecot, account, a_mail(1))
    with dovecot.signed_in(account.user) as client:
        client.select("INBOX")
        client.store("1", "+FLAGS", "(\\Seen)")
    assert fetch_once(account) == 1


def test_killed_after_the_commit_a_mail_is_fetched_no_second_time(dovecot, account):
    put(dovecot, account, a_mail(1), a_mail(2))
    faults.arm("fetch.committed", dies)
    with pytest.raises(Killed):
        fetch_once(account)
    assert len(kept()) == 2
    faults.disarm()
    assert fetch_once(anew(account)) == 0
    assert len(kept()) == 2


@pytest.mark.parametrize("place", ["fetch.counted", "fetch.fetched"])
def test_killed_before_the_commit_nothing_is_marked_and_all_is_fetched_again(dovecot, account, place):
    put(dovecot, account, a_mail(1), a_mail(2))
    faults.arm(place, dies)
    with pytest.raises(Killed):
        fetch_once(account)
    assert kept() == []
    assert flags(dovecot, account) == [False, False]
    faults.disarm()
    assert fetch_once(anew(account)) == 2


class Killed(BaseException):
    """As a process that is no more: nothing of ours catches it."""


def dies() -> None:
    raise Killed


def test_numbered_anew_by_the_server_everything_is_compared_and_nothing_comes_twice(dovecot, account):
    put(dovecot, account, a_mail(1), a_mail(2))
    fetch_once(account)
    before = anew(account).uid_validity
    with dovecot.signed_in(account.user) as client:
        client.select("INBOX")
        client.create("old")
        client.copy("1:*", "old")
        client.close()
        client.delete("INBOX")
    (dovecot.folder / "mail" / account.user / "dovecot-uidlist").unlink(missing_ok=True)
    put(dovecot, account, a_mail(1), a_mail(3))
    ImapAccount.objects.filter(pk=account.pk).update(uid_validity=before - 1)
    fetch_once(anew(account))
    assert sorted(kept()) == [a_mail(1), a_mail(2), a_mail(3)]
    assert Entry.objects.filter(kind="mailbox.renumbered").count() == 1


def test_with_a_folder_to_move_to_the_inbox_empties(dovecot, account):
    with dovecot.signed_in(account.user) as client:
        client.create("done")
    fetch_from(account.mailbox, at_dovecot(dovecot, account.user, moves_to="done"), by=cast.CAST)
    put(dovecot, account, a_mail(1), a_mail(2))
    faults.arm("fetch.committed", dies)
    with pytest.raises(Killed):
        fetch_once(anew(account))
    faults.disarm()
    assert len(flags(dovecot, account)) == 2
    fetch_once(anew(account))
    assert flags(dovecot, account) == []
    assert len(flags(dovecot, account, "done")) == 2
    assert len(kept()) == 2


def test_what_arrived_before_mail_was_to_be_taken_is_left(dovecot, account):
    put(dovecot, account, a_mail(1))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    fetch_from(account.mailbox, at_dovecot(dovecot, account.user), takes_from=tomorrow, by=cast.CAST)
    assert fetch_once(anew(account)) == 0
    assert flags(dovecot, account) == [False]
    assert RemoteMail.objects.get().state == Fetching.LEFT


def test_a_mail_came_when_it_arrived_there_and_never_later_than_now(dovecot, account, clock_at):
    put(dovecot, account, a_mail(1))
    clock_at(datetime.now(UTC) + timedelta(hours=3))
    fetch_once(account)
    put(dovecot, account, a_mail(2))
    clock_at(NOW)
    fetch_once(anew(account))
    first, second = RawMail.objects.order_by("pk")
    assert abs(first.received_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert second.received_at == NOW


def test_a_mail_that_fails_again_and_again_is_given_up_and_others_go_on(
    dovecot, account, clock_at, monkeypatch
):
    """As if something in it could not be written down."""
    put(dovecot, account, a_mail(1), a_mail(2, body="poison"), a_mail(3))
    receive = fetching.receive_mail

    def refuses_poison(raw, *rest, **given):
        if b"poison" in raw:
            raise DataError("what it holds")
        return receive(raw, *rest, **given)

    monkeypatch.setattr(fetching, "receive_mail", refuses_poison)
    tried = 0
    for hour in range(10):
        clock_at(NOW + timedelta(hours=hour))
        fetch_once(anew(account))
        tried += RemoteMail.objects.filter(state=Fetching.WAITING).count()
        assert kept() == [a_mail(1), a_mail(3)]
    given_up = RemoteMail.objects.get(state=Fetching.GIVEN_UP)
    assert (tried, given_up.tries, given_up.why) == (5, 5, "DataError")
    assert flags(dovecot, account) == [True, False, True]
    assert any("1 mail" in words for words in deaf_mailboxes())

    monkeypatch.undo()
    clock_at(NOW + timedelta(days=1))
    fetching.fetch_anew(given_up, by=cast.CAST)
    fetch_once(anew(account))
    assert len(kept()) == 3


def test_a_mail_that_breaks_the_connection_costs_no_other_its_tries(dovecot, account, clock_at, monkeypatch):
    put(dovecot, account, *(a_mail(number) for number in range(10)))
    raws = Folder.raws

    def breaks(self, uids):
        if 5 in uids:
            raise imaplib.IMAP4.abort("reset")
        return raws(self, uids)

    monkeypatch.setattr(Folder, "raws", breaks)
    for minute in range(0, 60, 5):
        clock_at(NOW + timedelta(minutes=minute))
        try:
            fetch_once(anew(account))
        except NotReached:
            continue
    assert len(kept()) == 9
    assert [each.uid for each in RemoteMail.objects.filter(state=Fetching.GIVEN_UP)] == [5]


def test_a_mail_that_is_larger_than_any_that_is_taken_stays_there_and_is_told(dovecot, account, monkeypatch):
    monkeypatch.setattr(sessions, "STORED_BYTES", 500)
    put(dovecot, account, a_mail(1), a_mail(2, body="x" * 1000))
    assert fetch_once(account) == 1
    [given_up] = RemoteMail.objects.filter(state=Fetching.GIVEN_UP)
    assert "larger than" in given_up.why


def test_mails_that_come_in_while_others_wait_are_fetched_and_read_before_them(dovecot, account):
    put(dovecot, account, *(a_mail(number) for number in range(60)))
    with connected(account) as client:
        session = Session(account, Folder(client, "INBOX"))
        once = iter([True])
        faults.arm("fetch.told", lambda: put(dovecot, account, a_mail(1000)) if next(once, False) else None)
        session.catch_up()
    assert (len(kept()), kept().index(a_mail(1000))) == (61, 20)
    jobs = ProcrastinateJob.objects.filter(task_name="channels.understand_mail")
    newest = InboundMail.objects.get(raw__content=a_mail(1000))
    assert jobs.order_by("-priority", "id").first().args == {"mail": newest.pk}


def test_a_second_that_fetches_the_same_at_the_same_time_keeps_nothing_twice(dovecot, account):
    put(dovecot, account, a_mail(1), a_mail(2))
    with connected(account) as one, connected(account) as other:
        first = Session(account, Folder(one, "INBOX"))
        second = Session(anew(account), Folder(other, "INBOX"))
        second._list()
        first.catch_up()
        second._fetch(*second._queue.take())
    assert len(kept()) == 2


def test_the_server_is_down_and_it_is_said_until_it_is_back(dovecot, account, clock_at):
    elsewhere = Server(
        server="127.0.0.1", port=9, user=account.user, password=PASSWORD, secured=Secured.NEVER
    )
    fetch_from(account.mailbox, elsewhere, by=cast.CAST)
    account = anew(account)
    with pytest.raises(NotReached, match="Nothing answers at 127.0.0.1, port 9"):
        fetch_once(account)
    not_reached(account, "Nothing answers.")
    assert list(deaf_mailboxes()) == []
    clock_at(NOW + timedelta(minutes=20))
    not_reached(account, "Nothing answers.")
    [said] = deaf_mailboxes()
    assert account.mailbox.address in said
    assert "20\xa0minutes" in said
    assert "Nothing answers." in said
    assert Entry.objects.filter(kind="mailbox.not_reached").count() == 1

    account = fetch_from(account.mailbox, at_dovecot(dovecot, account.user), by=cast.CAST)
    fetch_once(account)
    assert list(deaf_mailboxes()) == []


def test_one_that_no_worker_looks_into_is_told_too(account, clock_at):
    fetch_once(account)
    clock_at(NOW + timedelta(hours=2))
    [said] = deaf_mailboxes()
    assert "2\xa0hours" in said


def test_trying_says_in_words_what_the_server_answers(dovecot, account):
    put(dovecot, account, a_mail(1), a_mail(2))
    found = try_it(account)
    assert found.is_well
    assert "are 2 mails; 2 of them are to be looked at. It tells of new mail at once." in found.words
    assert flags(dovecot, account) == [False, False]

    account.folder = "Nowhere"
    assert try_it(account).words == "There is no folder Nowhere. There are: INBOX."
    account.sealed_password = ""
    assert "does not let this user in" in try_it(account).words
    account.server = "nowhere.invalid"
    assert try_it(account).words == "No server has the name nowhere.invalid."
    account.server, account.secured = "127.0.0.1", Secured.AT_ONCE
    assert "speaks no TLS" in try_it(account).words


def test_a_password_goes_nowhere_else_and_never_in_the_open(account):
    there = Server(server="mail.example", port=993, user=account.user)
    with pytest.raises(AccountRefused, match="Enter the password"):
        fetch_from(account.mailbox, there, by=cast.CAST)
    in_the_open = Server(server="mail.example", port=143, user="x", password="y", secured=Secured.NEVER)
    with pytest.raises(AccountRefused, match="Without encryption"):
        fetch_from(account.mailbox, in_the_open, by=cast.CAST)


def test_a_password_is_kept_sealed_and_stays_where_none_is_entered(dovecot, account):
    before = account.sealed_password
    assert PASSWORD not in before
    same = fetch_from(account.mailbox, at_dovecot(dovecot, account.user, password=""), by=cast.CAST)
    assert same.sealed_password == before
    assert fetch_once(same) == 0


def test_only_administrators_set_mailboxes_up(account):
    with pytest.raises(NotPermitted):
        fetch_from(account.mailbox, Server(server="x", user="y"), by=cast.lea_the_lead())
    with pytest.raises(NotPermitted):
        put_out_of_use(account.mailbox, by=cast.lea_the_lead())


def test_one_out_of_use_is_not_watched_and_not_told_of(account, clock_at):
    put_out_of_use(account.mailbox, by=cast.CAST)
    assert not ImapAccount.objects.in_use().exists()
    clock_at(NOW + timedelta(days=1))
    assert list(deaf_mailboxes()) == []
    put_into_use(account.mailbox, by=cast.CAST)
    assert ImapAccount.objects.in_use().exists()


def test_a_server_that_cannot_move_loses_nothing(dovecot, account, monkeypatch):
    with dovecot.signed_in(account.user) as client:
        client.create("done")
    fetch_from(account.mailbox, at_dovecot(dovecot, account.user, moves_to="done"), by=cast.CAST)
    put(dovecot, account, a_mail(1))
    has = IMAPClient.has_capability
    monkeypatch.setattr(
        IMAPClient, "has_capability", lambda self, name: name not in {"MOVE"} and has(self, name)
    )
    fetch_once(anew(account))
    assert (len(flags(dovecot, account)), len(flags(dovecot, account, "done"))) == (0, 1)
