"""How it stands, as whoever looks after the account feels."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Account, Stewardship
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.health.models import Sentiment


class SentimentRefused(Refused):
    """It cannot be said like this, or not by this one; `str()` says why."""


@all_or_nothing()
def say_sentiment(
    account: Account, rating: int, *, note: str = "", by: User, at: datetime | None = None
) -> Sentiment:
    """How it stands from 1 to 5, said by who looks after the account; the newest counts.

    Effects: sentiment.said. Errors: SentimentRefused, NotPermitted.
    """
    permits.require(by, "health.judge")
    at = clock.instant(at)
    if not 1 <= rating <= 5:
        raise SentimentRefused(_("Say a number from 1 to 5. Nothing was changed."))
    if not Stewardship.objects.filter(account=account, user=by, to_at__isnull=True).exists():
        raise SentimentRefused(_("Only who looks after the account says how it stands. Nothing was changed."))
    said = Sentiment.objects.create(
        account=account, by=by, rating=rating, note=note.strip()[:2000], said_at=at
    )
    facts = {"rating": rating}
    record("sentiment.said", by=by, at=at, subjects=[("account", account.pk)], facts=facts)
    return said
