"""The road map of an account: as a board, over time, and in a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.contracts.terms import Span, months_after
from keepwell.desk.access import needs, reader
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.kit import clock
from keepwell.people.models import User
from keepwell.success.road_maps.models import RoadMap
from keepwell.success.road_maps.models.action_item import STATES
from keepwell.success.road_maps.queries import open_actions_of, return_on_investment
from keepwell.success.road_maps.showing import Shown, for_a_meeting, whole
from keepwell.success.road_maps.states import ActionState
from keepwell.success.road_maps.time_line import time_line

PERMIT = "road_map.see"
ROWS = 8
COLUMNS = (ActionState.TODO, ActionState.DOING, ActionState.BLOCKED, ActionState.DONE)


@require_safe
@needs(PERMIT)
def of_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the one that is open, else to the newest; where there is none, how to begin."""
    found = get_account(request, pk)
    seen = RoadMap.objects.visible_to(reader(request)).filter(account=found)
    newest = seen.filter(closed_at__isnull=True).first() or seen.first()
    if newest:
        return redirect("desk:road_map", pk=newest.pk)
    return render(request, "desk/road_maps/none.html", head(request, found, "road_map"))


@require_safe
@needs(PERMIT)
def road_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Goals with their measures, then the actions as a board; `?show=time` draws them over time."""
    found = get_road_map(request, pk)
    over_time = request.GET.get("show") == "time"
    given = {
        **head(request, found.account, "road_map"),
        **shown_of(found),
        "over_time": over_time,
        "others": _others(request, found),
    }
    given |= _drawn(given["shown"]) if over_time else {"columns": _board(given["shown"])}
    return render(request, "desk/road_maps/page.html", given)


@require_safe
@needs(PERMIT)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """For a meeting: what is shared, goal by goal in large letters, to be ticked and read while one talks."""
    found = get_road_map(request, pk)
    title = _("Review")
    shown = for_a_meeting(found, today())
    given = {"road_map": found, "shown": shown, **_drawn(shown), "trail": trail(found, title)}
    return render(request, "desk/road_maps/review.html", given)


def get_road_map(request: HttpRequest, pk: int) -> RoadMap:
    rows = RoadMap.objects.visible_to(reader(request)).select_related("account__parent")
    found: RoadMap = get_object_or_404(rows, pk=pk)
    return found


def today() -> date:
    """The day at the reader."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def trail(found: RoadMap, title: str) -> list[tuple[str, str]]:
    account = found.account
    return [
        (_("Accounts"), reverse("desk:accounts")),
        (account.name, reverse("desk:account", args=[account.pk])),
        (_("Road map"), reverse("desk:road_map", args=[found.pk])),
        (title, ""),
    ]


def shown_of(found: RoadMap) -> dict[str, Any]:
    """What every page of it shows: all of it, its versions, and what it was worth."""
    on = today()
    versions = list(found.versions.select_related("agreed_by").prefetch_related("agreed_by__addresses"))
    by_state = {version.state: version for version in versions}
    return {
        "road_map": found,
        "shown": whole(found, on),
        "today": on,
        "versions": versions,
        "draft": by_state.get("draft"),
        "shared": by_state.get("shared"),
        "agreed": by_state.get("agreed"),
        "returns": return_on_investment(found.account, past_year(on)),
        "returns_span": past_year(on),
    }


def past_year(on: date) -> Span:
    """The twelve months up to a day."""
    return Span(first=months_after(date(on.year - 1, on.month, min(on.day, 28)), 0), last=on)


def of_today(who: User) -> Mapping[str, Any] | None:
    """What this one has to do on road maps; None where nothing."""
    rows = list(open_actions_of(who)[:ROWS])
    return {"rows": rows, "today": today()} if rows else None


def _board(shown: Shown) -> list[dict[str, Any]]:
    words = dict(STATES)
    return [
        {
            "state": state.value,
            "words": words[state.value],
            "actions": [action for action in shown.actions if action.state == state],
        }
        for state in COLUMNS
    ]


def _drawn(shown: Shown) -> dict[str, Any]:
    return {"line": time_line(shown, today(), _("Without a goal"))}


def _others(request: HttpRequest, found: RoadMap) -> list[RoadMap]:
    """Those that were closed, or came after."""
    seen = RoadMap.objects.visible_to(reader(request)).filter(account=found.account_id)
    return list(seen.exclude(pk=found.pk)[:ROWS])
