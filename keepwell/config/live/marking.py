"""What had been heard before a page was made."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from keepwell.config.live.hub import newest_mark


class LiveMarkMiddleware:
    """Taken before anything of the page is read, so that nothing falls between the page and its stream."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.live_mark = newest_mark()  # type: ignore[attr-defined]
        return self.get_response(request)
