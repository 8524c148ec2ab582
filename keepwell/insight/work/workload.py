"""Who carries the work: each person's part, and how many cases are open at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncHour

from keepwell.cases.models import SET_ASIDE, Case, LevelStay, LoggedContact
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import resolutions
from keepwell.journal.models import Entry, EntrySubject
from keepwell.people.models import User
from keepwell.people.models.role_grant import STAFF_ROLES, RoleGrant

HOUR = timedelta(hours=1)
# What gives somebody a case, and names him.
GIVING = ("case.assigned", "case.escalation_accepted")
COUNTS = ("open", "taken", "opened", "resolved", "answers")


@dataclass(frozen=True, kw_only=True)
class Person:
    """counts: by the names of COUNTS."""

    pk: int
    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class AtOnce:
    """Cases open at a full hour, over so many days of the window: the mean, and the most."""

    mean: float
    most: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Workload:
    """nobodys: open cases that nobody has. at_once: by hour of the day; live: contacts born live."""

    people: tuple[Person, ...]
    nobodys: int
    at_once: Mapping[int, AtOnce]
    live: int

    @property
    def at_once_mean(self) -> float | None:
        """Over all the hours, of which the last day has not all yet."""
        hours = sum(one.days for one in self.at_once.values())
        return sum(one.mean * one.days for one in self.at_once.values()) / hours if hours else None


def workload_of(scope: Scope) -> Workload:
    by_count = {
        "open": _counted(scope.cases().open().values_list("assignee")),
        "taken": _taken(scope),
        "opened": _acted(scope, "case.opened"),
        "resolved": _counted(resolutions(scope).values_list("ended_by")),
        "answers": _acted(scope, "message.sent"),
    }
    return Workload(
        people=tuple(_people(by_count)),
        nobodys=by_count["open"].get(None, 0),
        at_once=_at_once(scope),
        live=_live(scope),
    )


def _people(by_count: Mapping[str, Mapping[Any, int]]) -> list[Person]:
    """Staff who work cases, and whoever of the staff did any of it; by name."""
    seen = {pk for counts in by_count.values() for pk in counts if pk is not None}
    is_staff = Exists(RoleGrant.objects.filter(user=OuterRef("pk"), role__in=STAFF_ROLES))
    works_cases = Q(is_active=True, profile__level__isnull=False)
    rows = User.objects.filter(is_staff, works_cases | Q(pk__in=seen)).order_by("name", "pk")
    return [
        Person(pk=pk, name=name or email, counts={one: counts.get(pk, 0) for one, counts in by_count.items()})
        for pk, name, email in rows.values_list("pk", "name", "email")
    ]


def _counted(rows: Any) -> dict[Any, int]:
    return dict(rows.order_by().annotate(n=Count("pk")))


def _taken(scope: Scope) -> dict[Any, int]:
    """Cases that came to somebody, each once."""
    subjects = EntrySubject.objects.filter(scope.within("entry__occurred_at"), entry__kind__in=GIVING)
    given = subjects.filter(scope.holds("subject_id"), kind="case").annotate(
        who=KeyTextTransform("assignee", "entry__facts")
    )
    rows = given.filter(who__isnull=False).values_list("who").annotate(n=Count("subject_id", distinct=True))
    return {int(who): n for who, n in rows}


def _acted(scope: Scope, kind: str) -> dict[Any, int]:
    """How often each person did it: something that is always done to one case."""
    acts = Entry.objects.filter(scope.within("occurred_at"), kind=kind, actor_kind="person")
    about = EntrySubject.objects.filter(entry=OuterRef("pk"), kind="case")
    if scope.is_of_all:
        aside = Case.objects.filter(SET_ASIDE).values("pk")
        acts = acts.filter(~Exists(about.filter(subject_id__in=aside)))
    else:
        acts = acts.filter(Exists(about.filter(subject_id__in=scope.cases().values("pk"))))
    return _counted(acts.values_list("actor_id"))


def _live(scope: Scope) -> int:
    """Cases opened in a live contact, and live contacts that were entered by hand."""
    entered = LoggedContact.objects.filter(scope.within("happened_at"), scope.holds(), is_live=True)
    return scope.opened().filter(live=True).count() + entered.count()


def _at_once(scope: Scope) -> dict[int, AtOnce]:
    """A case is open while it has a stay at some level, and it has one at a time."""
    begins_at, zone = scope.window.begins_at, scope.window.zone
    stays = LevelStay.objects.filter(scope.holds()).order_by()
    begun = stays.filter(entered_at__lt=begins_at)
    # Two questions, for each is answered by an index: together PostgreSQL would read all that ever was.
    before = begun.filter(left_at=None).count() + begun.filter(left_at__gte=begins_at).count()
    came = _by_hour(stays.filter(scope.within("entered_at")), "entered_at", zone)
    went = _by_hour(stays.filter(scope.within("left_at")), "left_at", zone)
    hours = _hours(scope)
    changes = [came.get(hour, 0) - went.get(hour, 0) for hour in hours[:-1]]
    found: dict[int, list[int]] = {}
    for hour, count in zip(hours, accumulate(changes, initial=before), strict=True):
        found.setdefault(hour.astimezone(zone).hour, []).append(count)
    return {hour: AtOnce(mean=sum(n) / len(n), most=max(n), days=len(n)) for hour, n in sorted(found.items())}


def _by_hour(stays: Any, name: str, zone: Any) -> dict[datetime, int]:
    """An hour that the autumn has twice is counted as one, as PostgreSQL truncates local time."""
    return dict(stays.values_list(TruncHour(name, tzinfo=zone)).annotate(n=Count("pk")))


def _hours(scope: Scope) -> list[datetime]:
    """The full hours of the window that have passed, from its first midnight on; at least that one.

    Without the second of an hour that the autumn has twice, for the changes of both are counted in the first.
    """
    # In UTC: between two instants of one zone Python counts what its clocks show.
    start, end = (at.astimezone(UTC) for at in (scope.window.begins_at, scope.window.ends_at))
    count = max(int((min(end - HOUR, scope.at) - start) / HOUR), 0) + 1
    hours = [(start + HOUR * place).astimezone(scope.window.zone) for place in range(count)]
    return [hour for hour in hours if not hour.fold]
