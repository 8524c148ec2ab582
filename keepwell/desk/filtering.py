"""Filters of a list as chips and menus of links: they stand in the address, and work without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

LONGEST_WORDS = 100


def words_of(request: HttpRequest) -> str:
    """What is looked for (`q` in the address), in one line and not longer than any name."""
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_WORDS]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One thing a list can be narrowed by: its name in the address, and the (value, words) to choose from."""

    name: str
    words: str
    choices: Sequence[tuple[str, str]]

    def chosen(self, request: HttpRequest) -> str:
        """The value asked for; "" if none, or one that cannot be chosen."""
        asked = request.GET.get(self.name, "")
        return asked if asked in dict(self.choices) else ""


def chips(request: HttpRequest, filters: Iterable[Filter]) -> list[dict[str, str]]:
    """What the list is narrowed by now, each with the address without it."""
    return [
        {
            "words": _("%(filter)s: %(value)s")
            % {"filter": one.words, "value": dict(one.choices)[one.chosen(request)]},
            "off": f"?{_others(request, one.name)}",
        }
        for one in filters
        if one.chosen(request)
    ]


def menus(request: HttpRequest, filters: Iterable[Filter]) -> list[dict[str, Any]]:
    """What the list can still be narrowed by, each with the addresses of its choices."""
    return [
        {"name": one.name, "words": one.words, "choices": _choices(request, one)}
        for one in filters
        if one.choices and not one.chosen(request)
    ]


def _choices(request: HttpRequest, menu: Filter) -> list[tuple[str, str]]:
    others = _others(request, menu.name)
    before = f"?{others}&" if others else "?"
    return [(words, before + urlencode({menu.name: value})) for value, words in menu.choices]


def _others(request: HttpRequest, name: str) -> str:
    """The address's query without this filter, from the first page on."""
    kept: QueryDict = request.GET.copy()
    kept.pop("cursor", None)
    kept.pop(name, None)
    return kept.urlencode()
