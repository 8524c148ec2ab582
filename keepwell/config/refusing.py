"""What is answered when a verb refuses: its own sentence, on the page that asked where that is possible."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say
from keepwell.people.permits import NotPermitted


class RefusingMiddleware:
    """What a script asked for says the sentence over the page as it is; else a page says it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotPermitted):
            return _answer(request, exception, status=403)
        if isinstance(exception, Refused):
            return _answer(request, exception, status=409)
        return None


def _answer(request: HttpRequest, refusal: Exception, *, status: int) -> HttpResponse:
    if getattr(request, "htmx", False):
        return say(HttpResponse(status=204), str(refusal), tone="bad")
    return render(request, "kit/refused.html", {"words": str(refusal), "number": status}, status=status)
