"""A figure on a page: what it is called, its value as a machine reads it, and as a person does.

Every figure of a report has a name of its own and becomes an element with that id, so that it can be pointed
to, read by a script, and counted again by one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from keepwell.kit import tables

COUNT, SHARE, RATE, HOURS = "count", "share", "rate", "hours"
NONE = "–"
MINUS = "\u2212"  # as wide as a plus; a hyphen is read as a dash


@dataclass(frozen=True, kw_only=True)
class Figure:
    """name: unique on its page, of words and dots. value: None where there is none to tell.

    kind: COUNT a whole number, SHARE a part of one shown in percent, RATE a plain number with one decimal,
    HOURS hours with one decimal. words: what it is, in a few words; about: the sentence that defines it;
    href: the cases behind it.
    """

    name: str
    value: float | int | None
    kind: str = COUNT
    words: str = ""
    about: str = ""
    href: str = ""

    @property
    def text(self) -> str:
        return text_of(self.value, self.kind)


def text_of(value: float | int | None, kind: str) -> str:
    """As a person reads it: 1,234; −5; 87.3%; 1.4; – where there is none."""
    if value is None:
        return NONE
    if kind == SHARE:
        return tables.plain_share(_not_all(value))
    if kind == HOURS:
        return ngettext("%(hours)s hour", "%(hours)s hours", round(value)) % {
            "hours": number_format(tables.rounded(value, 1), 1, force_grouping=True)
        }
    decimals = 1 if kind == RATE else 0
    return number_format(tables.rounded(value, decimals), decimals, force_grouping=True).replace("-", MINUS)


def _not_all(share: float) -> float:
    """What is nearly all or nearly nothing is not called all or nothing."""
    return min(max(share, 0.001 if share > 0 else 0.0), 0.999 if share < 1 else 1.0)


def figure_html(figure: Figure) -> SafeString:
    """The figure with its id, as a link to the cases behind it where there are any."""
    value = "" if figure.value is None else repr(figure.value)
    shown = format_html(
        '<data class="figure" id="{}" value="{}">{}</data>', element_id(figure.name), value, figure.text
    )
    if not figure.href:
        return shown
    return format_html('<a class="figure-link" href="{}">{}</a>', figure.href, shown)


def element_id(name: str) -> str:
    return "figure-" + name.replace(".", "-").replace("_", "-")
