"""Words of engagements are taken out for good, by whoever may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.desk.access import needs, reader
from keepwell.desk.views.accounts.page import get_account
from keepwell.kit.toasting import say_next
from keepwell.success.engagements.models import Engagement, InternalNote, Touch
from keepwell.success.engagements.verbs.logging import redact_touch
from keepwell.success.engagements.verbs.writing import redact_note, redact_shared

PERMIT = "message.redact"


@require_POST
@needs(PERMIT)
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """What both sides read: the agenda and the notes."""
    redact_shared(_engagement(request, pk), by=reader(request))
    return _gone(request, "desk:engagement", pk)


@require_POST
@needs(PERMIT)
def note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    found = _engagement(request, pk)
    redact_note(get_object_or_404(InternalNote, pk=note, engagement=found), by=reader(request))
    return _gone(request, "desk:engagement", pk)


@require_POST
@needs(PERMIT)
def touch(request: HttpRequest, pk: int, touch: int) -> HttpResponse:
    found = get_account(request, pk)
    redact_touch(get_object_or_404(Touch, pk=touch, account=found), by=reader(request))
    return _gone(request, "desk:account_engagements", pk)


def _engagement(request: HttpRequest, pk: int) -> Engagement:
    return get_object_or_404(Engagement.objects.visible_to(reader(request)), pk=pk)


def _gone(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    say_next(request, _("Its words are gone."))
    return redirect(name, pk=pk)
