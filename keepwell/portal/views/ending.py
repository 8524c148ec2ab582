"""Closing, reopening and withdrawing a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.withdrawing import withdraw
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.portal.finding import get_case
from keepwell.portal.readers import case_readers, read_by


@require_POST
@case_readers
def closure(request: HttpRequest, number: int) -> HttpResponse:
    """It works now."""
    return done(request, number, close, _("Closed. Thank you for telling us."))


@require_POST
@case_readers
def reopening(request: HttpRequest, number: int) -> HttpResponse:
    """It was not solved."""
    return done(request, number, reopen, _("It is open again. Tell us below what is still wrong."))


@require_POST
@case_readers
def withdrawal(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing is needed any more."""
    return done(request, number, withdraw, _("Closed. You can reopen it for a while."))


def done(request: HttpRequest, number: int, act: Callable[..., Any], words: str) -> HttpResponse:
    """Does it to the case and leads back to it; a refusal is said there. What was typed stays kept."""
    reader = read_by(request)
    case = get_case(reader, number)
    try:
        act(case, by=reader.actor)
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    else:
        say_next(request, words)
    return redirect("portal:case", number=number)
