"""Questions about notices. Faces start from `Notice.objects.visible_to(actor)`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from keepwell.journal.models import Entry
from keepwell.kit.asking import Question
from keepwell.notices.models import Dispatch, Notice, NoticeQuerySet
from keepwell.people import permits
from keepwell.people.models import User

# The bell counts no further.
COUNTS_TO = 100

# Every page of the desk asks it.
UNREAD = Question(
    lambda user: Notice.objects.filter(user=user, rings=True).unread().values_list("pk")[:COUNTS_TO]
)


def unread_count(user: User) -> int:
    """How many notices he has not read; a hundred stands for more."""
    return len(UNREAD.rows(user.pk))


def notices_of(user: User) -> NoticeQuerySet:
    """What his page lists, with all that a line says."""
    return Notice.objects.visible_to(user).filter(rings=True).for_list()


def due_dispatches(at: datetime) -> QuerySet[Dispatch]:
    """What may leave the house by `at` and has not."""
    return Dispatch.objects.filter(ended_at=None, due_at__lte=at)


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Whoever sets up people may read who chose when; everybody else what he chose himself."""
    entries = Entry.objects.filter(kind__startswith="notices.")
    if permits.may(actor, "settings.people"):
        return entries
    noun, identity = actor.actor_ref
    return entries.filter(subjects__kind=noun, subjects__subject_id=identity)
