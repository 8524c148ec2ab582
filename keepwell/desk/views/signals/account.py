"""The signals and tasks of one account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.customers.models import Account
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.signals import OwnerForm, TaskForm
from keepwell.desk.signal_rows import short_rows, signal_rows
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.kit import clock
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.success.signals.models import Signal, Task
from keepwell.success.signals.queries import HANDLES, ORDER, SEES
from keepwell.success.signals.verbs.tasks import (
    NewTask,
    add_task,
    drop_task,
    finish_task,
    hand_over_task,
    redact_task,
    reopen_task,
)

METHODS = ["GET", "HEAD", "POST"]
FEW = 20
TASK_ACTS: Mapping[str, Callable[..., Task]] = {
    "finishing": finish_task,
    "dropping": drop_task,
    "reopening": reopen_task,
}


@require_safe
@needs(SEES)
def signals(request: HttpRequest, pk: int) -> HttpResponse:
    """What is open, the tasks, and the last that ended."""
    found, who = get_account(request, pk), reader(request)
    rows = Signal.objects.visible_to(who).filter(account=found).for_list()
    tasks = Task.objects.visible_to(who).filter(account=found).select_related("owner")
    ended = rows.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")
    given = {
        **head(request, found, "signals"),
        "rows": signal_rows(rows.still_open().order_by(*ORDER), who),
        "ended": short_rows(ended[:FEW]),
        "tasks": tasks.still_open().order_by("due_on", "pk"),
        "settled": tasks.exclude(state="open").order_by("-settled_at", "-pk")[:FEW],
        "today": timezone.localdate(clock.now()),
    }
    return render(request, "desk/signals/account.html", given)


@require_http_methods(METHODS)
@needs(HANDLES)
def new_task(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = get_account(request, pk), reader(request)

    def add(wanted: Mapping[str, Any]) -> None:
        new = NewTask(words=wanted["words"], due_on=wanted["due_on"], owner=wanted["to"])
        add_task(found, new, by=who)

    form = TaskForm(posted(request), initial={"to": who.pk})
    return form_page(request, form, _around(found, _("New task")), add)


@require_http_methods(METHODS)
@needs(HANDLES)
def task_owner(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get_task(request, pk), reader(request)
    form = OwnerForm(posted(request), initial={"to": found.owner_id})
    around = _around(found.account, _("Whose it is"))
    return form_page(request, form, around, lambda wanted: hand_over_task(found, wanted["to"], by=who))


@require_POST
@needs(HANDLES)
def task_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """It is done, dropped, or to be done after all."""
    if act not in TASK_ACTS:
        raise Http404
    found = _get_task(request, pk)
    TASK_ACTS[act](found, by=reader(request))
    say_next(request, _("Saved."))
    return redirect("desk:account_signals", pk=found.account_id)


@require_POST
@needs("message.redact")
def task_redaction(request: HttpRequest, pk: int) -> HttpResponse:
    found = _get_task(request, pk)
    redact_task(found, by=reader(request))
    say_next(request, _("The words are gone."))
    return redirect("desk:account_signals", pk=found.account_id)


def count_signals(who: User, found: Account) -> int:
    return Signal.objects.visible_to(who).asking().filter(account=found).count()


def _get_task(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.visible_to(reader(request)).select_related("account", "owner")
    found: Task = get_object_or_404(rows, pk=pk)
    return found


def _around(found: Account, title: str) -> FormPage:
    back = reverse("desk:account_signals", args=[found.pk])
    account = (found.name, reverse("desk:account", args=[found.pk]))
    return FormPage(
        title=title, back=back, done=_("Saved."), trail=[account, (_("Signals"), back), (title, "")]
    )
