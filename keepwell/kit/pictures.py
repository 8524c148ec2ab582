"""Pictures within what people write: named there by the number of their file, wherever it lies for a reader.

`![pump.png](/files/12)` says that file 12 stands there. Nothing is served under that address: each reader
gets the one through which he may see the file, a mail brings the picture with it, and words alone have its
name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

SHOWN = re.compile(r'<img src="/files/(?P<number>\d{1,18})"(?P<rest>(?: [a-z]+="[^"]*")*)>')
WRITTEN = re.compile(r"!\[(?P<name>(?:[^\[\]\\]|\\.)*)\]\(/files/\d{1,18}\)", re.DOTALL)
NAME = re.compile(r' alt="([^"]*)"')


def placed(shown: str, places: Mapping[int, str]) -> SafeString:
    """Clean HTML with its pictures where they lie for this reader; of any other there is its name alone."""
    return mark_safe(SHOWN.sub(lambda found: _placed(found, places), shown))


def numbers_in(shown: str) -> set[int]:
    """The files that stand in this clean HTML as pictures."""
    return {int(found["number"]) for found in SHOWN.finditer(shown)}


def named(source: str) -> str:
    """Markdown with a picture's name in place of each, for where nothing but words is read."""
    return WRITTEN.sub(lambda found: _in_words(re.sub(r"\\(.)", r"\1", found["name"])), source)


def _placed(found: re.Match[str], places: Mapping[int, str]) -> str:
    if place := places.get(int(found["number"])):
        return f'<img src="{conditional_escape(place)}"{found["rest"]}>'
    name = NAME.search(found["rest"])
    return conditional_escape(_in_words(unescape(name[1]) if name else ""))


def _in_words(name: str) -> str:
    return _("[Picture: %(name)s]") % {"name": name} if name.strip() else _("[Picture]")
