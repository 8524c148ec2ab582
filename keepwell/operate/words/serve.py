"""Runs the web server until it is stopped. The worker is a word of its own."""

from __future__ import annotations

import argparse
import logging
from typing import Any

import uvicorn
from django.conf import settings

from keepwell.founding.first_run_key import first_run_key
from keepwell.founding.queries import is_founded
from keepwell.operate.collecting import collect_static_files
from keepwell.operate.refusals import WordRefused
from keepwell.operate.saying import say
from keepwell.operate.schema import refuse_half_loaded, refuse_newer_schema, refuse_older_schema

# A browser holds its live stream open for ever: after this it is closed, and reconnects by itself.
CLOSE_STREAMS_AFTER_SECONDS = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    count = 1 if settings.KEEPWELL_DEMO else 2
    parser.add_argument("--workers", type=int, default=count, help=f"web processes (default {count})")


def run(options: argparse.Namespace) -> None:
    if settings.KEEPWELL_WORKER_INSIDE and options.workers > 1:
        raise WordRefused("KEEPWELL_WORKER_INSIDE is for one web process: start with --workers 1.")
    refuse_newer_schema()
    refuse_older_schema()
    refuse_half_loaded()
    _tell_of_first_run()
    serve(workers=options.workers)


def _tell_of_first_run() -> None:
    if is_founded():
        return
    address = f"{settings.KEEPWELL_URL}/first-run/?key={first_run_key()}"
    say(f"This installation is new. Set it up at {address}, or with `keepwell init`.")


def serve(*, workers: int) -> None:
    """Serves until a signal comes. Errors: WordRefused if the port is taken."""
    collect_static_files()
    say(f"Keepwell is at {settings.KEEPWELL_URL} (Ctrl-C stops it)")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    try:
        uvicorn.run("keepwell.config.asgi:application", **server_options(workers))
    except SystemExit as ended:
        if ended.code:
            raise WordRefused(_PORT_TAKEN.format(settings.KEEPWELL_BIND, settings.KEEPWELL_PORT)) from ended
        raise


_PORT_TAKEN = "The server did not start on {}:{}. Is the port taken? KEEPWELL_PORT names another."


def server_options(workers: int) -> dict[str, Any]:
    """What uvicorn is told. It believes a proxy on this machine, or those that FORWARDED_ALLOW_IPS names."""
    return {
        "host": settings.KEEPWELL_BIND,
        "port": settings.KEEPWELL_PORT,
        "workers": workers,
        "lifespan": "on",
        "timeout_graceful_shutdown": CLOSE_STREAMS_AFTER_SECONDS,
        "log_config": None,
        "access_log": False,
        "server_header": False,
    }
