"""A person knows better than the score, says why, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.health.models import BandOverride
from keepwell.success.health.models.band_override import SAID

LONGEST = timedelta(days=180)


class OverrideRefused(Refused):
    """A band cannot be said like this; `str()` says why."""


@all_or_nothing()
def override_band(
    account: Account,
    band: str,
    *,
    reason: str,
    expires_at: datetime,
    by: User,
    at: datetime | None = None,
) -> BandOverride:
    """The account's band is this until then, whatever its score; it takes the place of one that was said.

    Effects: health.override_set, health.override_ended for that one. Errors: OverrideRefused, NotPermitted.
    """
    permits.require(by, "health.judge")
    at = clock.instant(at)
    _check(band, reason, expires_at, at)
    lock(account)
    _end(account, by=by, at=at)
    said = BandOverride.objects.create(
        account=account, band=band, reason=reason.strip(), by=by, set_at=at, expires_at=expires_at
    )
    facts = {"override": said.pk, "band": band, "expires_at": expires_at}
    record("health.override_set", by=by, at=at, subjects=[("account", account.pk)], facts=facts)
    return said


@all_or_nothing()
def take_back_override(account: Account, *, by: Actor, at: datetime | None = None) -> None:
    """The band is as it is worked out, from the next look on. Effects: health.override_ended."""
    permits.require(by, "health.judge")
    lock(account)
    _end(account, by=by, at=clock.instant(at))


def _end(account: Account, *, by: Actor, at: datetime) -> None:
    standing = BandOverride.objects.filter(account=account, ended_at__isnull=True).first()
    if standing is None:
        return
    standing.ended_at = at
    standing.save(update_fields=["ended_at"])
    if standing.expires_at > at:
        facts = {"override": standing.pk}
        record("health.override_ended", by=by, at=at, subjects=[("account", account.pk)], facts=facts)


def _check(band: str, reason: str, expires_at: datetime, at: datetime) -> None:
    if band not in [one.value for one in SAID]:
        raise OverrideRefused(_("Say red, amber or green. Nothing was changed."))
    if not 0 < len(reason.strip()) <= 2000:
        raise OverrideRefused(_("Say why, in up to 2,000 characters. Nothing was changed."))
    if not at < expires_at <= at + LONGEST:
        raise OverrideRefused(
            _("It ends by itself within %(days)s days. Nothing was changed.") % {"days": LONGEST.days}
        )
