"""What the desk is made of: each part registers what it adds, and nothing else changes.

Entries are shown in the order of `position` to whoever has their `permit` ("" for all staff). They name
an address that exists: a part registers when it is there, so there is no dead link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.functional import Promise

from keepwell.cases.models import Case
from keepwell.customers.models import Account
from keepwell.people import permits
from keepwell.people.models import User

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something one part adds. `name` is its own among entries of its kind."""

    name: str
    position: int
    permit: str = ""


@dataclass(frozen=True, kw_only=True)
class RailEntry(Entry):
    """A place in the rail. `count` is asked on every page of the desk: one cheap query or none.

    The rail's order: Today 100, Cases 200, Live 300, Calls 400, Mail 450, Accounts 500, Success 600,
    Commercial 650, Community 700, Help center 750, Insight 800, Settings 900.
    """

    words: Words
    icon: str
    url_name: str
    count: Callable[[User], int] | None = None
    is_shown: Callable[[User], bool] = lambda reader: True


@dataclass(frozen=True, kw_only=True)
class SettingsPage(Entry):
    """A page under Settings; `about` is the line that says what is set there, `group` its heading."""

    words: Words
    about: Words
    icon: str
    url_name: str
    group: Words


@dataclass(frozen=True, kw_only=True)
class AccountTab(Entry):
    """A tab of an account; its address takes the account's id. `count` stands beside the words."""

    words: Words
    url_name: str
    count: Callable[[User, Account], int] | None = None


@dataclass(frozen=True, kw_only=True)
class TodayCard(Entry):
    """A card of Today: one partial, and what it is given for a reader; None leaves the card out for him."""

    template: str
    context: Callable[[User], Mapping[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class CasePanel(Entry):
    """A panel beside a case: one partial with the id `panel-NAME`, and what it is given.

    None from `context` leaves the panel out for this case. `live` names topics it is fetched again on,
    with %d for the case.
    """

    template: str
    context: Callable[[HttpRequest, Case], Mapping[str, Any] | None]
    live: tuple[str, ...] = ("case:%d",)


@dataclass(frozen=True, kw_only=True)
class CaseAct(Entry):
    """Something to do with a case; its address takes the case's number and gives the dialog to do it in.

    `is_main` puts it beside the subject instead of into the menu. `key` is the one key that does it.
    """

    words: Words
    icon: str
    url_name: str
    key: str = ""
    is_main: bool = False
    is_offered: Callable[[User, Case], bool] = lambda reader, case: True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One line of the palette: what it is called, where it leads."""

    group: str
    label: str
    href: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class PaletteSource(Entry):
    """Where the palette finds more: the reader and his words (at least one letter) to a few answers."""

    find: Callable[[User, str], Iterable[Answer]]


@dataclass(frozen=True, kw_only=True)
class KeyHelp(Entry):
    """A key as the help shows it, and what it does."""

    key: str
    words: Words


Kind = TypeVar("Kind", bound=Entry)

_registered: dict[type[Entry], dict[str, Entry]] = {}


def register(*entries: Entry) -> None:
    """Adds entries. Errors: ValueError for a name that its kind has already."""
    for entry in entries:
        of_kind = _registered.setdefault(type(entry), {})
        if entry.name in of_kind:
            raise ValueError(f"{type(entry).__name__} {entry.name} is registered twice")
        of_kind[entry.name] = entry


def entries_for(reader: User, kind: type[Kind]) -> list[Kind]:
    """The entries of this kind that the reader may see, in order."""
    found: list[Any] = [
        entry
        for entry in _registered.get(kind, {}).values()
        if not entry.permit or permits.may(reader, entry.permit)
    ]
    return sorted(found, key=lambda entry: (entry.position, entry.name))


def rail_of(reader: User) -> list[RailEntry]:
    """The places that the reader has, in order."""
    return [entry for entry in entries_for(reader, RailEntry) if entry.is_shown(reader)]
