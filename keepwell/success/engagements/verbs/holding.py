"""An engagement was held, or nobody came; and it is closed with what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.engagements.models import Engagement, Outcome
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import EngagementRefused, NoOutcome, NotYetThen
from keepwell.success.engagements.standing import lock_for, stand, tell

LONGEST_MINUTES = 24 * 60


@all_or_nothing()
def hold(engagement: Engagement, *, by: Actor, at: datetime | None = None) -> Engagement:
    """It took place. Effects: engagement.held. Errors: NotNow; NotYetThen before it began; NotPermitted."""
    return _happened(engagement, "hold", "engagement.held", by=by, at=at)


@all_or_nothing()
def miss(engagement: Engagement, *, by: Actor, at: datetime | None = None) -> Engagement:
    """Nobody came. Effects: engagement.missed. Errors: NotNow; NotYetThen before it began; NotPermitted."""
    return _happened(engagement, "miss", "engagement.missed", by=by, at=at)


@all_or_nothing()
def close(
    engagement: Engagement,
    outcome: str,
    *,
    is_nothing_next: bool = False,
    minutes_used: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Engagement:
    """What came of it is said, and what comes next: an action that is still open, or plainly nothing.

    `minutes_used` are those that count for what was agreed with the customer; None where none do.
    Effects: engagement.closed. Errors: NotNow; NoOutcome; EngagementRefused for more than a day.
    """
    permits.require(by, HOLDS)
    lock_for(engagement, "close")
    has_next = engagement.actions.still_open().exists()
    if outcome not in Outcome.values or not (has_next or is_nothing_next):
        raise NoOutcome
    used = _checked_minutes(minutes_used)
    stand(
        engagement,
        "close",
        clock.instant(at),
        outcome=Outcome(outcome),
        has_next_step=has_next,
        minutes_used=used,
    )
    facts = {"outcome": str(outcome), "next_step": has_next, "minutes": used}
    tell("engagement.closed", engagement, by=by, at=engagement.changed_at, **facts)
    return engagement


def _happened(engagement: Engagement, act: str, kind: str, *, by: Actor, at: datetime | None) -> Engagement:
    permits.require(by, HOLDS)
    lock_for(engagement, act)
    at = clock.instant(at)
    assert engagement.starts_at is not None
    if at < engagement.starts_at:
        raise NotYetThen
    stand(engagement, act, at)
    tell(kind, engagement, by=by, at=at)
    return engagement


def _checked_minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        most = timedelta(minutes=LONGEST_MINUTES) // timedelta(hours=1)
        raise EngagementRefused(
            _("What counts lies between nothing and %(most)s hours. Nothing was saved.") % {"most": most}
        )
    return minutes
