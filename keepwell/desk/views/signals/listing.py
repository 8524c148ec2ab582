"""Signals of mine, of nobody, of everybody; and what Today says of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.contracts.dated import Kind
from keepwell.contracts.queries import dated
from keepwell.customers.queries import accounts_of_steward
from keepwell.desk.access import needs, reader
from keepwell.desk.signal_rows import short_rows
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.feeding import CONTRACT_WORDS
from keepwell.success.signals.models import SEVERITIES, Signal
from keepwell.success.signals.models.signal import SignalQuerySet
from keepwell.success.signals.queries import (
    HANDLES,
    ORDER,
    SEES,
    budget_of,
    nobodys_signals,
    open_signals_of,
    open_tasks_of,
)

FEW, TODAY_FEW = 20, 8
TASKS_AHEAD, CONTRACTS_AHEAD = timedelta(days=7), timedelta(days=60)
ENDED_ORDER = ("-ended_at", "-pk")
SHOWS = ("mine", "nobodys", "all", "put_off", "ended")


@require_safe
@needs(SEES)
def signals(request: HttpRequest) -> HttpResponse:
    """?show= one of SHOWS; ?severity=3; ?rule=7. Of mine no more than the budget, unless ?whole=1."""
    who = reader(request)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else _first_shown(who)
    severity, rule = (_number(request.GET.get(name, "")) for name in ("severity", "rule"))
    rows = _narrowed(_of(who, show), severity, rule)
    given: dict[str, Any] = {
        "show": show,
        "severity": severity,
        "rule": rule,
        "severities": SEVERITIES,
        "most": settings.KEEPWELL_SIGNALS_SHOWN,
        "tasks": list(open_tasks_of(who)[:FEW]) if show == "mine" else [],
        "today": timezone.localdate(clock.now()),
    }
    if show == "mine" and "whole" not in request.GET:
        budget = budget_of(who, about=rows)
        given |= {"rows": short_rows(budget.shown), "waiting": budget.waiting}
    else:
        order = ENDED_ORDER if show == "ended" else ORDER
        listed = page(rows.for_list(), order=order, cursor=request.GET.get("cursor", ""))
        given |= {"page": listed, "rows": short_rows(listed.rows), "waiting": 0}
    return render(request, "desk/signals/list.html", given)


def today_card(who: User) -> dict[str, Any] | None:
    """His signals, tasks due, dates of his contracts; None where there is nothing to tell."""
    if not permits.may(who, HANDLES):
        return None
    today = timezone.localdate(clock.now())
    budget = budget_of(who)
    given = {
        "signals": short_rows(budget.shown[:TODAY_FEW]),
        "more": max(len(budget.shown) - TODAY_FEW, 0) + budget.waiting,
        "tasks": list(open_tasks_of(who).filter(due_on__lte=today + TASKS_AHEAD)[:TODAY_FEW]),
        "nobodys": nobodys_signals(who).count(),
        "contracts": _contracts_of(who),
        "today": today,
    }
    return given if any(given[name] for name in ("signals", "tasks", "nobodys", "contracts")) else None


def count_mine(who: User) -> int:
    return Signal.objects.visible_to(who).asking().filter(owner=who).count()


def _contracts_of(who: User) -> list[dict[str, Any]]:
    """Last days for notice, budget requests and ends of terms at the accounts that he looks after."""
    today = timezone.localdate(clock.now())
    accounts = accounts_of_steward(who).in_bulk()
    if not accounts:
        return []
    found = dated(who, first=today, last=today + CONTRACTS_AHEAD, accounts=list(accounts))
    return [
        {
            "on": one.on,
            "contract": one.contract,
            "words": CONTRACT_WORDS[Kind(one.kind)] % {"account": accounts[one.account].name},
        }
        for one in found[:TODAY_FEW]
    ]


def _first_shown(who: User) -> str:
    """What is his, for whoever has anything; all for the others."""
    return "mine" if permits.may(who, HANDLES) and open_signals_of(who).exists() else "all"


def _of(who: User, show: str) -> SignalQuerySet:
    rows = Signal.objects.visible_to(who)
    if show == "mine":
        return rows.asking().filter(owner=who)
    if show == "nobodys":
        return nobodys_signals(who)
    if show == "put_off":
        return rows.still_open().filter(snoozed_until_at__isnull=False)
    return rows.filter(ended_at__isnull=False) if show == "ended" else rows.asking()


def _narrowed(rows: SignalQuerySet, severity: int | None, rule: int | None) -> SignalQuerySet:
    if severity is not None:
        rows = rows.filter(severity=severity)
    return rows.filter(rule=rule) if rule is not None else rows


def _number(text: str) -> int | None:
    """A short row of digits; anything else is no filter."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
