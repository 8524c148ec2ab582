"""How well one account is, why, and what people say of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.customers.models import Account, Stewardship
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.health import OverrideForm, RollUpForm, SentimentForm
from keepwell.desk.health_rows import (
    LOOKS_BACK,
    history_chart,
    mark_of,
    measure_rows,
    moves_of,
    shown_with,
    together_of,
)
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.success.health.models import HealthSnapshot, RollUp
from keepwell.success.health.queries import override_of, roll_up_of, sentiments_of
from keepwell.success.health.rolling_up import Way
from keepwell.success.health.verbs.feeling import say_sentiment
from keepwell.success.health.verbs.overriding import override_band, take_back_override
from keepwell.success.health.verbs.rolling_up import declare_roll_up
from keepwell.success.health.verbs.snapshotting import take_snapshot

SEES, JUDGES = "health.see", "health.judge"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(SEES)
def account_health(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    return _tab(request, found, _shown(request, found))


@require_POST
@needs(JUDGES)
def look_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Works it out from what is known now."""
    found = get_account(request, pk)
    try:
        take_snapshot(found, by=reader(request))
        say_next(request, _("Looked at."))
    except Refused as refusal:
        say_next(request, str(refusal))
    return redirect("desk:account_health", pk=pk)


@require_http_methods(METHODS)
@needs(JUDGES)
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Says a band instead of the score's."""
    found = get_account(request, pk)
    back = reverse("desk:account_health", args=[pk])
    around = FormPage(
        title=_("Say how it is"),
        save=_("Say it"),
        back=back,
        done=_("Said. The score stays as it is, and so it is shown beside."),
        about=_("For what no measure knows. It ends by itself, and everybody sees who said it and why."),
        trail=[(found.name, back), (_("Say how it is"), "")],
    )
    return form_page(
        request, OverrideForm(posted(request)), around, lambda wanted: _say(found, wanted, reader(request))
    )


@all_or_nothing()
def _say(found: Account, wanted: Any, by: User) -> None:
    override_band(found, wanted["band"], reason=wanted["reason"], expires_at=wanted["until"], by=by)
    take_snapshot(found, by=by)


@require_POST
@needs(JUDGES)
def end_override(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    take_back_override(found, by=reader(request))
    say_next(request, _("Taken back. The next look is by the score again."))
    return redirect("desk:account_health", pk=pk)


@require_http_methods(METHODS)
@needs(JUDGES)
def sentiment(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands, as who looks after the account feels; for nobody else is this page there."""
    found = get_account(request, pk)
    get_object_or_404(looking_after(found, reader(request)))
    back = reverse("desk:account_health", args=[pk])
    around = FormPage(
        title=_("How it stands"),
        back=back,
        done=_("Saved."),
        about=_("Your own feeling, from 1 to 5. It counts in no score, and is never told to the customer."),
        trail=[(found.name, back), (_("How it stands"), "")],
    )
    return form_page(
        request,
        SentimentForm(posted(request)),
        around,
        lambda wanted: say_sentiment(found, int(wanted["rating"]), note=wanted["note"], by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(JUDGES)
def roll_up(request: HttpRequest, pk: int) -> HttpResponse:
    """How the account counts together with those below it."""
    found = get_account(request, pk)
    back = reverse("desk:account_health", args=[pk])
    around = FormPage(
        title=_("How they count together"),
        back=back,
        done=_("Saved."),
        about=_("Whoever is not known, or cannot be weighed, is left out of the whole and named."),
        trail=[(found.name, back), (_("How they count together"), "")],
    )
    now = RollUp.objects.filter(account=found).values_list("way", flat=True).first()
    return form_page(
        request,
        RollUpForm(posted(request), initial={"way": now or Way.WORST.value}),
        around,
        lambda wanted: declare_roll_up(found, wanted["way"], by=reader(request)),
    )


def _tab(request: HttpRequest, found: Account, given: dict[str, Any]) -> HttpResponse:
    return render(request, "desk/success/health.html", {**head(request, found, "health"), **given})


def looking_after(found: Account, who: User) -> QuerySet[Stewardship]:
    return Stewardship.objects.filter(account=found, user=who, to_at__isnull=True)


def _shown(request: HttpRequest, found: Account) -> dict[str, Any]:
    who, now = reader(request), clock.now()
    seen = shown_with(HealthSnapshot.objects.visible_to(who).standing())
    rows = list(seen.filter(account=found, as_of__gt=now - LOOKS_BACK).order_by("-as_of", "-pk"))
    newest = rows[0] if rows else None
    return {
        "newest": newest,
        "mark": mark_of(newest) if newest else None,
        "measures": measure_rows(newest) if newest else [],
        "moves": moves_of(rows),
        "chart": history_chart(rows[::-1]),
        "override": override_of(found, at=now),
        "sentiment": sentiments_of([found.pk], who).get(found.pk),
        "may_feel": looking_after(found, who).exists(),
        "together": together_of(roll_up_of(found, who, on=now.date()), who),
    }
