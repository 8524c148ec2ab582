"""The one door: live addresses speak ASGI, pages speak WSGI in threads of the same process.

Sync pages on Django's ASGI path cost more than twice as much; live streams need ASGI. This has both
on one port.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings")
live = get_asgi_application()

from keepwell.config.database import POOL  # noqa: E402 - Django is set up by now
from keepwell.config.live.hub import close_hub, hub  # noqa: E402
from keepwell.config.wsgi import application as wsgi_application  # noqa: E402
from keepwell.operate.working import work  # noqa: E402

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Fewer threads than pooled connections: a page never waits for a connection that a page holds.
pages = WSGIMiddleware(wsgi_application, workers=POOL["max_size"] - 2)  # type: ignore[arg-type]


@asynccontextmanager
async def worker_inside() -> AsyncIterator[None]:
    """In the demonstration the web process works the jobs too."""
    if not settings.KEEPWELL_WORKER_INSIDE:
        yield
        return
    stop = asyncio.Event()
    worker = asyncio.create_task(work(stop), name="worker inside")
    try:
        yield
    finally:
        stop.set()
        await worker


@asynccontextmanager
async def live_hub() -> AsyncIterator[None]:
    """One LISTEN connection from start to end: pages carry the mark of what it heard."""
    hub().start()
    try:
        yield
    finally:
        await close_hub()


# What a web process opens when it starts and closes, last first, when it stops.
WHILE_SERVING = [live_hub, worker_inside]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "websocket" or scope["path"].startswith("/live/"):
        await live(_with_plain_headers(scope), receive, send)  # type: ignore[arg-type]
    else:
        await pages(_with_plain_headers(scope), receive, send)  # type: ignore[arg-type]


async def _lifespan(receive: Receive, send: Send) -> None:
    await receive()
    async with AsyncExitStack() as opened:
        for part in WHILE_SERVING:
            await opened.enter_async_context(part())
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})


def _with_plain_headers(scope: Scope) -> Scope:
    # WSGI cannot tell `X_Forwarded_Proto` from `X-Forwarded-Proto`, so a stranger could write what only a
    # proxy may: headers with an underscore are dropped, as proxies do.
    headers = [(name, value) for name, value in scope.get("headers", ()) if b"_" not in name]
    return {**scope, "headers": headers}
