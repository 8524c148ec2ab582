"""One engagement: what it is about, who takes part, what is worth knowing before, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.engagements import ActionForm, NoteForm
from keepwell.desk.forms.road_maps import TakenUpForm
from keepwell.desk.views.engagements.acts import ACTS, offered_acts
from keepwell.kit import clock
from keepwell.people import permits
from keepwell.success.engagements.models import Action, Engagement
from keepwell.success.engagements.preparing import preparation
from keepwell.success.engagements.proposing import zone_of
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.verbs.acting import drop_action, finish_action, reopen_action
from keepwell.success.engagements.verbs.attending import remove_attendee
from keepwell.success.engagements.verbs.booking import still_free
from keepwell.success.road_maps.verbs.taking_up import take_up_action

PERMIT = "account.see"
ACTION_ACTS: Mapping[str, Callable[..., Action]] = {
    "finishing": finish_action,
    "dropping": drop_action,
    "reopening": reopen_action,
}


@require_safe
@needs(PERMIT)
def engagement(request: HttpRequest, pk: int) -> HttpResponse:
    found, who, now = _get(request, pk), reader(request), clock.now()
    attendees = found.attendees.filter(removed_at=None).select_related("contact", "user")
    given = {
        "engagement": found,
        "account": found.account,
        "trail": _trail(found, str(found)),
        "attendees": attendees.prefetch_related("contact__addresses"),
        "offered": still_free(found, at=now) if found.is_ahead else [],
        "links": found.booking_links.filter(used_at=None, revoked_at=None, expires_at__gt=now).count(),
        "prepared": preparation(found, who, now=now),
        "actions": found.actions.select_related("user", "contact"),
        "acts": offered_acts(found) if permits.may(who, HOLDS) else [],
        "note_form": NoteForm(None, engagement=found, reader=who),
        "action_form": ActionForm(None, engagement=found, reader=who),
        "zone": str(zone_of(found.account)),
        "now": now,
        "today": timezone.localdate(now),
        "is_over": found.is_over_at(now),
    }
    return render(request, "desk/engagements/page.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HOLDS)
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One thing that is done with it: a form, and its verb."""
    if act not in ACTS:
        raise Http404
    found, who, wanted = _get(request, pk), reader(request), ACTS[act]
    form = wanted.form(posted(request), found, request)
    page = FormPage(
        title=str(wanted.words),
        about=str(wanted.about),
        save=str(wanted.save or wanted.words),
        kind=wanted.kind,
        back=reverse("desk:engagement", args=[pk]),
        done=str(wanted.done),
        trail=_trail(found, str(wanted.words)),
        template=wanted.template,
    )
    return form_page(request, form, page, lambda _given: wanted.do(found, form, who))


@require_POST
@needs(PERMIT)
def action_act(request: HttpRequest, pk: int, action: int, act: str) -> HttpResponse:
    """An action is done, dropped, or to be done after all; whoever has it says so himself."""
    if act not in ACTION_ACTS:
        raise Http404
    found = get_object_or_404(Action.objects.visible_to(reader(request)), pk=action, engagement=pk)
    ACTION_ACTS[act](found, by=reader(request))
    return redirect("desk:engagement", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("road_map.edit")
def action_on_road_map(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """What was agreed goes on as an action of the road map."""
    found = _get(request, pk)
    row = get_object_or_404(Action.objects.visible_to(reader(request)), pk=action, engagement=found)
    form = TakenUpForm(posted(request), action=row)
    page = FormPage(
        title=_("On the road map"),
        about=_("It goes on there, and is no more to be done here."),
        save=_("Put it there"),
        back=reverse("desk:engagement", args=[pk]),
        done=_("It stands on the road map now."),
        trail=_trail(found, _("On the road map")),
    )
    return form_page(
        request, form, page, lambda _wanted: take_up_action(row, form.words(), by=reader(request))
    )


@require_POST
@needs(HOLDS)
def attendee_removal(request: HttpRequest, pk: int, attendee: int) -> HttpResponse:
    found = _get(request, pk)
    remove_attendee(get_object_or_404(found.attendees, pk=attendee), by=reader(request))
    return redirect("desk:engagement", pk=pk)


def _get(request: HttpRequest, pk: int) -> Engagement:
    return get_object_or_404(Engagement.objects.visible_to(reader(request)).for_list(), pk=pk)


def _trail(found: Engagement, title: str) -> list[tuple[str, str]]:
    account = found.account
    return [
        (account.name, reverse("desk:account", args=[account.pk])),
        (_("Engagements"), reverse("desk:account_engagements", args=[account.pk])),
        *([] if title == str(found) else [(str(found), reverse("desk:engagement", args=[found.pk]))]),
        (title, ""),
    ]
