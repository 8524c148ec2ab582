"""The reader's devices: added, removed, tried; and the worker that shows on them what he is told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.desk.access import reader, staff_only
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.notices.models import PushDevice
from keepwell.notices.pushing.sending import send
from keepwell.notices.verbs.devices import Subscription, add_device, remove_device

BACK = "desk:my_notices"


@require_POST
@staff_only
def add(request: HttpRequest) -> HttpResponse:
    told = Subscription(**{name: request.POST.get(name, "") for name in Subscription.__dataclass_fields__})
    try:
        add_device(told, by=reader(request))
    except Refused as refusal:
        say_next(request, str(refusal))
    else:
        say_next(request, _("Added. “Try it” shows how it looks there."))
    return redirect(BACK)


@require_POST
@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    remove_device(_own(request, pk), by=reader(request))
    say_next(request, _("Removed. You are told there no more."))
    return redirect(BACK)


@require_POST
@staff_only
def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Something is sent there now, and what comes of it is said."""
    told = {
        "title": _("Keepwell reaches you here"),
        "body": _("What concerns you is told like this."),
        "path": "/desk/me/notices/",
        "tag": "keepwell-trial",
    }
    try:
        send(_own(request, pk), told, is_urgent=True)
    except Refused as refusal:
        say_next(request, str(refusal))
    else:
        say_next(request, _("Sent. It shows on that device in a moment."))
    return redirect(BACK)


@require_safe
@staff_only
def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_script(), content_type="text/javascript")


@cache
def _script() -> bytes:
    return Path(str(finders.find("desk/js/push-worker.js"))).read_bytes()


def _own(request: HttpRequest, pk: int) -> PushDevice:
    return get_object_or_404(PushDevice, user=reader(request), pk=pk)
