"""Why a row of a log is left out, in words."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIRST_YEAR = 2000


class Reason(Enum):
    """Each with the sentence that says it; %(cell)s is what stands in the row."""

    BROKEN = _("it is no line of a CSV file (%(cell)s); a quotation mark may be missing or too much.")
    TOO_FEW_CELLS = _("it has fewer cells than the heading has columns.")
    TOO_MANY_CELLS = _("it has more cells than the heading; a text with a separator needs quotation marks.")
    ENCODING = _("it is not written in %(cell)s; name the encoding of the file in the map.")
    NO_CASE = _("it names no case.")
    LONG_CASE = _("the name of its case is longer than 200 characters.")
    NO_TIME = _("it says no time.")
    UNREADABLE_TIME = _("the time '%(cell)s' cannot be read; name its format in the map.")
    NO_ZONE = _("the time '%(cell)s' has no time zone; name the zone of such times in the map.")
    FUTURE = _("the time '%(cell)s' lies in the future.")
    TOO_EARLY = _("the time '%(cell)s' lies before the year 2000, from which on calendars are known.")
    NEVER_OPENED = _("its case '%(cell)s' is neither opened in this file nor known from another one.")
    BEFORE_OPENING = _("it happened before its case '%(cell)s' was opened.")
    WORKED_ON_HERE = _("its case '%(cell)s' has been worked on here since it was brought in.")

    @property
    def sentence(self) -> Promise:
        return self.value


class Refusal(NamedTuple):
    """A row that is left out; `line` counts as an editor does, from 1 for the heading."""

    line: int
    reason: Reason
    cell: str = ""

    def __str__(self) -> str:
        words = str(self.reason.sentence) % {"cell": self.cell[:60]}
        return str(_("line %(line)s: %(words)s")) % {"line": self.line, "words": words}
