"""The calendar of everything dated that one person may see: what each slice registered, and our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from keepwell.calendars.obligations import Obligation, Window, dated, obligations_of
from keepwell.contracts import queries as contracts
from keepwell.contracts.dated import Kind
from keepwell.customers.queries import accounts_administered_by, accounts_of_steward, contact_of
from keepwell.outbox.queries import brand_name
from keepwell.people.models import User
from keepwell.success.engagements.invitations import Dated, personal_calendar
from keepwell.success.engagements.models import Action, Engagement, State
from keepwell.success.engagements.queries import actions_of, of_mine

BEHIND, AHEAD_FOR = timedelta(days=31), timedelta(days=400)
CONTRACT_WORDS = {
    Kind.NOTICE: _lazy("Last day for notice: %(account)s"),
    Kind.BUDGET: _lazy("Budget request: %(account)s"),
    Kind.TERM_END: _lazy("Term ends: %(account)s"),
}
TIMED = (State.SCHEDULED, State.HELD, State.CLOSED)


def calendar_of(reader: User, *, now: datetime) -> str:
    """The file: a month behind and a good year ahead. Titles alone, of what he may see at this instant."""
    host = urlsplit(settings.KEEPWELL_URL).hostname or "localhost"
    things = (
        Dated(
            uid=f"{one.key}@{host}",
            title=one.title,
            starts=one.starts,
            ends=one.ends,
            sequence=one.sequence,
        )
        for one in obligations_of(reader, window_at(now))
    )
    name = _("%(vendor)s: what is dated") % {"vendor": brand_name()}
    return personal_calendar(name, things, written_at=now)


def window_at(now: datetime) -> Window:
    opens_at, closes_at = now - BEHIND, now + AHEAD_FOR
    return Window(first_on=opens_at.date(), last_on=closes_at.date(), opens_at=opens_at, closes_at=closes_at)


@dated("engagements")
def engagements_of(reader: Any, window: Window) -> Iterator[Obligation]:
    """What has a time; of one that is only wanted about a day, that day, for whoever holds it."""
    rows = _engagements_for(reader).select_related("account")
    timed = rows.filter(state__in=TIMED, starts_at__gte=window.opens_at, starts_at__lt=window.closes_at)
    for engagement in timed.order_by("starts_at", "pk"):
        assert engagement.starts_at is not None
        yield Obligation(
            key=f"engagement-{engagement.uid}",
            title=_titled(engagement, reader),
            starts=engagement.starts_at,
            ends=engagement.ends_at,
            sequence=engagement.sequence or 0,
        )
    if reader.is_staff_member:
        wanted = rows.filter(state=State.PROPOSED, wanted_on__range=(window.first_on, window.last_on))
        for engagement in wanted.order_by("wanted_on", "pk"):
            assert engagement.wanted_on is not None
            title = _("About now: %(title)s") % {"title": _titled(engagement, reader)}
            yield Obligation(key=f"engagement-{engagement.uid}", title=title, starts=engagement.wanted_on)


@dated("engagement actions")
def actions_to_do(reader: Any, window: Window) -> Iterator[Obligation]:
    """What is still to be done and is his."""
    for action in _actions_for(reader).filter(due_on__range=(window.first_on, window.last_on)):
        yield Obligation(key=f"action-{action.pk}", title=action.what, starts=action.due_on)


@dated("contracts")
def dates_of_contracts(reader: Any, window: Window) -> Iterator[Obligation]:
    """Notice, budget and end of the terms of the accounts that one of ours looks after."""
    if not reader.is_staff_member:
        return
    accounts = accounts_of_steward(reader).in_bulk()
    span = {"first": window.first_on, "last": window.last_on}
    for one in contracts.dated(reader, accounts=list(accounts), **span):
        title = CONTRACT_WORDS[one.kind] % {"account": accounts[one.account].name}
        yield Obligation(key=f"contract-{one.kind}-{one.renewal}", title=title, starts=one.on)


def _engagements_for(reader: Any) -> Any:
    """A person's own: of one of ours what he holds or attends, of a customer what he may see."""
    return of_mine(reader) if reader.is_staff_member else Engagement.objects.visible_to(reader)


def _actions_for(reader: Any) -> Any:
    if reader.is_staff_member:
        return actions_of(reader)
    contact = contact_of(reader)
    rows = Action.objects.visible_to(reader).still_open().filter(side="theirs")
    if not accounts_administered_by(reader).exists():
        rows = rows.filter(contact=contact)
    return rows.order_by("due_on", "pk")


def _titled(engagement: Engagement, reader: Any) -> str:
    return f"{engagement.title}: {engagement.account.name}" if reader.is_staff_member else engagement.title
