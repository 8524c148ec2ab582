"""The report of promises mailed to oneself: begun, listed and ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.filtering import chips, menus
from keepwell.desk.forms.by_mail import ByMailForm
from keepwell.desk.insight_asking import insight_filters, narrowing_of
from keepwell.desk.views.insight.guideline import PERMIT
from keepwell.insight.guidelines.narrowed import narrowing_words
from keepwell.insight.models import Subscription
from keepwell.insight.periods import next_due_at
from keepwell.insight.queries import subscriptions_of, support_zone
from keepwell.insight.verbs.subscribing import subscribe, unsubscribe
from keepwell.kit import clock
from keepwell.kit.toasting import say_next
from keepwell.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def by_mail(request: HttpRequest) -> HttpResponse:
    """What the reader has mailed; more of it, narrowed as the address says."""
    user, filters = reader(request), insight_filters()
    narrowing, form = narrowing_of(request, filters), ByMailForm(posted(request))
    if done(form, lambda wanted: subscribe(wanted["rhythm"], narrowing, by=user)):
        say_next(request, _("It comes by mail from now on."))
        return redirect("desk:insight_by_mail")
    given = {
        "form": form,
        "rows": _rows(user),
        "narrowed": "; ".join(narrowing_words(narrowing)) or _("all cases"),
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "trail": [(_("Insight"), reverse("desk:insight")), (_("By mail"), "")],
    }
    return render(request, "desk/insight/by_mail.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a mail's link leads: one button, for a link that is only followed changes nothing."""
    user = reader(request)
    subscription = get_object_or_404(Subscription.objects.select_related("product", "team"), pk=pk, user=user)
    back = reverse("desk:insight_by_mail")
    page = FormPage(
        title=_("The report of promises by mail"),
        about=_("It comes %(rhythm)s. Counted: %(narrowed)s.") % _said(subscription),
        save=_("Mail it no longer"),
        done=_("It is mailed no longer."),
        back=back,
        trail=[(_("Insight"), reverse("desk:insight")), (_("By mail"), back), (_("Ending"), "")],
    )
    return form_page(
        request, forms.Form(posted(request)), page, lambda _none: unsubscribe(subscription, by=user)
    )


def _rows(user: User) -> list[dict[str, Any]]:
    now = clock.now()
    zone = support_zone(now)
    return [
        {"one": one, **_said(one), "next_at": next_due_at(one.rhythm, now, zone)}
        for one in subscriptions_of(user)
    ]


def _said(subscription: Subscription) -> dict[str, str]:
    return {
        "rhythm": subscription.get_rhythm_display(),
        "narrowed": "; ".join(subscription.narrowed) or _("all cases"),
    }
