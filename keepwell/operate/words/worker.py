"""Works the jobs until it is stopped; run as many as there is work for."""

from __future__ import annotations

import argparse
import asyncio
import signal

from keepwell.operate.saying import say
from keepwell.operate.schema import refuse_half_loaded, refuse_newer_schema, refuse_older_schema
from keepwell.operate.working import work


def run(options: argparse.Namespace) -> None:
    refuse_newer_schema()
    refuse_older_schema()
    refuse_half_loaded()
    say("The worker is at work. Ctrl-C stops it.")
    asyncio.run(_until_stopped())


async def _until_stopped() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    await work(stop)
