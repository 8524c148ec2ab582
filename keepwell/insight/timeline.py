"""Everything that happened with an account, in one order.

The journal is read; each slice says which of its entries the reader may see. Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from keepwell.cases import queries as cases
from keepwell.cases.models import Case
from keepwell.contracts import queries as contracts
from keepwell.conversations import queries as conversations
from keepwell.customers import queries as customers
from keepwell.customers.models import Account
from keepwell.enquiries import queries as enquiries
from keepwell.insight.abouts import abouts
from keepwell.insight.doers import names_of
from keepwell.insight.fact_words import sentence
from keepwell.insight.looks import Look, look_of
from keepwell.journal.models import Entry
from keepwell.kit import paging
from keepwell.service_levels import queries as service_levels
from keepwell.side_threads import queries as side_threads
from keepwell.success.engagements import queries as engagements
from keepwell.success.health import queries as health
from keepwell.success.letters import queries as letters
from keepwell.success.portfolios import queries as portfolios
from keepwell.success.reviews import queries as reviews
from keepwell.success.road_maps import queries as road_maps
from keepwell.success.signals import queries as signals
from keepwell.usage import queries as usage

Visible = Callable[[Any], QuerySet[Entry]]

SOURCES: tuple[Visible, ...] = (
    customers.visible_entries,
    contracts.visible_entries,
    conversations.visible_entries,
    cases.visible_entries,
    side_threads.visible_entries,
    service_levels.visible_entries,
    health.visible_entries,
    usage.visible_entries,
    enquiries.visible_entries,
    engagements.visible_entries,
    letters.visible_entries,
    portfolios.visible_entries,
    road_maps.visible_entries,
    signals.visible_entries,
    reviews.visible_entries,
)
# A reply is written and then sent, a case opened with its conversation, somebody asked by a mail: told once.
TOLD_BY_ANOTHER = (
    "message.written",
    "conversation.started",
    "conversation.placed",
    "side_thread.begun",
    "attendee.added",
)
ABOUT: Mapping[str, tuple[str, ...]] = {
    "cases": (
        "case.",
        "message.",
        "note.",
        "participant.",
        "conversation.",
        "side_thread.",
        "side_message.",
    ),
    "promises": ("clock.", "update.", "policy."),
    "contracts": ("contract.", "term.", "renewal.", "subscription.", "hours."),
    "success": (
        "engagement",
        "attendee.",
        "touch.",
        "cadence.",
        "booking.",
        "enquiry.",
        "health.",
        "sentiment.",
        "road_map.",
        "goal.",
        "measure.",
        "milestone.",
        "action_item.",
        "check_point.",
        "value_claim.",
        "signal.",
        "playbook_run.",
        "task.",
        "review.",
        "finding.",
    ),
    "account": ("account.", "contact.", "steward.", "deployment.", "mail_domain.", "address.", "phone."),
}
ORDER = ("-occurred_at", "-pk")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line: what happened, to whom or what, who did it. `case` where it is about one, else None."""

    entry: Entry
    words: str
    who: str
    whom: str
    case: Case | None
    look: Look


@dataclass(frozen=True, kw_only=True)
class Day:
    on: date
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Days, the newest first, and the page they are read from."""

    days: tuple[Day, ...]
    page: paging.Page


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked at: `about` one of ABOUT or "" for all; times in `zone`."""

    now: datetime
    zone: tzinfo
    about: str = ""
    cursor: str = ""
    size: int = 40


def account_timeline(actor: Any, account: Account, wanted: Wanted) -> Timeline:
    """What the actor may see of the account, newest first, as many queries for one line as for forty."""
    rows = _of_kinds(visible_entries(actor), wanted.about)
    rows = rows.filter(subjects__kind="account", subjects__subject_id=account.pk)
    page = paging.page(rows, order=ORDER, cursor=wanted.cursor, size=wanted.size)
    return Timeline(days=_days(_happenings(actor, page.rows, wanted), wanted.zone), page=page)


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Every slice's visible entries as one set."""
    first, *others = (visible(actor).order_by() for visible in SOURCES)
    for entries in others:
        first |= entries
    return first.exclude(kind__in=TOLD_BY_ANOTHER)


def _of_kinds(rows: QuerySet[Entry], about: str) -> QuerySet[Entry]:
    if about not in ABOUT:
        return rows
    return rows.filter(kind__regex=rf"^({'|'.join(ABOUT[about])})")


def _happenings(actor: Any, entries: Iterable[Entry], wanted: Wanted) -> list[Happening]:
    entries = list(entries)
    about = abouts(actor, entries)
    names = names_of([entry.actor_ref for entry in entries])
    return [
        Happening(
            entry=entry,
            words=sentence(entry, now=wanted.now, zone=wanted.zone),
            who=names[entry.actor_ref],
            whom=about[entry.pk].words,
            case=about[entry.pk].case,
            look=look_of(entry.kind),
        )
        for entry in entries
    ]


def _days(happenings: list[Happening], zone: tzinfo) -> tuple[Day, ...]:
    by_day = groupby(happenings, key=lambda one: one.entry.occurred_at.astimezone(zone).date())
    return tuple(Day(on=on, happenings=tuple(of_day)) for on, of_day in by_day)
