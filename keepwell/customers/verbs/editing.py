"""Changing what is known of an account, and where it stands."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.checking import checked_details, checked_name
from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account, Lifecycle
from keepwell.customers.queries import with_all_below
from keepwell.customers.refusals import UnderItself
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.people import permits

FIELDS = ("name", "reference", "segment", "region", "time_zone")


@all_or_nothing()
def change_account(
    account: Account, name: str, details: AccountDetails, *, by: Actor, at: datetime | None = None
) -> None:
    """The account is called and described like this; the same again is no news.

    Effects: account.changed with the names of the changed fields. Errors: AccountRefused.
    """
    permits.require(by, "account.edit")
    lock(account)
    known = checked_details(details, of=account)
    wanted = {"name": checked_name(name), **{field: getattr(known, field) for field in FIELDS[1:]}}
    changed = [field for field in FIELDS if getattr(account, field) != wanted[field]]
    if not changed:
        return
    for field in changed:
        setattr(account, field, wanted[field])
    account.save(update_fields=changed)
    record("account.changed", by=by, at=at, subjects=[("account", account.pk)], facts={"fields": changed})


@all_or_nothing()
def change_lifecycle(account: Account, lifecycle: str, *, by: Actor, at: datetime | None = None) -> None:
    """The account is implementing, live, leaving or left. Effects: account.lifecycle_changed."""
    permits.require(by, "account.edit")
    lock(account)
    before, after = account.lifecycle, Lifecycle(lifecycle)
    if before == after:
        return
    account.lifecycle = after
    account.save(update_fields=["lifecycle"])
    record(
        "account.lifecycle_changed",
        by=by,
        at=at,
        subjects=[("account", account.pk)],
        facts={"from_state": str(before), "to_state": str(after)},
    )


@all_or_nothing()
def put_under(account: Account, parent: Account | None, *, by: Actor, at: datetime | None = None) -> None:
    """The account belongs to the parent, whose administrators see it from now on; None: to nobody.

    Effects: account.moved. Errors: UnderItself.
    """
    permits.require(by, "account.edit")
    # Two moves at once could close a ring that neither sees: moves in the tree go one after the other.
    lock_key("account tree")
    lock(account)
    before, after = account.parent_id, parent.pk if parent else None
    if before == after:
        return
    if parent and with_all_below(account).filter(pk=parent.pk).exists():
        raise UnderItself(
            _("%(parent)s stands under %(account)s, so it cannot stand above it. Nothing was changed.")
            % {"parent": parent.name, "account": account.name}
        )
    account.parent = parent
    account.save(update_fields=["parent"])
    _record_move(account, before, after, by=by, at=at)


def _record_move(
    account: Account, before: int | None, after: int | None, *, by: Actor, at: datetime | None
) -> None:
    parents = [("account", identity) for identity in (before, after) if identity]
    record(
        "account.moved",
        by=by,
        at=at,
        subjects=[("account", account.pk), *parents],
        facts={"from_parent": before, "to_parent": after},
    )
