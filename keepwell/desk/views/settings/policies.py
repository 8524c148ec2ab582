"""Guidelines: what is promised, for whom, and every version of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.customers.models import Account
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.policies import AssignForm, NameForm, PolicyForm
from keepwell.insight.doers import names_of
from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.service_levels.models import Policy, PolicyAssignment, PolicyVersion
from keepwell.service_levels.models.policy import Metric
from keepwell.service_levels.published import published
from keepwell.service_levels.verbs.policies import (
    assign_policy,
    create_policy,
    make_default,
    publish_version,
    withdraw_policy,
)

PERMIT = "settings.policies"
METHODS = ["GET", "HEAD", "POST"]
ACCOUNTS_SHOWN = 50


@require_safe
@needs(PERMIT)
def policies(request: HttpRequest) -> HttpResponse:
    held = Count("assignments", filter=Q(assignments__ends_at=None))
    rows = Policy.objects.annotate(accounts=held).order_by("-is_default", "name")
    return render(request, "desk/settings/policies.html", {"policies": rows})


@require_safe
@needs(PERMIT)
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    return _policy_page(request, get_object_or_404(Policy, pk=pk), AssignForm())


@require_http_methods(METHODS)
@needs(PERMIT)
def new_policy(request: HttpRequest) -> HttpResponse:
    naming = NameForm(posted(request))
    form = PolicyForm(posted(request), version=None)
    back = reverse("desk:policies")
    given = {"title": _("New guidelines"), "back": back, "naming": naming, "trail": [(_("Guidelines"), back)]}
    if request.method == "POST" and all([naming.is_valid(), form.is_valid()]):

        def make() -> Any:
            is_first = not Policy.objects.exists()
            return create_policy(
                naming.cleaned_data["name"], form.terms(), by=reader(request), is_default=is_first
            )

        return _published_or_shown(request, form, given, make)
    return _form_page(request, form, given)


@require_http_methods(METHODS)
@needs(PERMIT)
def edit_policy(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of what is promised: shown in words first, then published."""
    found = get_object_or_404(Policy, pk=pk)
    version = found.versions.prefetch_related("commitments").latest("number")
    form = PolicyForm(posted(request), version=version)
    back = reverse("desk:policy", args=[pk])
    trail = [(_("Guidelines"), reverse("desk:policies")), (found.name, back)]
    given = {"title": _("Edit %(name)s") % {"name": found.name}, "back": back, "trail": trail}
    if request.method == "POST" and form.is_valid():
        return _published_or_shown(
            request, form, given, lambda: publish_version(found, form.terms(), by=reader(request))
        )
    return _form_page(request, form, given)


@require_POST
@needs(PERMIT)
def default_policy(request: HttpRequest, pk: int) -> HttpResponse:
    make_default(get_object_or_404(Policy, pk=pk), by=reader(request))
    say_next(request, _("These guidelines hold for every account without others."))
    return redirect("desk:policy", pk=pk)


@require_POST
@needs(PERMIT)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """These guidelines hold for an account from now on."""
    found = get_object_or_404(Policy, pk=pk)
    form = AssignForm(request.POST)
    if done(form, lambda wanted: assign_policy(wanted["account"], found, by=reader(request))):
        say_next(request, _("They hold for promises that begin from now on."))
        return redirect("desk:policy", pk=pk)
    return _policy_page(request, found, form)


@require_POST
@needs(PERMIT)
def withdraw(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """These guidelines end for an account that has them."""
    theirs = PolicyAssignment.objects.filter(policy=pk, ends_at=None)
    withdraw_policy(get_object_or_404(Account, pk=account, policy_assignments__in=theirs), by=reader(request))
    say_next(request, _("The default guidelines hold for it again."))
    return redirect("desk:policy", pk=pk)


def _published_or_shown(request: HttpRequest, form: PolicyForm, given: Any, publish: Any) -> HttpResponse:
    if request.POST.get("act") != "publish":
        preview = published(form.commitments())
        return _form_page(request, form, {**given, "preview": preview, "window": form.window()})
    try:
        publish()
    except Refused as refusal:
        return _form_page(request, form, {**given, "error": str(refusal)})
    say_next(request, _("Published. Promises that run keep what they began under."))
    return redirect(given["back"])


def _form_page(request: HttpRequest, form: PolicyForm, given: dict[str, Any]) -> HttpResponse:
    is_refused = request.method == "POST" and ("error" in given or "preview" not in given)
    shown = {**given, "form": form, "trail": [*given["trail"], (given["title"], "")]}
    return render(request, "desk/settings/policy_editor.html", shown, status=422 if is_refused else 200)


def _policy_page(request: HttpRequest, found: Policy, assigning: AssignForm) -> HttpResponse:
    now = clock.now()
    versions = list(found.versions.select_related("calendar").prefetch_related("commitments"))
    current = next((one for one in versions if one.effective_at <= now), versions[-1])
    given = {
        "policy": found,
        "version": current,
        "published": published(current.commitments.all()),
        "pausing": [metric.label for metric in Metric if metric in current.pauses],
        "versions": [_version_row(one, now, is_current=one == current) for one in versions],
        "makers": names_of((one.made_by_kind, one.made_by_id) for one in versions),
        "assigned": found.assignments.filter(ends_at=None).select_related("account")[:ACCOUNTS_SHOWN],
        "assigning": assigning,
        "trail": [(_("Guidelines"), reverse("desk:policies")), (found.name, "")],
    }
    return render(request, "desk/settings/policy.html", given, status=422 if assigning.errors else 200)


def _version_row(version: PolicyVersion, now: Any, *, is_current: bool) -> dict[str, Any]:
    return {
        "version": version,
        "is_current": is_current,
        "is_ahead": version.effective_at > now,
        "published": published(version.commitments.all()),
    }
