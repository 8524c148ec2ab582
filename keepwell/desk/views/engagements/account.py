"""The engagements of one account, what was logged there, and how often it is met."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.customers.models import Account
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.engagements import (
    CadenceForm,
    LogForm,
    MeetingHoursForm,
    NewEngagementForm,
)
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.enquiries.models import Enquiry
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.success.engagements.models import Cadence, CustomerHours, Engagement, Touch
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.queries import HOLDS, actions_at, cadences_at
from keepwell.success.engagements.recurring import how_often
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.cadences import NewCadence, end_cadence, set_cadence
from keepwell.success.engagements.verbs.logging import PERMIT as LOGS
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.meeting_hours import set_meeting_hours
from keepwell.success.letters.models import Correspondence

PERMIT = "account.see"
ORDER = ("-changed_at", "-pk")
FEW = 10
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(PERMIT)
def engagements(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    return _page(request, found, LogForm(account=found, reader=reader(request)))


@require_http_methods(METHODS)
@needs(LOGS)
def log_touch(request: HttpRequest, pk: int) -> HttpResponse:
    """One line about a call, a meeting or something noted; its form stands on the page of engagements."""
    if request.method != "POST":
        return redirect("desk:account_engagements", pk=get_account(request, pk).pk)
    found, who = get_account(request, pk), reader(request)
    form = LogForm(request.POST, account=found, reader=who)
    if done(form, lambda wanted: log(found, Logged(**wanted), by=who)):
        say_next(request, _("Logged."))
        return redirect("desk:account_engagements", pk=pk)
    return _page(request, found, form, status=422)


@require_http_methods(METHODS)
@needs(HOLDS)
def new_engagement(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = get_account(request, pk), reader(request)
    begun: list[Engagement] = []

    def add(wanted: Any) -> None:
        given = {**wanted, "contacts": tuple(wanted["contacts"])}
        begun.append(begin(found, NewEngagement(**given), by=who))

    form = NewEngagementForm(posted(request), account=found, reader=who)
    about = _("The customer sees it once you offer times or set one.")
    response = form_page(request, form, _around(found, _("Propose an engagement"), about), add)
    return redirect("desk:engagement", pk=begun[0].pk) if begun else response


@require_http_methods(METHODS)
@needs(HOLDS)
def new_cadence(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = get_account(request, pk), reader(request)

    def add(wanted: Any) -> None:
        rule = wanted["often"] or wanted["rule"]
        terms = {name: wanted[name] for name in ("kind", "starts_on", "lasts_minutes", "host")}
        set_cadence(found, NewCadence(rule=rule, **terms), by=who)

    form = CadenceForm(posted(request), reader=who)
    about = _("One of it is always proposed ahead; a cadence of the same kind ends by this.")
    return form_page(request, form, _around(found, _("Meet them by a cadence"), about), add)


@require_POST
@needs(HOLDS)
def cadence_ending(request: HttpRequest, pk: int, cadence: int) -> HttpResponse:
    account = get_account(request, pk)
    end_cadence(get_object_or_404(Cadence, pk=cadence, account=account), by=reader(request))
    say_next(request, _("Ended. What has a time takes place."))
    return redirect("desk:account_engagements", pk=pk)


@require_http_methods(METHODS)
@needs("account.edit")
def meeting_hours(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = get_account(request, pk), reader(request)
    now = CustomerHours.objects.filter(account=found).values_list("calendar", flat=True).first()
    form = MeetingHoursForm(posted(request), initial={"calendar": now})
    about = _("Times are proposed within these hours of theirs and the hours of whoever holds it.")
    around = _around(found, _("When they can be met"), about)
    return form_page(
        request, form, around, lambda wanted: set_meeting_hours(found, wanted["calendar"], by=who)
    )


def count_engagements(who: User, found: Account) -> int:
    return Engagement.objects.visible_to(who).ahead().filter(account=found).count()


def _page(request: HttpRequest, found: Account, form: LogForm, status: int = 200) -> HttpResponse:
    who = reader(request)
    rows = Engagement.objects.visible_to(who).filter(account=found).for_list()
    touches = Touch.objects.visible_to(who).filter(account=found)
    enquiries = Enquiry.objects.visible_to(who).still_open().filter(account=found)
    letters = Correspondence.objects.visible_to(who).filter(account=found)
    now = clock.now()
    given = {
        **head(request, found, "engagements"),
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "log_form": form,
        "touches": touches.select_related("author", "contact").order_by("-happened_at", "-pk")[:FEW],
        "actions": actions_at(found, who)[:FEW],
        "enquiries": enquiries.for_list().order_by(*ORDER)[:FEW],
        "letters": letters.for_list().order_by("-begun_at", "-pk")[:FEW],
        "cadences": [(one, how_often(one.rule)) for one in cadences_at(found, who)],
        "hours": CustomerHours.objects.filter(account=found).select_related("calendar").first(),
        "today": timezone.localdate(now),
    }
    return render(request, "desk/accounts/engagements.html", given, status=status)


def _around(found: Account, title: str, about: str) -> FormPage:
    back = reverse("desk:account_engagements", args=[found.pk])
    return FormPage(
        title=title,
        about=about,
        back=back,
        done=_("Saved."),
        trail=[
            (found.name, reverse("desk:account", args=[found.pk])),
            (_("Engagements"), back),
            (title, ""),
        ],
    )
