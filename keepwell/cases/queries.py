"""Questions about cases. Faces start from `Case.objects.visible_to(actor)`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from keepwell.cases.models import Case, CaseQuerySet, Escalation, LevelStay
from keepwell.cases.words import HandOffState
from keepwell.conversations.queries import sees_all
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry, EntrySubject
from keepwell.people.models import User
from keepwell.staffing.queries import teams_of

NOUN = "case"


def cases_visible_to(actor: Any) -> CaseQuerySet:
    return Case.objects.visible_to(actor)


def get_case(actor: Any, number: int) -> Case:
    """The case of that number. Errors: Case.DoesNotExist, also where it is not his to see."""
    rows = Case.objects.visible_to(actor).for_list()
    return rows.select_related("conversation", "deployment__product", "merged_into", "follow_up_of").get(
        number=number
    )


def conversation_ids(case: Case, actor: Any) -> list[int]:
    """Where what was said about it stands: its own conversation, then those of the cases merged into it.

    A customer reads of the merged ones only those that he could see by themselves.
    """
    merged = Case.objects.visible_to(actor).filter(merged_into=case).order_by("pk")
    return [case.conversation_id, *merged.values_list("conversation_id", flat=True)]


def hand_offs_for(user: User) -> QuerySet[Escalation]:
    """What waits to be accepted by this person's teams, the oldest first."""
    # Asked first: with a list of teams the few that wait are read from their index.
    teams = list(teams_of(user).values_list("pk", flat=True))
    asked = Escalation.objects.filter(state=HandOffState.REQUESTED, to_team__in=teams)
    return asked.select_related("case", "requested_by", "from_team", "to_team").order_by("requested_at", "pk")


def time_at_levels(case: Case, at: datetime) -> dict[int, timedelta]:
    """How long the case has been at each level by `at`, while there was work to do. Elapsed time."""
    times: dict[int, timedelta] = {}
    for stay in LevelStay.objects.filter(case=case):
        spent = max((stay.left_at or at) - stay.entered_at, timedelta(0))
        times[stay.level] = times.get(stay.level, timedelta(0)) + spent
    return times


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """What may be read of how cases went: staff all, customers what they may of the cases they see."""
    entries = Entry.objects.filter(kind__in=own_kinds())
    if sees_all(actor):
        return entries
    cases = Case.objects.visible_to(actor).values("pk")
    about = EntrySubject.objects.filter(entry=OuterRef("pk"), kind=NOUN, subject_id__in=cases)
    return entries.filter(Exists(about), kind__in=set(own_kinds()) & set(kinds_customers_see()))


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name == NOUN)
