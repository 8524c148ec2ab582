"""One LISTEN connection a process, and the streams it feeds.

The hub keeps trying when the database is away; each time it comes back, every stream is told to fetch
everything again, because nobody knows what was missed.

It remembers what it heard last, so that a page hears of what was told between its making and the
standing of its stream. A telling is heard when its change is there to be seen, and every process hears
them in the same order, that of the commits. So a page that carries the mark of the last telling heard
before it was made knows all up to there; what came after, in this order, it may not know. Entries' ids
would not do: they are given before the commit.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from django.db import connections

from keepwell.journal.live import CHANNEL, new_mark

log = structlog.get_logger("keepwell.live")

AGAIN_SECONDS = (0.2, 1, 2, 5)
# A browser that reads slower than this many tellings has to fetch everything again.
HELD_BACK = 200
# Some hours of a busy desk; whoever was away longer fetches everything again.
REMEMBERS = 5_000


@dataclass(frozen=True)
class Telling:
    """Something happened under a topic; an empty topic means: fetch everything again."""

    topic: str
    entry: int
    mark: str

    @property
    def is_everything(self) -> bool:
        return not self.topic


def everything(mark: str) -> Telling:
    return Telling("", 0, mark)


@dataclass(eq=False)
class Subscription:
    """One stream's ear: the topics it may hear, and what waits to be sent."""

    topics: frozenset[str]
    queue: asyncio.Queue[Telling] = field(default_factory=lambda: asyncio.Queue(HELD_BACK))

    def hand(self, telling: Telling) -> None:
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            telling = everything(telling.mark)
        self.queue.put_nowait(telling)


class Hub:
    """Hands what PostgreSQL tells to the subscriptions of one event loop."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Subscription]] = defaultdict(set)
        self._all: set[Subscription] = set()
        self._heard: deque[Telling] = deque(maxlen=REMEMBERS)
        self._listener: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._listener = asyncio.create_task(self._listen(), name="live hub")

    @property
    def mark(self) -> str:
        """The last telling heard; empty where nothing can be said of what was told before."""
        heard = self._heard
        return heard[-1].mark if heard else ""

    def missed(self, marks: Iterable[str], topics: Iterable[str]) -> list[Telling] | None:
        """The newest telling of each of these topics since the oldest of the marks, oldest first.

        None where one of the marks is not known (any more): then everything may have been missed.
        """
        unseen, wanted = set(marks), set(topics)
        newest: dict[str, Telling] = {}
        for telling in reversed(self._heard):
            if not unseen:
                break
            unseen.discard(telling.mark)
            if unseen and telling.topic in wanted:
                newest.setdefault(telling.topic, telling)
        return None if unseen else list(newest.values())[::-1]

    def subscribe(self, topics: Iterable[str]) -> Subscription:
        subscription = Subscription(frozenset(topics))
        self._all.add(subscription)
        for topic in subscription.topics:
            self._by_topic[topic].add(subscription)
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

    def begin(self) -> None:
        """From here on everything is heard; of what was told before nothing is known."""
        beginning = everything(new_mark())
        # Another one, not the same emptied: pages read it from their own threads.
        self._heard = deque([beginning], maxlen=REMEMBERS)
        for subscription in tuple(self._all):
            subscription.hand(beginning)

    def hear(self, telling: Telling) -> None:
        self._heard.append(telling)
        for subscription in tuple(self._by_topic.get(telling.topic, ())):
            subscription.hand(telling)

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(autocommit=True, **_address()) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    failures = 0
                    self.begin()
                    async for notify in connection.notifies():
                        self.hear(_read(notify.payload))
            except (psycopg.Error, ValueError, KeyError) as error:
                log.warning("live.listen_lost", error=repr(error))
            await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
            failures += 1


def _address() -> dict[str, Any]:
    parameters = connections["default"].get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "sslmode")
    return {name: parameters[name] for name in wanted if parameters.get(name)}


def _read(payload: str) -> Telling:
    found = json.loads(payload)
    return Telling(found["topic"], found["entry"], found["mark"])


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop; a server process has one loop, a test may have several."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def newest_mark() -> str:
    """The last telling this process heard, asked from the thread of a page; empty where no hub listens."""
    return next((found.mark for found in reversed(tuple(_hubs.values()))), "")


async def close_hub() -> None:
    """Ends the LISTEN connection when the server stops."""
    found = _hubs.pop(asyncio.get_running_loop(), None)
    if found:
        await found.close()
