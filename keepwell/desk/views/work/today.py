"""Today: what burns, what is due, what is asked of me, what nobody has taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from keepwell.cases.models import Case
from keepwell.cases.queries import hand_offs_for
from keepwell.customers.models import Stewardship
from keepwell.desk.access import needs, reader
from keepwell.desk.next_case import next_case_for
from keepwell.desk.registry import TodayCard, entries_for
from keepwell.kit import clock
from keepwell.people.models import User
from keepwell.service_levels.burn_readers import burning_for
from keepwell.service_levels.burn_words import burn_words
from keepwell.service_levels.models import BurnAlert
from keepwell.service_levels.queries import worklist
from keepwell.staffing.queries import asked_of, is_nobody_on_call
from keepwell.triage.queries import waiting_for_placement

ROWS = 8
# Whom a row names beside the case.
NAMED = ("account", "assignee")


@require_safe
@needs("case.see")
def today(request: HttpRequest) -> HttpResponse:
    """The page; only its parts when a live event fetches them."""
    template = "desk/work/_today.html" if request.GET.get("part") == "today" else "desk/work/today.html"
    return render(request, template, _today(reader(request)))


def _today(who: User) -> dict[str, Any]:
    now = clock.now()
    work = worklist(who).select_related(*NAMED).not_merged()  # type: ignore[attr-defined]
    return {
        "now": now,
        "best": next_case_for(who, now),
        "asked_on_call": list(asked_of(who)),
        "is_gap": is_nobody_on_call(now),
        "burning": [_burning(alert) for alert in burning_for(who, at=now)],
        "mine": list(work.open().filter(assignee=who)[:ROWS]),
        "late": list(work.filter(standing__next_due_at__lt=now)[:ROWS]),
        "nobodys": list(work.filter(assignee__isnull=True)[:ROWS]),
        "asked": list(hand_offs_for(who)[:ROWS]),
        "to_place": list(_to_place(who)),
        "looked_after": list(_of_my_accounts(who)),
        "cards": list(_cards(who)),
        "waiting": Case.objects.visible_to(who)
        .open()
        .filter(assignee=who, state="waiting_on_customer")
        .count(),
    }


def _cards(who: User) -> Iterator[dict[str, Any]]:
    """What other parts add for this reader."""
    for card in entries_for(who, TodayCard):
        given = card.context(who)
        if given is not None:
            yield {"template": card.template, "given": given}


def _burning(alert: BurnAlert) -> dict[str, Any]:
    """A promise that burns or is calm since lately, with the way to the cases that it is about."""
    address = reverse("desk:guideline_cases", args=[alert.guideline_id, "missed"])
    return {"alert": alert, "words": burn_words(alert.facts), "address": address}


def _of_my_accounts(who: User) -> Any:
    """Open cases of the accounts that a success or account manager looks after."""
    # Asked first: for whoever looks after none PostgreSQL would read all that is open, and find nothing.
    accounts = Stewardship.objects.filter(user=who, to_at__isnull=True).values_list("account", flat=True)
    open_cases = worklist(who).open()  # type: ignore[attr-defined]
    return open_cases.select_related(*NAMED).filter(account__in=list(accounts))[:ROWS]


def _to_place(who: User) -> Any:
    waiting = waiting_for_placement(who).select_related("standing", *NAMED)
    return waiting.order_by("-changed_at", "-id")[:ROWS]
