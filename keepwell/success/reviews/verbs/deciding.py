"""What becomes of a finding, before or after it was delivered: once, and for good."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.conversations.authors import staff_author
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.reviews.editing import PERMIT, text
from keepwell.success.reviews.models import Ending, Finding
from keepwell.success.reviews.refusals import ReviewRefused
from keepwell.success.reviews.states import End
from keepwell.success.reviews.verbs.findings import record_finding
from keepwell.success.road_maps.models import RoadMap
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.wanted import ActionWords


@all_or_nothing()
def take_up(finding: Finding, wanted: ActionWords, *, by: Actor, at: datetime | None = None) -> Ending:
    """It becomes this action on the road map that is open. Effects: finding.taken_up, action_item.added.

    Errors: NotPermitted; ReviewRefused where something became of it already, or no road map is open;
    RoadMapRefused for the action.
    """
    _begin(finding, by=by)
    road_map = RoadMap.objects.filter(account=finding.review.account_id, closed_at__isnull=True).first()
    if road_map is None:
        raise ReviewRefused(_("This account has no road map. Begin one first. Nothing was changed."))
    at = clock.instant(at)
    with caused_by():
        action = add_action(road_map, wanted, by=by, at=at)
        ending = Ending.objects.create(
            finding=finding,
            end=End.ACTION.value,
            action_item=action,
            ended_at=at,
            ended_by_id=staff_author(by),
        )
        record_finding("finding.taken_up", finding, {"action_item": action.pk}, by=by, at=at)
    return ending


@all_or_nothing()
def accept_risk(finding: Finding, reason: str, *, by: Actor, at: datetime | None = None) -> Ending:
    """Both sides live with it. Effects: finding.risk_accepted. Errors: NotPermitted; ReviewRefused without a
    reason, or where something became of it already."""
    return _ended(finding, End.ACCEPTED_RISK, reason, by=by, at=at)


@all_or_nothing()
def reject(finding: Finding, reason: str, *, by: Actor, at: datetime | None = None) -> Ending:
    """It is no matter after all. Effects: finding.rejected. Errors: as accept_risk."""
    return _ended(finding, End.REJECTED, reason, by=by, at=at)


KINDS = {End.ACCEPTED_RISK: "finding.risk_accepted", End.REJECTED: "finding.rejected"}


def _ended(finding: Finding, end: End, reason: str, *, by: Actor, at: datetime | None) -> Ending:
    _begin(finding, by=by)
    reason = text(reason)
    if not reason:
        raise ReviewRefused(_("Say why: whoever opens the next review asks. Nothing was changed."))
    at = clock.instant(at)
    ending = Ending.objects.create(
        finding=finding, end=end.value, reason=reason, ended_at=at, ended_by_id=staff_author(by)
    )
    record_finding(KINDS[end], finding, by=by, at=at)
    return ending


def _begin(finding: Finding, *, by: Actor) -> None:
    permits.require(by, PERMIT)
    lock(finding.review)
    if Ending.objects.filter(finding=finding).exists():
        raise ReviewRefused(_("Something became of it already. Nothing was changed."))
