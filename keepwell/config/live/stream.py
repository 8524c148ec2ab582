"""The address that a browser holds open to hear what happens.

Each topic asked for is checked when the stream opens and again before a telling about one thing is sent.
A stream ends when a telling may not be heard any more, or the listener's own rights change, and after a
quarter of an hour at most: the browser opens it anew, and session and topics are looked at again.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from keepwell.config.live.hub import Subscription, Telling, everything, hub
from keepwell.config.live.listeners import Listener, listener_of

Answer = TypeVar("Answer")

TOPICS_AT_MOST = 200
LIVES_SECONDS = 900
BEATS_SECONDS = 20


async def stream(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Server-sent events: `event: topic`, `data: {"topic", "entry"}`; `resync` means fetch everything.

    `since` are marks of the pages that will listen: what they may have missed comes before `hello`. A
    browser that lost its stream says the last mark it heard by itself.
    """
    asked_at = hub().mark
    listener = await _ask(listener_of, request)
    if listener is None:
        return HttpResponse(status=401)
    asked = dict.fromkeys(request.GET.getlist("topic")[:TOPICS_AT_MOST])
    allowed = await _ask(_allowed, listener, list(asked))
    response = StreamingHttpResponse(
        _events(listener, allowed, asked_at=asked_at, since=_marks(request)),
        content_type="text/event-stream",
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _marks(request: HttpRequest) -> list[str]:
    last = request.headers.get("Last-Event-ID")
    return [last] if last else request.GET.getlist("since")[:TOPICS_AT_MOST]


def _allowed(listener: Listener, topics: list[str]) -> list[str]:
    return [topic for topic in topics if listener.may_hear(topic)]


async def _events(
    listener: Listener, topics: list[str], *, asked_at: str, since: list[str]
) -> AsyncIterator[str]:
    ends_at = time.monotonic() + LIVES_SECONDS
    heard = hub()
    subscription = heard.subscribe([*topics, *listener.own_topics])
    try:
        if heard.missed([asked_at], listener.own_topics) != []:
            # His rights may have changed while the topics were checked: the browser asks again.
            return
        # In one step with the subscription: what is told from now on waits in its queue.
        yield _opening(topics, heard.missed(since, topics), heard.mark)
        while time.monotonic() < ends_at:
            telling = await _next(subscription)
            if telling is None:
                yield _beat(subscription)
            elif await _may_still(listener, telling):
                yield _written(telling)
            else:
                return
    finally:
        hub().leave(subscription)


async def _next(subscription: Subscription) -> Telling | None:
    try:
        return await asyncio.wait_for(subscription.queue.get(), BEATS_SECONDS)
    except TimeoutError:
        return None


async def _may_still(listener: Listener, telling: Telling) -> bool:
    if telling.topic in listener.own_topics:
        return False
    # Wide topics (id 0) tell of nothing in particular; what is fetched after them is checked anyway.
    if telling.is_everything or telling.topic.endswith(":0"):
        return True
    return await _ask(listener.may_hear, telling.topic)


async def _ask(question: Callable[..., Answer], *about: Any) -> Answer:
    """Asks the database and lets go of the connection.

    Django would keep it until the answer has ended, and a stream ends after a quarter of an hour: a dozen
    of them would hold the whole pool, and no page could be served.
    """
    return await sync_to_async(_and_let_go)(question, *about)


def _and_let_go(question: Callable[..., Answer], *about: Any) -> Answer:
    try:
        return question(*about)
    finally:
        close_old_connections()


def _opening(topics: list[str], missed: list[Telling] | None, mark: str) -> str:
    """What was missed, then hello: a browser that got hello has heard all up to its mark."""
    before = [everything(mark)] if missed is None else missed
    hello = _event("hello", {"topics": topics}, mark)
    return "retry: 1500\n" + "".join(_written(telling) for telling in before) + hello


def _beat(subscription: Subscription) -> str:
    """Nothing for this listener for a while: he need not ask again for what others heard meanwhile."""
    # Unless something just came: it has yet to be sent.
    return _event("beat", {}, hub().mark if subscription.queue.empty() else "")


def _written(telling: Telling) -> str:
    if telling.is_everything:
        return _event("resync", {}, telling.mark)
    return _event("topic", {"topic": telling.topic, "entry": telling.entry}, telling.mark)


def _event(name: str, data: dict[str, Any], mark: str = "") -> str:
    known_as = f"id: {mark}\n" if mark else ""
    return f"{known_as}event: {name}\ndata: {json.dumps(data)}\n\n"
