"""Where an engagement stands: locked, checked against the ways there are, and put into its next state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.journal.recording import Actor, record
from keepwell.kit.locking import lock
from keepwell.success.engagements.about import subjects_of
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.refusals import NotNow
from keepwell.success.engagements.states import WAYS, may_be_done


def lock_for(engagement: Engagement, act: str) -> None:
    """Locks it. Errors: NotNow where the act is not possible in its state."""
    lock(engagement)
    if not may_be_done(act, engagement.state):
        raise NotNow(engagement)


def stand(engagement: Engagement, act: str, at: datetime, **fields: Any) -> None:
    """It is where the act leads, with these fields; of one that customers see they are told by that."""
    changed = {"state": WAYS[act].to, "changed_at": at, **fields}
    for name, value in changed.items():
        setattr(engagement, name, value)
    engagement.save(update_fields=list(changed))


def tell(kind: str, engagement: Engagement, /, *, by: Actor, at: datetime, **facts: Any) -> None:
    about = subjects_of(engagement)
    record(kind, by=by, at=at, subjects=about, facts={"engagement": engagement.pk, **facts})
