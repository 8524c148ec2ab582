"""Django's own commands, with the database running: `keepwell manage dbshell`."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def run(options: argparse.Namespace) -> None:
    execute_from_command_line(["keepwell manage", *options.rest])
