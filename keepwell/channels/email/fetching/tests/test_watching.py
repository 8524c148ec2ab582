"""While the worker runs every mailbox is heard; real threads, a real Dovecot, a real database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from keepwell.channels.email.fetching import watching
from keepwell.channels.email.fetching.tests.test_fetching import a_mail, at_dovecot
from keepwell.channels.email.fetching.watching import watched_mailboxes
from keepwell.channels.email.verbs.mailboxes import add_mailbox, fetch_from, put_out_of_use
from keepwell.channels.models import ImapAccount, RawMail
from tests import cast
from tests.dovecot import Dovecot

SOON_SECONDS = 60


def eventually(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SOON_SECONDS
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def account(dovecot: Dovecot, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> ImapAccount:
    monkeypatch.setattr(watching, "LOOKS_SECONDS", 0.2)
    mailbox = add_mailbox(f"watched{time.monotonic_ns()}@keepwell.example", by=cast.CAST)
    return fetch_from(mailbox, at_dovecot(dovecot, mailbox.address), by=cast.CAST)


def test_new_mail_is_heard_at_once_by_one_worker_and_by_another_when_that_one_is_gone(dovecot, account):
    """The mailbox is looked into every 60 s; within that time only the server's own word brings a mail."""
    with watched_mailboxes():
        with watched_mailboxes():
            assert eventually(lambda: succeeded(account))
            began = time.monotonic()
            for number in range(3):
                dovecot.put(a_mail(number), user=account.user)
                assert eventually(lambda: RawMail.objects.count() == number + 1)  # noqa: B023
            assert time.monotonic() - began < 50
        dovecot.put(a_mail(4), user=account.user)
        assert eventually(lambda: RawMail.objects.count() == 4)


def test_a_mailbox_put_out_of_use_is_left_and_the_server_that_comes_back_is_heard_again(
    dovecot, account, monkeypatch
):
    monkeypatch.setattr(watching, "server_again_after", lambda failures: timedelta(seconds=0.2))
    with watched_mailboxes():
        assert eventually(lambda: succeeded(account))
        dovecot.stop()
        try:
            assert eventually(lambda: ImapAccount.objects.get(pk=account.pk).failures > 1)
        finally:
            dovecot.start()
        dovecot.put(a_mail(1), user=account.user)
        assert eventually(lambda: RawMail.objects.count() == 1)
        assert ImapAccount.objects.get(pk=account.pk).said == ""
        put_out_of_use(account.mailbox, by=cast.CAST)
        assert eventually(lambda: not watchers())


def watchers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("mailbox ")]


def succeeded(account: ImapAccount) -> bool:
    return ImapAccount.objects.filter(pk=account.pk, succeeded_at__isnull=False).exists()
