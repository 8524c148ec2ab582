"""What came of bringing in a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Outcome(StrEnum):
    """What one line did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a line cannot be brought in."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("line %(line)s: %(words)s") % {"line": self.line, "words": self.words}


@dataclass(frozen=True, kw_only=True)
class Report:
    """`outcomes` counts the lines without a problem; nothing is kept unless `is_applied`."""

    kind: str
    outcomes: Counter[Outcome]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    is_applied: bool = False

    @property
    def is_clean(self) -> bool:
        return not self.problems

    def sentences(self) -> list[str]:
        """The report as people read it: the problems, then what happened in one line."""
        told = [str(problem) for problem in self.problems]
        if self.left_out:
            told.append(_("Columns that are not known and were left out: %s.") % ", ".join(self.left_out))
        counts = {outcome.value: self.outcomes[outcome] for outcome in Outcome}
        told.append(_("%(added)s new, %(changed)s changed, %(unchanged)s as they were.") % counts)
        return [*told, self._ending()]

    def _ending(self) -> str:
        if self.is_applied:
            return _("All of it is kept.")
        if self.problems:
            return _("Nothing was kept: mend these lines and try again.")
        return _("This was a trial: nothing was kept.")
