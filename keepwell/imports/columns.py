"""Columns of a file: what they are called, and what their cells may hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from keepwell.kit.days import day_in
from keepwell.kit.identities import id_in
from keepwell.kit.refusals import Refused
from keepwell.kit.yes_or_no import yes_or_no


class CellRefused(Refused):
    """A cell holds what it may not; the sentence names what it holds."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """`name` is its heading in the pattern file; `also` are other headings it is known by."""

    name: str
    is_required: bool = False
    also: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(as_heading(name) for name in (self.name, *self.also))


def as_heading(text: str) -> str:
    """A heading as headings are compared: small letters, one space for blanks, underscores and hyphens."""
    return re.sub(r"[\s_-]+", " ", text).strip().lower()


def likely(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like the one written; empty if none does."""
    spellings = {each.lower(): each for each in known}
    close = difflib.get_close_matches(word.strip().lower(), spellings, n=1, cutoff=0.6)
    return spellings[close[0]] if close else ""


def one_of(cell: str, meanings: Mapping[str, str], what: str) -> str:
    """What the word in the cell means. Errors: CellRefused, with the word that may have been meant."""
    meaning = meanings.get(as_heading(cell))
    if meaning is not None:
        return meaning
    words = _("%(what)s '%(cell)s' is not known; it can be %(known)s.") % {
        "what": what,
        "cell": cell[:60],
        "known": ", ".join(meanings),
    }
    if close := likely(as_heading(cell), meanings):
        words = _("%(what)s '%(cell)s' is not known; did you mean %(close)s?") % {
            "what": what,
            "cell": cell[:60],
            "close": close,
        }
    raise CellRefused(words)


def whole_number(cell: str, what: str, low: int, high: int) -> int:
    """Errors: CellRefused outside low..high."""
    number = id_in(cell)
    if number is None or not low <= number <= high:
        raise CellRefused(
            _("%(what)s '%(cell)s' is no whole number from %(low)s to %(high)s.")
            % {"what": what, "cell": cell[:60], "low": low, "high": high}
        )
    return number


def day(cell: str, what: str) -> date:
    """A day as 2026-06-09. Errors: CellRefused: 9/6 is another day in another country."""
    found = day_in(cell.strip())
    if found is None:
        raise CellRefused(
            _("%(what)s '%(cell)s' is no day; one is written as 2026-06-09.")
            % {"what": what, "cell": cell[:60]}
        )
    return found


def flag(cell: str, what: str) -> bool:
    """Yes or no; an empty cell is no. Errors: CellRefused."""
    try:
        return yes_or_no(cell) if cell else False
    except ValueError:
        raise CellRefused(
            _("%(what)s is to be yes or no, not '%(cell)s'.") % {"what": what, "cell": cell[:60]}
        ) from None


def several(cell: str) -> list[str]:
    """The parts of a cell that may hold several, separated by ; , | or a line end; empty ones left out."""
    return [part.strip() for part in re.split(r"[;,|\n]", cell) if part.strip()]
