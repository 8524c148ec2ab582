"""Where every question about work begins: whose cases, which days, narrowed to what.

What happened in a window is read from the index of its instant (an opening, a closure, a stay, a hand-off) or
from the journal, which is in order for that (a kind, then an instant), so that a month costs a month, however
long the history is. Whether a row's case is in scope is asked the short way round: see `Scope.holds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from keepwell.cases.models import SET_ASIDE, Case, CaseQuerySet
from keepwell.conversations.queries import sees_all
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
        return Case.objects.visible_to(self.actor).not_merged().filter(is_spam=False, **self._narrowed)

    @property
    def _narrowed(self) -> dict[str, Any]:
        asked = {
            "product": self.narrowing.product,
            "account__segment": self.narrowing.segment,
            "channel": self.narrowing.channel,
            "level": self.narrowing.level,
            "team": self.narrowing.team,
        }
        return {name: value for name, value in asked.items() if value not in (None, "")}

    @property
    def is_of_all(self) -> bool:
        """Whether every case is in scope but those that are set aside."""
        return sees_all(self.actor) and not self._narrowed

    def holds(self, name: str = "case_id") -> Any:
        """That the case in this column is in scope, as a condition on rows of another table.

        Where all cases are, it is asked which ones are not: these are few, and no case has to be read.
        """
        if self.is_of_all:
            return ~Exists(Case.objects.filter(SET_ASIDE, pk=OuterRef(name)))
        return Q(**{f"{name}__in": self.cases().values("pk")})

    def opened(self) -> CaseQuerySet:
        """The cases that were opened in the window."""
        return self.cases().filter(self.within("opened_at"))

    def within(self, name: str) -> Q:
        """Whether this instant lies in the window."""
        return Q(**{f"{name}__gte": self.window.begins_at, f"{name}__lt": self.window.ends_at})

    @property
    def days(self) -> list[date]:
        """The window's days that have begun."""
        today = self.at.astimezone(self.window.zone).date()
        last = min(self.window.last, today)
        return [self.window.first + DAY * place for place in range((last - self.window.first).days + 1)]
