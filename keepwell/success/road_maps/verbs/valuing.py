"""What a goal was worth: we claim it, the customer confirms or disputes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.contracts.money import MOST_CENTS, is_currency
from keepwell.conversations.authors import contact_id_of
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import said_by, subjects_of
from keepwell.success.road_maps.editing import LONGEST, PERMIT, lock_open
from keepwell.success.road_maps.models import Goal, RoadMap, ValueClaim
from keepwell.success.road_maps.queries import speaks_for_account
from keepwell.success.road_maps.refusals import NotHis, RoadMapRefused
from keepwell.success.road_maps.states import ClaimState
from keepwell.success.road_maps.wanted import Worth


@all_or_nothing()
def claim_value(goal: Goal, worth: Worth, *, by: Actor, at: datetime | None = None) -> ValueClaim:
    """We say what the goal was worth over some days; it counts once the customer confirms it.

    Effects: value_claim.made. Errors: IsClosed; RoadMapRefused for a claim of nothing, without its method, or
    of days that are still to come.
    """
    permits.require(by, PERMIT)
    lock_open(goal.road_map)
    at = clock.instant(at)
    currency = worth.currency.strip().upper()
    if not is_currency(currency) or not 0 < worth.amount_cents <= MOST_CENTS:
        raise RoadMapRefused(_("Say an amount and its currency, such as 12,000 USD. Nothing was saved."))
    if worth.last_on < worth.first_on or (worth.last_on - at.date()).days > 1:
        raise RoadMapRefused(
            _("Value is claimed of days that are over, from the first to the last. Nothing was saved.")
        )
    method = worth.method.strip()
    if not 0 < len(method) <= LONGEST or len(worth.evidence) > LONGEST:
        raise RoadMapRefused(
            _("Say how the amount comes about: the customer has to follow it. Nothing was saved.")
        )
    claim = ValueClaim.objects.create(
        goal=goal,
        first_on=worth.first_on,
        last_on=worth.last_on,
        amount_cents=worth.amount_cents,
        currency=currency,
        method=method,
        evidence=worth.evidence.strip(),
        claimed_by_id=said_by(by)["user_id"],
        claimed_at=at,
    )
    _record("value_claim.made", claim, {"amount_cents": claim.amount_cents}, by=by, at=at)
    return claim


@all_or_nothing()
def answer_claim(
    claim: ValueClaim, *, is_right: bool, words: str = "", by: Any, at: datetime | None = None
) -> None:
    """The customer confirms the value, or disputes it and says why. Answered once, it stays so.

    Only a person of the customer who speaks for the account, of a goal that is shared. Effects:
    value_claim.confirmed or value_claim.disputed. Errors: IsClosed, NotHis, RoadMapRefused.
    """
    permits.require(by, "road_map.take_part")
    road_map = claim.goal.road_map
    lock_open(road_map)
    claim.refresh_from_db()
    _require_answerable(claim, road_map, by)
    words = words.strip()[:LONGEST]
    if not is_right and not words:
        raise RoadMapRefused(_("Say what is not so, then we can look again. Nothing was saved."))
    at = clock.instant(at)
    claim.state = (ClaimState.CONFIRMED if is_right else ClaimState.DISPUTED).value
    claim.answered_by_id, claim.answered_at, claim.answer = contact_id_of(by), at, words
    claim.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    _record(f"value_claim.{claim.state}", claim, {}, by=by, at=at)


def _require_answerable(claim: ValueClaim, road_map: RoadMap, by: Any) -> None:
    is_seen = claim.goal.is_shared and RoadMap.objects.visible_to(by).filter(pk=road_map.pk).exists()
    if not is_seen or not speaks_for_account(by, road_map.account_id):
        raise NotHis
    if claim.state != ClaimState.CLAIMED:
        raise RoadMapRefused(_("This was answered already. Nothing was changed."))


def _record(kind: str, claim: ValueClaim, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    goal = claim.goal
    about = subjects_of(goal.road_map, ("goal", goal.pk), ("value_claim", claim.pk))
    ids = {"road_map": goal.road_map_id, "goal": goal.pk, "value_claim": claim.pk}
    record(kind, by=by, at=at, subjects=about, facts={**ids, **facts})
