"""Who looks at what just now. No history and no entry: only the screens beside are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.db.models import QuerySet

from keepwell.journal.live import tell
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.asking import Question
from keepwell.people.models import User
from keepwell.staffing.models import Attention

# A page says again every 15 seconds that it is still looked at; three times unheard means that it is not.
LASTS_FOR = timedelta(seconds=45)


@all_or_nothing()
def attend(user: User, noun: str, identity: int, *, doing: str, at: datetime | None = None) -> None:
    """The person reads or writes here. Told to others only if that is new to them."""
    at = clock.instant(at)
    of_person = Attention.objects.filter(noun=noun, subject_id=identity, user=user)
    was = of_person.filter(seen_at__gt=at - LASTS_FOR).values_list("doing", flat=True).first()
    Attention.objects.update_or_create(
        noun=noun, subject_id=identity, user=user, defaults={"doing": Attention.Doing(doing), "seen_at": at}
    )
    if was != doing:
        tell(f"attention_{noun}:{identity}")


@all_or_nothing()
def turn_away(user: User, noun: str, identity: int) -> None:
    """The person left the page."""
    gone, _each = Attention.objects.filter(noun=noun, subject_id=identity, user=user).delete()
    if gone:
        tell(f"attention_{noun}:{identity}")


def others_here(user: User, noun: str, identity: int, *, at: datetime | None = None) -> list[Attention]:
    """Who else is here, longest here first."""
    return _others(noun).objects(user.pk, identity, clock.instant(at) - LASTS_FOR)


@cache
def _others(noun: str) -> Question:
    def others(user: int, identity: int, since: datetime) -> QuerySet[Attention]:
        fresh = Attention.objects.filter(noun=noun, subject_id=identity, seen_at__gt=since)
        return fresh.exclude(user=user).select_related("user").order_by("pk")

    return Question(others)
