"""Configuration rules: what is good practice in the configuration of our products."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.reviews import RuleForm
from keepwell.kit.toasting import say_next
from keepwell.success.reviews.models import ConfigurationRule, RuleVersion
from keepwell.success.reviews.rule_words import expected_words
from keepwell.success.reviews.verbs import ruling

PERMIT = ruling.PERMIT
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(PERMIT)
def rules(request: HttpRequest) -> HttpResponse:
    """By product; those that no longer hold last."""
    versions = Prefetch("versions", RuleVersion.objects.order_by("-number"), to_attr="all_versions")
    rows = ConfigurationRule.objects.select_related("product").prefetch_related(versions)
    shown = [
        {"rule": one, "newest": newest, "expected": expected_words(newest.expects, newest.values)}
        for one in rows.order_by("-is_active", "product__name", "pk")
        for newest in one.all_versions[:1]
    ]
    return render(request, "desk/settings/configuration_rules.html", {"rules": shown})


@require_http_methods(METHODS)
@needs(PERMIT)
def new_rule(request: HttpRequest) -> HttpResponse:
    back = reverse("desk:configuration_rules")
    form = RuleForm(posted(request))
    page = FormPage(
        title=_("New rule"),
        save=_("Add"),
        back=back,
        done=_("Added. The next review is held to it."),
        trail=[(_("Configuration rules"), back), (_("New rule"), "")],
        template="desk/settings/form_page.html",
    )
    return form_page(
        request,
        form,
        page,
        lambda wanted: ruling.add_rule(wanted["product"], form.said(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Its newest version; posting publishes the next."""
    found = get_object_or_404(ConfigurationRule.objects.select_related("product"), pk=pk)
    versions = list(found.versions.order_by("-number"))
    form = RuleForm(posted(request), version=versions[0])

    def publish(_wanted: Any) -> None:
        ruling.publish_rule(found, form.said(), by=reader(request))

    if request.method == "POST" and done(form, publish):
        say_next(request, _("Published. The next review is held to it."))
        return redirect("desk:configuration_rule", pk=pk)
    given = {
        "rule": found,
        "newest": versions[0],
        "versions": versions,
        "form": form,
        "trail": [(_("Configuration rules"), reverse("desk:configuration_rules")), (versions[0].title, "")],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/configuration_rule.html", given, status=status)


@require_POST
@needs(PERMIT)
def holding(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule no longer holds, or does again."""
    found = get_object_or_404(ConfigurationRule, pk=pk)
    do = ruling.resume_rule if request.POST.get("holds") else ruling.retire_rule
    do(found, by=reader(request))
    return redirect("desk:configuration_rule", pk=pk)
