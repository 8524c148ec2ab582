"""What is wanted of everybody who looks after accounts, over the quarter that begins now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, F

from keepwell.contracts.models import Contract, Renewal
from keepwell.contracts.queries import hours_of_many
from keepwell.contracts.terms import contract_year
from keepwell.customers.models import Stewardship
from keepwell.people.models import User
from keepwell.staffing.queries import hours_at_work_of
from keepwell.success.engagements.models import AHEAD, Action, Cadence, Engagement
from keepwell.success.engagements.recurring import next_on
from keepwell.success.portfolios.workload import (
    A_RENEWAL,
    AN_ACTION,
    AROUND_A_MEETING,
    NOTHING,
    Load,
    Work,
    of_meetings,
    owed,
)
from keepwell.success.road_maps.models import ActionItem
from keepwell.success.road_maps.states import OPEN_ACTIONS

A_QUARTER = timedelta(days=91)
ByPerson = Mapping[int, timedelta]


def loads(users: Iterable[User], now: datetime) -> dict[int, Load]:
    """The load of each of these, by id. The same number of questions for any number of accounts."""
    ids, last = [one.pk for one in users], (now + A_QUARTER).date()
    at_work = hours_at_work_of(ids, now, now + A_QUARTER)
    wanted = {
        Work.MEETINGS: _meetings(ids, last),
        Work.CADENCES: _cadences(ids, last),
        Work.ACTIONS: _actions(ids, last),
        Work.RENEWALS: _renewals(ids, last),
        Work.PREPAID: _prepaid(ids, now.date()),
    }
    return {
        pk: Load(
            at_work=_length(at_work[pk]),
            wanted={work: of_all[pk] for work, of_all in wanted.items() if of_all.get(pk)},
        )
        for pk in ids
    }


def _length(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((ends - starts for starts, ends in spans), NOTHING)


def _meetings(users: list[int], last: date) -> ByPerson:
    """What is scheduled, offered or asked for until then, or for no day yet."""
    rows = Engagement.objects.filter(host__in=users, state__in=AHEAD)
    minutes: dict[int, list[int]] = defaultdict(list)
    for host, lasts, starts_at, wanted_on in rows.values_list(
        "host", "lasts_minutes", "starts_at", "wanted_on"
    ):
        on = starts_at.date() if starts_at else wanted_on
        if on is None or on <= last:
            minutes[host].append(lasts)
    return {host: of_meetings(found) for host, found in minutes.items()}


def _cadences(users: list[int], last: date) -> ByPerson:
    """What comes by rule after the one that is ahead already."""
    found: dict[int, timedelta] = defaultdict(timedelta)
    ahead = dict(
        Engagement.objects.filter(cadence__host__in=users, state__in=AHEAD).values_list(
            "cadence", F("wanted_on")
        )
    )
    for cadence in Cadence.objects.filter(host__in=users, ended_at=None):
        after = ahead.get(cadence.pk)
        while after and (after := next_on(cadence.rule, cadence.starts_on, after=after)) and after <= last:
            found[cadence.host_id] += timedelta(minutes=cadence.lasts_minutes) + AROUND_A_MEETING
    return found


def _actions(users: list[int], last: date) -> ByPerson:
    """What is due until then, or on no day."""
    promised = Action.objects.still_open().filter(user__in=users, due_on__lte=last)
    planned = ActionItem.objects.filter(
        owner_user__in=users, state__in=OPEN_ACTIONS, road_map__closed_at__isnull=True
    ).exclude(due_on__gt=last)
    found: dict[int, timedelta] = defaultdict(timedelta)
    for rows, whose in ((promised, "user"), (planned, "owner_user")):
        # Their own orders would count each row by itself.
        for user, count in rows.order_by().values_list(whose).annotate(count=Count("pk")):
            found[user] += AN_ACTION * count
    return found


def _renewals(users: list[int], last: date) -> ByPerson:
    """Those whose term ends until then, of accounts whose account manager he is."""
    rows = Renewal.objects.filter(outcome="", term__ends_on__lte=last)
    counted: dict[int, int] = defaultdict(int)
    stewards = _stewards(users, Stewardship.Kind.ACCOUNT)
    for account in rows.values_list("term__contract__account", flat=True):
        for user in stewards.get(account, ()):
            counted[user] += 1
    return {user: A_RENEWAL * count for user, count in counted.items()}


def _prepaid(users: list[int], today: date) -> ByPerson:
    """What falls into the quarter of hours that are paid for, of accounts whose success he looks after."""
    stewards = _stewards(users, Stewardship.Kind.SUCCESS)
    found: dict[int, timedelta] = defaultdict(timedelta)
    rows = list(
        Contract.objects.filter(account__in=stewards, hours_a_year_minutes__gt=0, began_on__lte=today)
    )
    balances = hours_of_many(rows, today)
    for contract in rows:
        year = contract_year(contract.began_on, today)
        hours = owed(balances[contract.pk].left, (year.last - today).days + 1, A_QUARTER.days)
        for user in stewards[contract.account_id]:
            found[user] += hours
    return found


def _stewards(users: list[int], kind: str) -> dict[int, list[int]]:
    """Which of these looks after which account in this way."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Stewardship.objects.filter(user__in=users, kind=kind, to_at__isnull=True)
    for account, user in rows.values_list("account", "user"):
        found[account].append(user)
    return found
