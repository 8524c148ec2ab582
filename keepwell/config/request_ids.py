"""Each answer names its request, so that a person can quote what the log calls it; each line its network."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import structlog
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django_structlog.signals import bind_extra_request_metadata

# What a proxy in front handed in is kept, if it looks like an id; anything else must not reach a header.
PLAIN = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")


@receiver(bind_extra_request_metadata)
def bind_network(request: HttpRequest, **_given: Any) -> None:
    """Where the request came from, in each line about it."""
    # As uvicorn gives it, which believes a proxy that it knows, and not whatever header a stranger writes.
    structlog.contextvars.bind_contextvars(ip=request.META.get("REMOTE_ADDR"))


class RequestIdMiddleware:
    """Stands inside django-structlog's middleware, which makes the id or takes the one handed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
        response = self.get_response(request)
        if PLAIN.match(request_id):
            response["X-Request-ID"] = request_id
        return response
