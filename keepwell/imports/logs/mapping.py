"""The map of a log: which column is what, and what its values mean. Pure: a TOML text in, a map out."""

from __future__ import annotations

import codecs
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from keepwell.customers.time_zones import is_known_zone, likely_zone
from keepwell.imports.columns import likely
from keepwell.imports.logs.instants import ISO
from keepwell.imports.logs.meanings import ANYTHING_ELSE, IGNORED, MEANINGS, NEEDED, TABLES, USES
from keepwell.imports.tables import SEPARATORS
from keepwell.kit.refusals import Refused

TEXTS = ("desk", "zone", "encoding", "separator")
KNOWN = (*TEXTS, "times", "first_row_opens", "columns", *TABLES.values())
LONGEST_DESK = 80


class MapRefused(Refused):
    """The map cannot be used; the sentence says what to mend in it."""


@dataclass(frozen=True, kw_only=True)
class LogMap:
    """`columns` are headings by what they are used as; `values` meanings by use and value as compared.

    `zone` is that of times without one, None if there are none such. `digest` is the SHA-256 of its bytes.
    """

    desk: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    zone: tzinfo | None
    times: tuple[str, ...]
    first_row_opens: bool
    encoding: str
    separator: str
    digest: str = field(compare=False)

    def meaning(self, use: str, value: str) -> str | None:
        """What a value means, None where the map does not say; one called as its meaning needs no line."""
        known, compared = self.values[use], as_compared(value)
        if compared in known:
            return known[compared]
        if compared in MEANINGS.get(use, ()):
            return compared
        return known.get(ANYTHING_ELSE)


def as_compared(value: str) -> str:
    """A value as values are compared: capitals do not matter, nor how many blanks there are."""
    return " ".join(value.split()).casefold()


def read_map(content: bytes) -> LogMap:
    """Errors: MapRefused, with what to mend."""
    told = _toml(content)
    for name in told:
        if name not in KNOWN:
            raise MapRefused(_unknown(_("The map has '%(word)s', which nothing is known by."), name, KNOWN))
    columns = _columns(told)
    only_states = "activity" not in columns
    return LogMap(
        desk=_desk(told),
        columns=columns,
        values={use: _values(told, use) for use in TABLES},
        zone=_zone(_text(told, "zone")),
        times=_times(told),
        first_row_opens=_flag(told, "first_row_opens", only_states),
        encoding=_encoding(_text(told, "encoding")),
        separator=_separator(_text(told, "separator")),
        digest=hashlib.sha256(content).hexdigest(),
    )


def _toml(content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MapRefused(_("The map is not written in UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        if "overwrite" in str(error) or "twice" in str(error):
            words = _("The map says the same thing twice: %(error)s.")
        else:
            words = _("The map is no TOML: %(error)s. Values with blanks need quotation marks on both sides.")
        raise MapRefused(words % {"error": error}) from None


def _unknown(words: str, word: str, known: tuple[str, ...]) -> str:
    close = likely(word, known)
    said = words % {"word": word[:60]}
    if close:
        return said + " " + _("Did you mean '%(close)s'?") % {"close": close}
    return said + " " + _("It can have %(known)s.") % {"known": ", ".join(known)}


def _desk(told: Mapping[str, Any]) -> str:
    desk = " ".join(_text(told, "desk").split())
    if not desk:
        raise MapRefused(_('The map does not say what the other desk is called: desk = "Old desk".'))
    if len(desk) > LONGEST_DESK:
        raise MapRefused(
            _("The name of the desk is longer than %(most)s characters.") % {"most": LONGEST_DESK}
        )
    return desk


def _columns(told: Mapping[str, Any]) -> dict[str, str]:
    given = _table(told, "columns")
    for use, heading in given.items():
        if use not in USES:
            raise MapRefused(_unknown(_("A column cannot be used as '%(word)s'."), use, USES))
        if not isinstance(heading, str) or not heading.strip():
            raise MapRefused(_("The column of the %(use)s is to be named by its heading.") % {"use": use})
    columns = {use: heading.strip() for use, heading in given.items()}
    for use in NEEDED:
        if use not in columns:
            raise MapRefused(_("The map does not say in which column the %(use)s stands.") % {"use": use})
    if "activity" not in columns and "state" not in columns:
        raise MapRefused(_("The map names no column of activities and none of states: nothing would happen."))
    return columns


def _values(told: Mapping[str, Any], use: str) -> dict[str, str]:
    table = TABLES[use]
    meanings: dict[str, str] = {}
    for value, meaning in _table(told, table).items():
        compared = as_compared(value)
        if compared in meanings:
            raise MapRefused(
                _("'%(value)s' is mapped twice under [%(table)s]; capitals and blanks do not matter.")
                % {"value": value, "table": table}
            )
        meanings[compared] = _meaning(use, table, value, meaning)
    return meanings


def _meaning(use: str, table: str, value: str, meaning: object) -> str:
    # A level may be written as the number that it is.
    word = str(meaning).strip() if isinstance(meaning, str | int) and meaning is not True else ""
    known = MEANINGS.get(use)
    if word and (known is None or word in known or word == IGNORED):
        return word
    words = _("Under [%(table)s] '%(value)s' is mapped to '%(word)s', which is not known.") % {
        "table": table,
        "value": value[:60],
        "word": "%(word)s",
    }
    raise MapRefused(_unknown(words, str(meaning), (*(known or ()), IGNORED)))


def _table(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = told.get(name, {})
    if not isinstance(table, dict):
        raise MapRefused(
            _("'%(name)s' is to be a table: [%(name)s], and its lines under it.") % {"name": name}
        )
    return table


def _text(told: Mapping[str, Any], name: str) -> str:
    text = told.get(name, "")
    if not isinstance(text, str):
        raise MapRefused(_("'%(name)s' is to be a text in quotation marks.") % {"name": name})
    return text if name == "separator" else text.strip()


def _flag(told: Mapping[str, Any], name: str, usual: bool) -> bool:
    flag = told.get(name, usual)
    if not isinstance(flag, bool):
        raise MapRefused(_("'%(name)s' is to be true or false.") % {"name": name})
    return flag


def _times(told: Mapping[str, Any]) -> tuple[str, ...]:
    times = told.get("times", [ISO])
    times = [times] if isinstance(times, str) else times
    if not isinstance(times, list) or not times or not all(isinstance(one, str) for one in times):
        raise MapRefused(_("'times' is to be a list of formats: times = [\"%%d.%%m.%%Y %%H:%%M\"].") % {})
    return tuple(times)


def _zone(name: str) -> tzinfo | None:
    if not name:
        return None
    if is_known_zone(name):
        return ZoneInfo(name)
    words = _("Time zone '%(name)s' is not known.") % {"name": name}
    if close := likely_zone(name):
        words += " " + _("Did you mean '%(close)s'?") % {"close": close}
    raise MapRefused(words)


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        raise MapRefused(_("The encoding '%(name)s' is not known.") % {"name": name}) from None


def _separator(text: str) -> str:
    if text and (len(text) != 1 or text not in (*SEPARATORS, "|")):
        raise MapRefused(_("The separator is to be a comma, a semicolon, a tab or |."))
    return text
