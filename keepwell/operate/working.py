"""The worker: it works the jobs until it is told to stop, and comes back when the database does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from procrastinate import App
from procrastinate.contrib.django import DjangoApp, app

from keepwell.channels.email.delivering.door import open_door
from keepwell.channels.email.fetching.watching import watched_mailboxes
from keepwell.operate.leaving import leave_at_once

log = structlog.get_logger("keepwell.worker")

AGAIN_SECONDS = 2.0
CONCURRENCY = 2
FINISH_WITHIN_SECONDS = 10.0
# So long the worker itself takes to end once its jobs have.
END_WITHIN_SECONDS = 2.0


async def work(stop: asyncio.Event) -> None:
    """Works jobs, watches mailboxes and takes mail until `stop` is set; what runs then has 10 s to finish.

    Where something goes on after that, the process ends here: its job is rescued later, as a killed one is.
    """
    working = asyncio.create_task(_work_until(stop))
    await _either(asyncio.shield(working), stop.wait())
    _done, at_work = await asyncio.wait({working}, timeout=FINISH_WITHIN_SECONDS + END_WITHIN_SECONDS)
    if at_work:
        log.warning("worker_left_job", after_seconds=FINISH_WITHIN_SECONDS)
        leave_at_once()
    await working


async def _work_until(stop: asyncio.Event) -> None:
    async with open_door(settings.KEEPWELL_MAIL_LISTEN):
        await _work_while_not(stop)


async def _work_while_not(stop: asyncio.Event) -> None:
    with watched_mailboxes():
        while not stop.is_set():
            try:
                await _work_once(stop)
            except Exception as error:  # whatever it was, a worker that ends leaves promises unwatched
                log.warning("worker_interrupted", error=str(error), again_in_seconds=AGAIN_SECONDS)
            await _either(stop.wait(), asyncio.sleep(AGAIN_SECONDS))


async def _work_once(stop: asyncio.Event) -> None:
    # The deferring side of this process may hold a connection that died with the database.
    await sync_to_async(close_old_connections)()
    async with worker_app().open_async() as opened:
        worker = opened.run_worker_async(
            concurrency=CONCURRENCY,
            install_signal_handlers=False,
            shutdown_graceful_timeout=FINISH_WITHIN_SECONDS,
            delete_jobs="never",
        )
        await _either(worker, stop.wait())


def worker_app() -> App:
    """Fetches jobs over connections of its own; the tasks stay bound to the app that defers over Django's.

    So a verb that a job calls defers its own jobs inside its transaction, as it does in a web request.
    """
    working = DjangoApp(connector=app.connector.get_worker_connector(), import_paths=app.import_paths)  # type: ignore[attr-defined]
    working.tasks = app.tasks
    working.periodic_registry = app.periodic_registry
    return working


async def _either(*awaitables: Awaitable[object]) -> None:
    """Returns, or fails, with the first that ends; the others are cancelled and waited for."""
    tasks = [asyncio.ensure_future(awaitable) for awaitable in awaitables]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for task in done:
        task.result()
