"""What a customer says an engagement was worth to him."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from keepwell.conversations.authors import contact_id_of
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.engagements.checking import cleaned
from keepwell.success.engagements.models import Engagement, State
from keepwell.success.engagements.refusals import NotNow
from keepwell.success.engagements.standing import tell

RATED = (State.HELD, State.CLOSED)
BEST = 5


@all_or_nothing()
def rate(
    engagement: Engagement, rating: int, words: str = "", *, by: Any, at: datetime | None = None
) -> Engagement:
    """From 1 to 5, the more the better, with what else he wants to say; the last word counts.

    Effects: engagement.rated. Errors: NotNow where it was not held; NotPermitted for anybody of ours;
    ValueError for another number.
    """
    permits.require(by, "engagement.take_part")
    contact = contact_id_of(by)
    if contact is None:
        raise permits.NotPermitted("engagement.take_part")
    if not 1 <= rating <= BEST:
        raise ValueError(rating)
    lock(engagement)
    if engagement.state not in RATED:
        raise NotNow(engagement)
    engagement.rating, engagement.rated_by_id = rating, contact
    engagement.rated_at, engagement.rating_words = clock.instant(at), cleaned(words)
    engagement.save(update_fields=["rating", "rated_by", "rated_at", "rating_words"])
    tell("engagement.rated", engagement, by=by, at=engagement.rated_at, rating=rating)
    return engagement


def erase_ratings(contacts: Sequence[int]) -> None:
    """What these contacts wrote with their ratings is gone; the numbers stay. The caller records it."""
    Engagement.objects.filter(rated_by__in=contacts).update(rating_words="")
