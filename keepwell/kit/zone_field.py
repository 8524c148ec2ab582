"""Choosing a time zone."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Places where people live come before the families of abbreviations that some systems carry.
_REGIONS = (
    "US",
    "America",
    "Europe",
    "Australia",
    "Africa",
    "Asia",
    "Atlantic",
    "Indian",
    "Pacific",
    "Antarctica",
    "Arctic",
)


@lru_cache(maxsize=1)
def zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones as a select shows them: region, then places, by name; UTC last."""
    names = sorted(zoneinfo.available_timezones())
    return [*((region, _places(region, names)) for region in _REGIONS), ("UTC", [("UTC", "UTC")])]


def _places(region: str, names: list[str]) -> list[tuple[str, str]]:
    return [
        (name, name.partition("/")[2].replace("_", " ")) for name in names if name.startswith(f"{region}/")
    ]


class ZoneField(forms.ChoiceField):
    """A time zone of the list; `none_words` is what the empty choice means."""

    def __init__(self, *, none_words: str | Promise = "", **given: Any) -> None:
        empty = [("", none_words)] if none_words else []
        given.setdefault("label", _("Time zone"))
        super().__init__(choices=lambda: [*empty, *zones_by_region()], required=not empty, **given)
