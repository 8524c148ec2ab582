"""What a customer may use under a contract, from a day, to a day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.contracts.about import subjects_of
from keepwell.contracts.models import Contract, Subscription
from keepwell.contracts.money import MOST_CENTS
from keepwell.contracts.new_contract import NewSubscription
from keepwell.contracts.pricing import Period
from keepwell.contracts.refusals import SubscriptionRefused
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

MOST_SEATS = 10_000_000


@all_or_nothing()
def subscribe(
    contract: Contract, new: NewSubscription, *, by: Actor, at: datetime | None = None
) -> Subscription:
    """The customer may use this, for this price, in the contract's currency. Effects: subscription.added.

    Errors: SubscriptionRefused.
    """
    permits.require(by, "contract.edit")
    lock(contract)
    _require_sound(contract, new)
    row = Subscription.objects.create(
        contract=contract,
        product=new.product,
        module=new.module,
        deployment=new.deployment,
        seats=new.seats,
        price_cents=new.price_cents,
        currency=contract.currency,
        period=Period(new.period).value,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    facts = {
        "product": row.product_id,
        "module": row.module_id,
        "seats": row.seats,
        "price_cents": row.price_cents,
        "period": row.period,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
    }
    about = subjects_of(contract, ("subscription", row.pk))
    record("subscription.added", by=by, at=at, subjects=about, facts=facts)
    return row


@all_or_nothing()
def end_subscription(
    subscription: Subscription, ends_on: date, *, by: Actor, at: datetime | None = None
) -> None:
    """It is used and paid for until this day. Effects: subscription.ended; the same day again is no news.

    Errors: SubscriptionRefused where that lies before its first day.
    """
    permits.require(by, "contract.edit")
    contract = subscription.contract
    lock(contract)
    subscription.refresh_from_db()
    if subscription.ends_on == ends_on:
        return
    if ends_on < subscription.starts_on:
        raise SubscriptionRefused(_("The last day lies before the first. Nothing was saved."))
    subscription.ends_on = ends_on
    subscription.save(update_fields=["ends_on"])
    about = subjects_of(contract, ("subscription", subscription.pk))
    record("subscription.ended", by=by, at=at, subjects=about, facts={"ends_on": ends_on.isoformat()})


def _require_sound(contract: Contract, new: NewSubscription) -> None:
    module, deployment = new.module, new.deployment
    if module and module.product_id != new.product.pk:
        raise SubscriptionRefused(
            _("%(module)s is no part of %(product)s. Nothing was saved.")
            % {"module": module.name, "product": new.product.name}
        )
    if deployment and (
        deployment.account_id != contract.account_id or deployment.product_id != new.product.pk
    ):
        raise SubscriptionRefused(_("That product does not run there at this account. Nothing was saved."))
    if new.seats is not None and not 1 <= new.seats <= MOST_SEATS:
        raise SubscriptionRefused(
            _("Seats are one at least; for no limit leave them empty. Nothing was saved.")
        )
    if not 0 <= new.price_cents <= MOST_CENTS:
        raise SubscriptionRefused(_("That is no price. Nothing was saved."))
    if new.ends_on and new.ends_on < new.starts_on:
        raise SubscriptionRefused(_("The last day lies before the first. Nothing was saved."))
