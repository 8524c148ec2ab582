"""Mine: what is to be arranged, what is ahead, what is to be done; and what was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs, reader
from keepwell.enquiries.queries import own_enquiries
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.models import AHEAD, BusyCalendar, State
from keepwell.success.engagements.queries import HOLDS, actions_of, ahead_of, of_mine, to_arrange_by

PERMIT = "account.see"
ORDER = ("-changed_at", "-pk")
FEW = 20
DUE_SHOWN = 5
SOON, TO_ARRANGE = timedelta(days=60), timedelta(days=45)
THIS_WEEK = timedelta(days=7)


@require_safe
@needs(PERMIT)
def engagements(request: HttpRequest) -> HttpResponse:
    """What the reader holds or takes part in; ?show=past is what was, by pages."""
    who = reader(request)
    is_past = request.GET.get("show") == "past"
    given = {"is_past": is_past, **(_past(request, who) if is_past else _ahead(who))}
    return render(request, "desk/engagements/list.html", given)


def today_card(who: User) -> dict[str, Any] | None:
    """Of this week, for those who hold engagements; None where there is nothing to tell."""
    if not permits.may(who, HOLDS):
        return None
    now = clock.now()
    today = timezone.localdate(now)
    due = list(actions_of(who).filter(due_on__lte=today)[: DUE_SHOWN + 1])
    given = {
        "engagements": list(ahead_of(who, now + THIS_WEEK).select_related("account")[:FEW]),
        "to_arrange": to_arrange_by(who, today + TO_ARRANGE).count(),
        "due": due[:DUE_SHOWN],
        "is_more_due": len(due) > DUE_SHOWN,
        "enquiries": list(own_enquiries(who).for_list().order_by(*ORDER)[:FEW]),
        "is_calendar_failing": BusyCalendar.objects.filter(user=who, failing_since__isnull=False).exists(),
        "now": now,
        "today": today,
    }
    return given if any(given[name] for name in TOLD) else None


TOLD = ("engagements", "to_arrange", "due", "enquiries", "is_calendar_failing")


def _ahead(who: User) -> dict[str, Any]:
    now = clock.now()
    today = timezone.localdate(now)
    return {
        "to_arrange": list(to_arrange_by(who, today + TO_ARRANGE).for_list()[:FEW]),
        "scheduled": list(ahead_of(who, now + SOON).for_list()[:FEW]),
        "to_close": list(of_mine(who).filter(state=State.HELD).for_list().order_by("starts_at", "pk")[:FEW]),
        "actions": list(actions_of(who)[:FEW]),
        "enquiries": list(own_enquiries(who).for_list().order_by(*ORDER)[:FEW]),
        "now": now,
        "today": today,
    }


def _past(request: HttpRequest, who: User) -> dict[str, Any]:
    rows = of_mine(who).exclude(state__in=(*AHEAD, State.HELD)).for_list()
    return {"page": page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))}
