"""Where every question about work begins: whose cases, which days, narrowed to what.

What happened to cases in a window is found by the journal, which is in order for that (a kind, then an
instant); the cases are then read by their own keys. Closures and stays are read through, for their rows are
short (300,000 in 30 ms, measured), and PostgreSQL then knows how many to expect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from keepwell.cases.models import Case, CaseQuerySet
from keepwell.journal.models import EntrySubject
from keepwell.service_levels.measuring import Narrowing
from keepwell.service_levels.windows import Window

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """`actor` reads; `at` is the instant as of which everything is told."""

    actor: Any
    window: Window
    narrowing: Narrowing
    at: datetime

    def cases(self) -> CaseQuerySet:
        """What may be seen and is no spam and no duplicate, narrowed by how cases stand now."""
        asked = {
            "product": self.narrowing.product,
            "account__segment": self.narrowing.segment,
            "channel": self.narrowing.channel,
            "level": self.narrowing.level,
            "team": self.narrowing.team,
        }
        narrowed = {name: value for name, value in asked.items() if value not in (None, "")}
        return Case.objects.visible_to(self.actor).not_merged().filter(is_spam=False, **narrowed)

    def touched(self, *kinds: str) -> QuerySet[Any]:
        """The ids of the cases about which such an entry happened in the window."""
        subjects = EntrySubject.objects.filter(self.within("entry__occurred_at"), entry__kind__in=kinds)
        return subjects.filter(kind="case").values("subject_id")

    def opened(self) -> CaseQuerySet:
        """The cases that were opened in the window."""
        return self.cases().filter(self.within("opened_at"), pk__in=self.touched("case.opened"))

    def within(self, name: str) -> Q:
        """Whether this instant lies in the window."""
        return Q(**{f"{name}__gte": self.window.begins_at, f"{name}__lt": self.window.ends_at})

    @property
    def days(self) -> list[date]:
        """The window's days that have begun."""
        today = self.at.astimezone(self.window.zone).date()
        last = min(self.window.last, today)
        return [self.window.first + DAY * place for place in range((last - self.window.first).days + 1)]
