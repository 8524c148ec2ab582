"""A short word after an act, with the chance to take it back. Said at once by htmx, or on the next page."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

UNDO_MARK = "toast "


def say(
    response: HttpResponse, words: str, *, undo_url: str = "", seconds: int = 0, tone: str = ""
) -> HttpResponse:
    """Says it on the page that asked; `undo_url` is posted to if it is taken back within `seconds`."""
    told = {"words": str(words), "undo": undo_url, "seconds": seconds, "tone": tone}
    return trigger_client_event(response, "toast", told)


def say_next(
    request: HttpRequest, words: str, *, undo_url: str = "", seconds: int = 0, tone: str = ""
) -> None:
    """Says it on the next page that this reader sees, after a redirect."""
    level = messages.ERROR if tone == "bad" else messages.SUCCESS
    messages.add_message(request, level, words, extra_tags=_packed(undo_url, seconds))


def _packed(undo_url: str, seconds: int) -> str:
    return UNDO_MARK + json.dumps([undo_url, seconds]) if undo_url else ""


def undo_of(extra_tags: str | None) -> tuple[str, int]:
    """Where to post to take it back, and within how many seconds; ("", 0) for a message without."""
    if not (extra_tags or "").startswith(UNDO_MARK):
        return "", 0
    url, seconds = json.loads(str(extra_tags).removeprefix(UNDO_MARK))
    return url, seconds
