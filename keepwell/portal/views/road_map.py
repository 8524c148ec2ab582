"""Our road map: what was shared with this customer, what he ticks, writes, agrees to and confirms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.kit import clock
from keepwell.kit.documents import PDF_TYPE
from keepwell.kit.identities import id_in
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.success.road_maps.models import ActionItem, Goal, RoadMap, ValueClaim, Version
from keepwell.success.road_maps.paper import Sheet, day_words, road_map_pdf
from keepwell.success.road_maps.queries import shared_version, speaks_for_account
from keepwell.success.road_maps.showing import shared
from keepwell.success.road_maps.states import ActionState, VersionState
from keepwell.success.road_maps.time_line import time_line
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.sharing import agree
from keepwell.success.road_maps.verbs.valuing import answer_claim
from keepwell.success.road_maps.whose import may_move

TO = {
    "done": ActionState.DONE,
    "doing": ActionState.DOING,
    "todo": ActionState.TODO,
    "blocked": ActionState.BLOCKED,
}


@require_safe
@customers_only
def road_maps(request: HttpRequest) -> HttpResponse:
    """His one; where an administrator has several, or nobody has any, the page says which."""
    reader = read_by(request)
    rows = list(_seen(reader).filter(closed_at__isnull=True))
    if len(rows) == 1:
        return _shown(request, rows[0].pk)
    return render(request, "portal/road_maps.html", {"reader": reader, "rows": rows})


@require_safe
@customers_only
def road_map(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, pk)


def _shown(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    found, version = _found(reader, pk)
    on = today()
    shown = shared(found, version, on)
    rows = ActionItem.objects.filter(road_map=found, pk__in=[action.id for action in shown.actions])
    given = {
        "reader": reader,
        "road_map": found,
        "version": version,
        "shown": shown,
        "line": time_line(shown, on, _("Without a goal")),
        "today": on,
        "his": may_move(rows, reader.actor),
        "speaks": found.is_open and speaks_for_account(reader.actor, found.account_id),
        "is_to_agree": version.state == VersionState.SHARED,
    }
    return render(request, "portal/road_map.html", given)


@require_safe
@customers_only
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    found, version = _found(reader, pk)
    sheet = Sheet(account=found.account.name, standing=standing_words(version), on=today())
    made = road_map_pdf(shared(found, version, today()), sheet)
    disposition = f'attachment; filename="road-map-{version.number}.pdf"'
    return HttpResponse(made, content_type=PDF_TYPE, headers={"Content-Disposition": disposition})


@require_POST
@customers_only
def agreement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """To the version that the page showed: one that was shared meanwhile is read first."""
    reader = read_by(request)
    found, _newest = _found(reader, pk)
    version = get_object_or_404(Version.objects.exclude(state="draft"), road_map=found, number=number)
    return _done(request, pk, lambda: agree(version, by=reader.actor), _("Agreed. Thank you."))


@require_POST
@customers_only
def tick(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """`to` is done, doing, todo or blocked; blocked, and done before its turn, say why in `reason`."""
    reader = read_by(request)
    found, version = _found(reader, pk)
    row = get_object_or_404(
        ActionItem.objects.select_related("road_map"),
        road_map=found,
        is_shared=True,
        pk=_of_version(version, "actions", action),
    )
    to = TO.get(request.POST.get("to", ""), ActionState.DONE)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        pk,
        lambda: move_action(row, to, reason=reason, waives=bool(reason), by=reader.actor),
        _("Kept."),
    )


@require_POST
@customers_only
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """`goal` or `action` names what it is about; without either it is about the whole."""
    reader = read_by(request)
    found, version = _found(reader, pk)
    about = _about(request, found, version)
    body = request.POST.get("body", "")
    return _done(request, pk, lambda: comment(found, body, about=about, by=reader.actor), _("Written."))


@require_POST
@customers_only
def answer(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """`is` right or wrong; wrong says why in `words`."""
    reader = read_by(request)
    found, version = _found(reader, pk)
    rows = ValueClaim.objects.select_related("goal__road_map").filter(goal__is_shared=True)
    said_goals = [one["id"] for one in version.content["goals"]]
    row = get_object_or_404(rows, pk=claim, goal__road_map=found, goal__in=said_goals)
    is_right, words = request.POST.get("is") == "right", request.POST.get("words", "")
    said = _("Confirmed. It counts now.") if is_right else _("Kept. We look at it again.")
    return _done(
        request, pk, lambda: answer_claim(row, is_right=is_right, words=words, by=reader.actor), said
    )


def today() -> date:
    """The day at the reader."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def standing_words(version: Version) -> str:
    if version.agreed_at:
        return _("Version %(number)s, agreed to by %(who)s on %(day)s") % {
            "number": version.number,
            "who": version.agreed_by,
            "day": day_words(version.agreed_at.date()),
        }
    assert version.shared_at is not None
    return _("Version %(number)s, shared on %(day)s, not agreed to yet") % {
        "number": version.number,
        "day": day_words(version.shared_at.date()),
    }


def _seen(reader: Reader) -> Any:
    return RoadMap.objects.visible_to(reader.actor).select_related("account")


def _found(reader: Reader, pk: int) -> tuple[RoadMap, Version]:
    found: RoadMap = get_object_or_404(_seen(reader), pk=pk)
    version = shared_version(found)
    assert version is not None, "nothing is seen before it was shared"
    return found, version


def _of_version(version: Version, what: str, pk: int) -> int:
    """The id, if the version that is read says it; 0 for anything else, which nothing has."""
    return pk if any(one["id"] == pk for one in version.content[what]) else 0


def _about(request: HttpRequest, found: RoadMap, version: Version) -> Goal | ActionItem | None:
    if pk := id_in(request.POST.get("goal", "")):
        goals = Goal.objects.filter(road_map=found, is_shared=True)
        return get_object_or_404(goals, pk=_of_version(version, "goals", pk))
    if pk := id_in(request.POST.get("action", "")):
        actions = ActionItem.objects.filter(road_map=found, is_shared=True)
        return get_object_or_404(actions, pk=_of_version(version, "actions", pk))
    return None


def _done(request: HttpRequest, pk: int, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    else:
        say_next(request, words)
    return redirect("portal:road_map", pk=pk)
