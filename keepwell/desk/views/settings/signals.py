"""Rules for signals, each by its versions, with how precise it is; and playbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.signals import PlaybookForm, RuleForm
from keepwell.desk.signal_rows import precision_row, rule_rows, step_rows, terms_words
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.success.signals.models import Playbook, SignalRule
from keepwell.success.signals.queries import SETS, precision_of, rules_for_page
from keepwell.success.signals.verbs.playbooks import (
    NewPlaybook,
    add_playbook,
    change_playbook,
    switch_playbook_off,
    switch_playbook_on,
)
from keepwell.success.signals.verbs.publishing import (
    add_rule,
    publish_rule,
    publish_usual_rules,
    switch_rule_off,
    switch_rule_on,
)

METHODS = ["GET", "HEAD", "POST"]
RULE_SWITCHES: Mapping[str, Callable[..., None]] = {"off": switch_rule_off, "on": switch_rule_on}
PLAYBOOK_SWITCHES: Mapping[str, Callable[..., None]] = {"off": switch_playbook_off, "on": switch_playbook_on}


@require_safe
@needs(SETS)
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/settings/signal_rules.html", {"rows": rule_rows(rules_for_page())})


@require_POST
@needs(SETS)
def usual(request: HttpRequest) -> HttpResponse:
    """The usual rules and playbooks, before the first night brings them."""
    publish_usual_rules(by=reader(request))
    return redirect("desk:signal_rules")


@require_http_methods(METHODS)
@needs(SETS)
def new_rule(request: HttpRequest) -> HttpResponse:
    form = RuleForm(posted(request))
    who = reader(request)
    if request.method == "POST" and done(form, lambda wanted: add_rule(wanted["name"], form.terms(), by=who)):
        say_next(request, _("Added. It looks from the next night on."))
        return redirect("desk:signal_rules")
    given = {"form": form, "trail": _rules_trail(_("New rule")), "title": _("New rule")}
    return render(request, "desk/settings/signal_rule.html", given, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@needs(SETS)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Its newest version; posting publishes the next."""
    found, who = get_object_or_404(SignalRule, pk=pk), reader(request)
    newest = found.versions.latest("number")
    form = RuleForm(posted(request), name=found.name, terms=newest.terms)
    if request.method == "POST" and done(
        form, lambda wanted: publish_rule(found, wanted["name"], form.terms(), by=who)
    ):
        say_next(request, _("Published. It looks like this from the next night on."))
        return redirect("desk:signal_rule", pk=pk)
    versions = found.versions.order_by("-number")
    given = {
        "form": form,
        "rule": found,
        "title": found.name,
        "newest": newest,
        "words": terms_words(newest.terms),
        "versions": [{"version": one, "words": terms_words(one.terms)} for one in versions],
        "precision": precision_row(precision_of([found])[pk]),
        "playbooks": found.playbooks.order_by("name", "pk"),
        "trail": _rules_trail(found.name),
    }
    return render(request, "desk/settings/signal_rule.html", given, status=422 if form.errors else 200)


@require_POST
@needs(SETS)
def rule_switch(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    return _switched(request, get_object_or_404(SignalRule, pk=pk), RULE_SWITCHES, to)


@require_safe
@needs(SETS)
def playbooks(request: HttpRequest) -> HttpResponse:
    found = Playbook.objects.select_related("rule").order_by("switched_off_at", "name", "pk")
    rows = [{"playbook": one, "steps": step_rows(one.all_steps)} for one in found]
    return render(request, "desk/settings/playbooks.html", {"rows": rows})


@require_http_methods(METHODS)
@needs(SETS)
def new_playbook(request: HttpRequest) -> HttpResponse:
    form, who = PlaybookForm(posted(request)), reader(request)
    if request.method == "POST" and done(form, lambda _wanted: add_playbook(_new(form), by=who)):
        say_next(request, _("Added. It begins with the next signal."))
        return redirect("desk:playbooks")
    given = {"form": form, "title": _("New playbook"), "trail": _playbooks_trail(_("New playbook"))}
    return render(request, "desk/settings/playbook.html", given, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@needs(SETS)
def playbook(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = get_object_or_404(Playbook.objects.select_related("rule"), pk=pk), reader(request)
    initial = {"name": found.name, "rule": found.rule_id, "mode": found.mode}
    form = PlaybookForm(posted(request), initial=initial, steps=found.all_steps)
    if request.method == "POST" and done(form, lambda _wanted: change_playbook(found, _new(form), by=who)):
        say_next(request, _("Saved. It is like this from the next signal on."))
        return redirect("desk:playbook", pk=pk)
    runs = found.runs.select_related("signal__account", "by").order_by("-begun_at", "-pk")
    given = {
        "form": form,
        "playbook": found,
        "title": found.name,
        "runs": runs[:20],
        "trail": _playbooks_trail(found.name),
    }
    return render(request, "desk/settings/playbook.html", given, status=422 if form.errors else 200)


@require_POST
@needs(SETS)
def playbook_switch(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    return _switched(request, get_object_or_404(Playbook, pk=pk), PLAYBOOK_SWITCHES, to)


def _switched(
    request: HttpRequest, found: Any, switches: Mapping[str, Callable[..., None]], to: str
) -> HttpResponse:
    if to not in switches:
        raise Http404
    by: User = reader(request)
    switches[to](found, by=by)
    say_next(request, _("Saved."))
    return redirect("desk:signal_rule" if isinstance(found, SignalRule) else "desk:playbook", pk=found.pk)


def _new(form: PlaybookForm) -> NewPlaybook:
    wanted = form.cleaned_data
    return NewPlaybook(name=wanted["name"], rule=wanted["rule"], mode=wanted["mode"], steps=form.steps())


def _rules_trail(title: str) -> list[tuple[str, str]]:
    return [(_("Rules for signals"), reverse("desk:signal_rules")), (title, "")]


def _playbooks_trail(title: str) -> list[tuple[str, str]]:
    return [(_("Playbooks"), reverse("desk:playbooks")), (title, "")]
