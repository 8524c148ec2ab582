"""How many days since an engagement was held with the account; since go-live where none ever was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Max

from keepwell.success.engagements.models import Engagement, State
from keepwell.success.health.queries import live_accounts
from keepwell.success.health.scoring import Reading

HELD = (State.HELD, State.CLOSED)


def read(accounts: Sequence[int], as_of: datetime) -> Mapping[int, Reading]:
    held = Engagement.objects.filter(account__in=accounts, state__in=HELD, ends_at__lte=as_of)
    last = dict(held.order_by().values_list("account").annotate(Max("ends_at")))
    live: Any = live_accounts(as_of.date()).filter(pk__in=accounts)
    since = dict(live.values_list("pk", "live_on"))
    since |= {account: at.date() for account, at in last.items()}
    return {
        account: Reading(value=Fraction((as_of.date() - day).days), read_at=as_of)
        for account, day in since.items()
    }
