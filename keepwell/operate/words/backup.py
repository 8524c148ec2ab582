"""Saves database, files and secret to an empty folder, then restores them on the side and compares.

Keep the folder as safe as the installation: it holds everything, the secret that signs sessions too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from keepwell.operate.backups.saving import save, verify
from keepwell.operate.schema import refuse_newer_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")


def run(options: argparse.Namespace) -> None:
    refuse_newer_schema()
    save(options.folder)
    made = verify(options.folder)
    print(f"Saved to {options.folder}: {len(made.tables)} tables, {made.rows} rows, {len(made.files)} files.")
    print("Verified: restored on the side, all counts and hashes are equal.")
