"""Fills an empty installation from a backup and compares every table and file with what was saved."""

from __future__ import annotations

import argparse
from pathlib import Path

from keepwell.operate.backups.restoring import restore


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of `keepwell backup`")


def run(options: argparse.Namespace) -> None:
    saved = restore(options.folder)
    print(f"Restored: {len(saved.tables)} tables, {saved.rows} rows, {len(saved.files)} files, all equal.")
    print("Run `keepwell migrate` if this version is newer than the backup, then `keepwell serve`.")
