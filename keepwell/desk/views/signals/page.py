"""One signal, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.signals import DismissalForm, OwnerForm, SnoozeForm
from keepwell.desk.signal_rows import precision_row, signal_rows, terms_words
from keepwell.kit.toasting import say_next
from keepwell.success.signals.models import Playbook, PlaybookRun, Signal
from keepwell.success.signals.queries import HANDLES, SEES, precision_of
from keepwell.success.signals.verbs.handing_over import hand_over_signal
from keepwell.success.signals.verbs.handling import (
    acknowledge,
    dismiss,
    redact_signal,
    reopen,
    resolve,
    snooze,
    wake,
)
from keepwell.success.signals.verbs.running import decline_playbook, run_playbook

METHODS = ["GET", "HEAD", "POST"]
Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class _Act:
    """`ends`: it can be taken back for a moment."""

    do: Callable[..., object]
    said: Words
    ends: bool = False


ACTS: Mapping[str, _Act] = {
    "acknowledging": _Act(do=acknowledge, said=_("You deal with it.")),
    "resolving": _Act(do=resolve, said=_("Dealt with."), ends=True),
    "waking": _Act(do=wake, said=_("Open again.")),
    "reopening": _Act(do=reopen, said=_("Open again.")),
}


@require_safe
@needs(SEES)
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get(request, pk), reader(request)
    [row] = signal_rows([found], who)
    given = {
        "row": row,
        "signal": found,
        "trail": [(_now("Signals"), reverse("desk:signals")), (found.rule.name, "")],
        "rule_words": terms_words(found.version.terms),
        "precision": precision_row(precision_of([found.rule])[found.rule_id]),
    }
    return render(request, "desk/signals/page.html", given)


@require_POST
@needs(HANDLES)
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """What needs no form."""
    if act not in ACTS:
        raise Http404
    wanted = ACTS[act]
    found = _get(request, pk)
    wanted.do(found, by=reader(request))
    undo: Any = _undo(found) if wanted.ends else {}
    say_next(request, str(wanted.said), **undo)
    return redirect("desk:signal", pk=pk)


@require_POST
@needs("message.redact")
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    redact_signal(_get(request, pk), by=reader(request))
    say_next(request, _now("The words are gone."))
    return redirect("desk:signal", pk=pk)


@require_http_methods(METHODS)
@needs(HANDLES)
def snoozing(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get(request, pk), reader(request)
    around = _around(found, _now("Put it off"), _now("Put off."))
    form = SnoozeForm(posted(request))
    return form_page(request, form, around, lambda wanted: snooze(found, wanted["until"], by=who))


@require_http_methods(METHODS)
@needs(HANDLES)
def dismissal(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get(request, pk), reader(request)
    around = _around(
        found,
        _now("Dismiss it"),
        _now("Dismissed."),
        _now("What is not true counts against the rule; the other reasons do not."),
    )
    form = DismissalForm(posted(request))
    return form_page(
        request,
        form,
        around,
        lambda wanted: dismiss(found, wanted["reason"], words=wanted["words"], by=who),
    )


@require_http_methods(METHODS)
@needs(HANDLES)
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get(request, pk), reader(request)
    around = _around(found, _now("Whose it is"), _now("Saved."))
    form = OwnerForm(posted(request), initial={"to": found.owner_id})
    return form_page(request, form, around, lambda wanted: hand_over_signal(found, wanted["to"], by=who))


@require_POST
@needs(HANDLES)
def playbook_run(request: HttpRequest, pk: int, playbook: int) -> HttpResponse:
    """Somebody says yes."""
    found = _get(request, pk)
    tied = get_object_or_404(Playbook, pk=playbook, rule=found.rule_id)
    run_playbook(tied, found, by=reader(request))
    say_next(request, _now("Done. What it made stands here."))
    return redirect("desk:signal", pk=pk)


@require_POST
@needs(HANDLES)
def playbook_declining(request: HttpRequest, pk: int, playbook: int) -> HttpResponse:
    found = _get(request, pk)
    run = get_object_or_404(PlaybookRun.objects.select_related("signal"), signal=found, playbook=playbook)
    decline_playbook(run, by=reader(request))
    say_next(request, _now("It does not run for this signal."))
    return redirect("desk:signal", pk=pk)


def _undo(found: Signal) -> dict[str, Any]:
    undo_url = reverse("desk:signal_act", args=[found.pk, "reopening"])
    return {"undo_url": undo_url, "seconds": settings.KEEPWELL_UNDO_SECONDS}


def _get(request: HttpRequest, pk: int) -> Signal:
    rows = Signal.objects.visible_to(reader(request)).for_list().select_related("version")
    found: Signal = get_object_or_404(rows, pk=pk)
    return found


def _around(found: Signal, title: str, done: str, about: str = "") -> FormPage:
    back = reverse("desk:signal", args=[found.pk])
    return FormPage(
        title=title,
        back=back,
        done=done,
        about=about,
        trail=[(_now("Signals"), reverse("desk:signals")), (found.rule.name, back), (title, "")],
    )
