"""One LISTEN connection a process, and the streams it feeds.

The hub starts with the first stream and keeps trying when the database is away; each time it comes
back, every stream is told to fetch everything again, because nobody knows what was missed.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from django.db import connections

from keepwell.journal.live import CHANNEL

log = structlog.get_logger("keepwell.live")

AGAIN_SECONDS = (0.2, 1, 2, 5)
# A browser that reads slower than this many tellings has to fetch everything again.
HELD_BACK = 200


@dataclass(frozen=True)
class Telling:
    """Something happened under a topic; an empty topic means: fetch everything again."""

    topic: str
    entry: int


EVERYTHING = Telling("", 0)


@dataclass(eq=False)
class Subscription:
    """One stream's ear: the topics it may hear, and what waits to be sent."""

    topics: frozenset[str]
    queue: asyncio.Queue[Telling] = field(default_factory=lambda: asyncio.Queue(HELD_BACK))

    def hand(self, telling: Telling) -> None:
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            telling = EVERYTHING
        self.queue.put_nowait(telling)


class Hub:
    """Hands what PostgreSQL tells to the subscriptions of one event loop."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Subscription]] = defaultdict(set)
        self._all: set[Subscription] = set()
        self._listener: asyncio.Task[None] | None = None

    def subscribe(self, topics: Iterable[str]) -> Subscription:
        subscription = Subscription(frozenset(topics))
        self._all.add(subscription)
        for topic in subscription.topics:
            self._by_topic[topic].add(subscription)
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        return subscription

    def leave(self, subscription: Subscription) -> None:
        self._all.discard(subscription)
        for topic in subscription.topics:
            self._by_topic[topic].discard(subscription)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    async def close(self) -> None:
        if self._listener:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)

    def hand_out(self, telling: Telling) -> None:
        receivers = self._by_topic.get(telling.topic, set()) if telling.topic else self._all
        for subscription in tuple(receivers):
            subscription.hand(telling)

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(autocommit=True, **_address()) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    failures = 0
                    self.hand_out(EVERYTHING)
                    async for notify in connection.notifies():
                        self.hand_out(_read(notify.payload))
            except psycopg.Error as error:
                log.warning("live.listen_lost", error=str(error))
            await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
            failures += 1


def _address() -> dict[str, Any]:
    parameters = connections["default"].get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "sslmode")
    return {name: parameters[name] for name in wanted if parameters.get(name)}


def _read(payload: str) -> Telling:
    found = json.loads(payload)
    return Telling(found["topic"], found["entry"])


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop; a server process has one loop, a test may have several."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


async def close_hub() -> None:
    """Ends the LISTEN connection when the server stops."""
    found = _hubs.pop(asyncio.get_running_loop(), None)
    if found:
        await found.close()
