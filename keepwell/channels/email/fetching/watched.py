"""Questions about mailboxes: which are not heard, and what is stuck in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count

from keepwell.channels.models import Fetching, ImapAccount, RemoteMail

# Whoever is looked into every minute was not, for a quarter of an hour.
DEAF_AFTER = timedelta(minutes=15)


def deaf_accounts(*, at: datetime) -> list[ImapAccount]:
    """Those in use that were not looked into lately, whether that failed or was not tried."""
    accounts = ImapAccount.objects.in_use().order_by("mailbox__address")
    return [account for account in accounts if account.silent_for(at) > DEAF_AFTER]


def stuck_mails() -> list[tuple[str, int]]:
    """The addresses of mailboxes with mails that were given up, and how many."""
    given_up = RemoteMail.objects.filter(state=Fetching.GIVEN_UP).values_list("account__mailbox__address")
    return list(given_up.annotate(mails=Count("pk")).order_by("account__mailbox__address"))
