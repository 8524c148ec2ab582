"""A row of a log as an event. Pure: a heading and a map, then row after row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from django.utils.translation import gettext as _

from keepwell.imports.columns import likely
from keepwell.imports.logs.instants import TimeRefused, read_instant
from keepwell.imports.logs.lines import Row, is_undecoded
from keepwell.imports.logs.mapping import LogMap, MapRefused
from keepwell.imports.logs.meanings import AGENT, IGNORED, MAY_STAY_UNKNOWN, TABLES, USES, Happening
from keepwell.imports.logs.refusing import Reason, Refusal

LONGEST_CASE = 200
LONGEST_NAME = 200
# Of each column so many different values are counted: more are no list of values but free text.
MOST_VALUES = 1000


class Event(NamedTuple):
    """What one row says, in the words of `meanings`; empty (0) where it says nothing.

    `digest` tells whether another row of the case says the same; account and product are names.
    """

    case: str
    at: datetime
    line: int
    digest: int
    happening: str
    standing: str
    severity: str
    level: int
    team: int
    channel: str
    account: str
    product: str


class Places(NamedTuple):
    """Where in a row each column stands, by what it is used as, and which headings are not used."""

    of: Mapping[str, int]
    width: int
    not_used: tuple[str, ...]


def places_in(heading: list[str], log_map: LogMap) -> Places:
    """Errors: MapRefused where the map names a column that the file has not, or has twice."""
    found = {}
    for use, name in log_map.columns.items():
        there = [place for place, text in enumerate(heading) if text.casefold() == name.casefold()]
        if len(there) != 1:
            raise MapRefused(_wrong_column(use, name, heading, is_missing=not there))
        found[use] = there[0]
    not_used = tuple(text for place, text in enumerate(heading) if place not in found.values() and text)
    return Places(found, len(heading), not_used)


def _wrong_column(use: str, name: str, heading: list[str], *, is_missing: bool) -> str:
    names = {"use": use, "name": name, "close": likely(name, heading), "known": ", ".join(heading)[:500]}
    if not is_missing:
        return _("The file has two columns called '%(name)s'.") % names
    words = _("By the map the %(use)s stands in the column '%(name)s', which the file does not have.") % names
    if names["close"]:
        return words + " " + _("Did you mean '%(close)s'?") % names
    return words + " " + _("It has %(known)s.") % names


class EventReader:
    """Makes events of rows and counts what the map does not explain: `unmapped` by use and value.

    `teams` are the ids of teams by their name as compared; `names` counts accounts and products.
    """

    def __init__(self, log_map: LogMap, places: Places, teams: Mapping[str, int], now: datetime) -> None:
        self.unmapped: dict[str, Counter[str]] = defaultdict(Counter)
        self.names: dict[str, Counter[str]] = {use: Counter() for use in MAY_STAY_UNKNOWN}
        self.rows = 0
        self._map, self._places, self._teams, self._now = log_map, places, teams, now
        self._used = [(use, places.of[use]) for use in USES if use in places.of]
        self._last = max(place for _use, place in self._used)
        self._meanings: dict[str, dict[str, str]] = {use: {} for use in TABLES}
        self._name_of_encoding = log_map.encoding or "UTF-8"

    def read(self, rows: Iterable[Row]) -> Iterator[Event | Refusal]:
        for row in rows:
            self.rows += 1
            yield self._event(row)

    def _event(self, row: Row) -> Event | Refusal:
        if reason := self._misshapen(row):
            return Refusal(row.number, reason, row.broken)
        said = {use: row.cells[place].strip() for use, place in self._used}
        together = "\x1f".join(said.values())
        if is_undecoded(together) or "\x00" in together:
            return Refusal(row.number, Reason.ENCODING, self._name_of_encoding)
        case = said["case"]
        if not case or len(case) > LONGEST_CASE:
            return Refusal(row.number, Reason.LONG_CASE if case else Reason.NO_CASE)
        try:
            at = read_instant(said["time"], self._map.times, self._map.zone, self._now)
        except TimeRefused as refusal:
            return Refusal(row.number, refusal.reason, said["time"])
        digest = int.from_bytes(blake2b(together.encode(), digest_size=8).digest(), signed=True)
        return Event(case, at, row.number, digest, *self._explained(said))

    def _misshapen(self, row: Row) -> Reason | None:
        if row.broken:
            return Reason.BROKEN
        if len(row.cells) <= self._last:
            return Reason.TOO_FEW_CELLS
        is_longer = len(row.cells) > self._places.width and any(row.cells[self._places.width :])
        return Reason.TOO_MANY_CELLS if is_longer else None

    def _explained(self, said: Mapping[str, str]) -> tuple[str, str, str, int, int, str, str, str]:
        activity = self._meaning(said, "activity")
        actor = self._meaning(said, "actor")
        if activity == Happening.MESSAGE:
            activity = Happening.CONTACT if actor == AGENT else Happening.CUSTOMER_MESSAGE
        team = self._meaning(said, "group")
        return (
            str(activity),
            self._meaning(said, "state"),
            self._meaning(said, "severity"),
            int(self._meaning(said, "level") or 0),
            int(team or 0),
            self._meaning(said, "channel"),
            self._name(said, "account"),
            self._name(said, "product"),
        )

    def _meaning(self, said: Mapping[str, str], use: str) -> str:
        """What the cell means; nothing for an empty one, for what is ignored and for what is not mapped."""
        value = said.get(use)
        if not value:
            return ""
        known = self._meanings[use]
        meaning = known.get(value)
        if meaning is None:
            meaning = self._looked_up(use, value)
            if meaning is None:
                _count(self.unmapped[use], value)
                return ""
            if len(known) < MOST_VALUES:
                known[value] = meaning
        return meaning

    def _looked_up(self, use: str, value: str) -> str | None:
        meaning = self._map.meaning(use, value)
        if meaning == IGNORED:
            return ""
        if use != "group":
            return meaning
        team = self._teams.get((meaning or value).casefold())
        return None if team is None else str(team)

    def _name(self, said: Mapping[str, str], use: str) -> str:
        value = said.get(use)
        if not value:
            return ""
        meaning = self._map.meaning(use, value)
        if meaning == IGNORED:
            return ""
        name = (meaning or value)[:LONGEST_NAME]
        _count(self.names[use], name)
        return name


def _count(values: Counter[str], value: str) -> None:
    if value in values or len(values) < MOST_VALUES:
        values[value] += 1
    else:
        values[str(_("(others)"))] += 1
