"""What was found in a log, and what came of it. Values only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.imports.logs.meanings import TABLES
from keepwell.imports.logs.refusing import Reason, Refusal
from keepwell.imports.logs.sorting_out import Sorted

# Of each column so many values are named in the report.
MOST_NAMED = 40


@dataclass(kw_only=True)
class LogReport:
    """`columns` are headings by use. `refused` counts rows; each was told when it was found.

    `unmapped` counts values that the map does not explain, `unknown` names of accounts and products that are
    not here. `cases` are new, `going_on` were here and have new events, `as_they_were` have none.
    """

    columns: Mapping[str, str]
    not_used: tuple[str, ...]
    unmapped: Mapping[str, Counter[str]] = field(default_factory=dict)
    unknown: Mapping[str, Counter[str]] = field(default_factory=dict)
    refused: Counter[Reason] = field(default_factory=Counter)
    rows: int = 0
    twice: int = 0
    moved: int = 0
    moved_cases: int = 0
    unseen: int = 0
    cases: int = 0
    going_on: int = 0
    as_they_were: int = 0
    events: int = 0
    known: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    is_applied: bool = False

    @property
    def is_mapped(self) -> bool:
        return not any(self.unmapped.values())

    def refuse(self, refusal: Refusal) -> None:
        self.refused[refusal.reason] += 1

    def count(self, found: Iterable[Sorted]) -> None:
        for one in found:
            story = one.story
            self.twice += story.twice
            self.moved += story.moved
            self.moved_cases += bool(story.moved)
            self.unseen += story.unseen
            self.known += story.known
            self.events += len(story.events)
            self.cases += bool(story.events and one.is_new)
            self.going_on += bool(story.events and not one.is_new)
            self.as_they_were += not story.events and not one.is_new
            if story.events:
                self._note_instants(story.events[0].at, story.events[-1].at)

    def _note_instants(self, first: datetime, last: datetime) -> None:
        self.first_at = min(self.first_at or first, first)
        self.last_at = max(self.last_at or last, last)

    def sentences(self) -> list[str]:
        """The report as people read it: columns, what is not mapped, what was left out, what comes in."""
        told = [
            _("%(heading)s: %(use)s") % {"use": use, "heading": name} for use, name in self.columns.items()
        ]
        if self.not_used:
            told.append(_("Columns that are not used: %s.") % ", ".join(self.not_used))
        for use, values in self.unmapped.items():
            words = _("Not mapped under [%(table)s]: %(values)s.")
            told += [words % {"table": TABLES[use], "values": _named(values)}] if values else []
        for use, values in self.unknown.items():
            words = _("Not known here, as %(use)s: %(values)s.")
            told += [words % {"use": use, "values": _named(values)}] if values else []
        return [*told, *self._rows(), *self._coming(), self._ending()]

    def _rows(self) -> list[str]:
        told = [_("%(rows)s rows were read.") % {"rows": self.rows}]
        for reason, count in self.refused.items():
            words = str(reason.sentence) % {"cell": "..."}
            told.append(_("%(count)s rows are left out: %(words)s") % {"count": count, "words": words})
        if self.twice:
            told.append(
                _("%(count)s rows say again what another one says: kept once.") % {"count": self.twice}
            )
        if self.moved:
            words = _("%(count)s rows of %(cases)s cases stand before an earlier one: put in order of time.")
            told.append(words % {"count": self.moved, "cases": self.moved_cases})
        return told

    def _coming(self) -> list[str]:
        words = _("%(cases)s new cases, %(events)s events, from %(first)s to %(last)s.")
        if self.first_at is None or self.last_at is None:
            told = [_("Nothing comes in.")]
        else:
            said = {"first": _moment(self.first_at), "last": _moment(self.last_at)}
            told = [words % {"cases": self.cases, "events": self.events, **said}]
        if self.going_on or self.as_they_were:
            words = _("Of cases that are here already %(more)s go on and %(same)s stay as they are.")
            told.append(words % {"more": self.going_on, "same": self.as_they_were})
        if self.unseen:
            words = _("%(count)s events lie before what came in of their case, and are left out.")
            told.append(words % {"count": self.unseen})
        return told

    def _ending(self) -> str:
        if self.is_applied:
            return _("It is in.")
        if not self.is_mapped:
            return _(
                'Nothing was kept: map these values, to "ignored" where they say nothing, and try again.'
            )
        return _("This was a trial: nothing was kept.")


def _named(values: Counter[str]) -> str:
    named = [f"{value} ({count})" for value, count in values.most_common(MOST_NAMED)]
    further = len(values) - len(named)
    return ", ".join(named) + (_(" and %(count)s more") % {"count": further} if further > 0 else "")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
