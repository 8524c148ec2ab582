"""Who of our people looks after an account."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Account, Stewardship
from keepwell.customers.refusals import StewardRefused
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User


@all_or_nothing()
def appoint_steward(
    account: Account, user: User, kind: str, *, by: Actor, at: datetime | None = None
) -> Stewardship:
    """This one of our people looks after the account from now on, instead of whoever did in this way.

    `kind` is success or account. Effects: steward.appointed; the same person again is no news.
    Errors: StewardRefused for somebody who is not one of our people.
    """
    permits.require(by, "account.edit")
    if not user.is_staff_member:
        raise StewardRefused(
            _("%(name)s is not one of our people who can sign in. Nothing was changed.") % {"name": user}
        )
    at = clock.instant(at)
    lock(account)
    before = _current(account, kind)
    if before and before.user_id == user.pk:
        return before
    _end(before, at)
    stewardship = Stewardship.objects.create(
        account=account, user=user, kind=Stewardship.Kind(kind), from_at=at
    )
    record(
        "steward.appointed",
        by=by,
        at=at,
        subjects=_subjects(stewardship),
        facts={"kind": str(kind), "person": user.pk, "instead_of": before.user_id if before else None},
    )
    return stewardship


@all_or_nothing()
def relieve_steward(account: Account, kind: str, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody looks after the account in this way any more. Effects: steward.relieved, if somebody did."""
    permits.require(by, "account.edit")
    at = clock.instant(at)
    lock(account)
    before = _current(account, kind)
    if before:
        _end(before, at)
        record(
            "steward.relieved",
            by=by,
            at=at,
            subjects=_subjects(before),
            facts={"kind": str(kind), "person": before.user_id},
        )


def _current(account: Account, kind: str) -> Stewardship | None:
    return Stewardship.objects.filter(
        account=account, kind=Stewardship.Kind(kind), to_at__isnull=True
    ).first()


def _end(stewardship: Stewardship | None, at: datetime) -> None:
    if stewardship:
        stewardship.to_at = max(at, stewardship.from_at)
        stewardship.save(update_fields=["to_at"])


def _subjects(stewardship: Stewardship) -> list[tuple[str, int]]:
    return [("account", stewardship.account_id), ("person", stewardship.user_id)]
