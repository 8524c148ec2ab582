"""Brings the database to this version; a database that a newer version changed is refused."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from keepwell.kit.condition import pending_migrations
from keepwell.operate.schema import refuse_newer_schema


def run(options: argparse.Namespace) -> None:
    bring_up_to_date(verbosity=1)


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Safe to run again: what is done already is not done twice."""
    refuse_newer_schema()
    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
