"""A new data folder, and the role and database of the product in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from keepwell.operate.embedded.account import Account
from keepwell.operate.embedded.address import DATABASE, ROLE, SUPERUSER, Place, superuser_parameters
from keepwell.operate.embedded.refusals import DatabaseRefused

# One collation on every machine and for ever: an index must not depend on the system's library.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def prepare_folders(place: Place, account: Account) -> None:
    """Makes the folders of `place`, closed to everybody but the server's account.

    Errors: DatabaseRefused if a folder exists and belongs to somebody else.
    """
    place.root.parent.mkdir(parents=True, exist_ok=True)
    for folder in (place.root, place.sockets, place.programs):
        _make_closed(folder, account)


def _make_closed(folder: Path, account: Account) -> None:
    # `mkdir` first: in a folder open to all, somebody else may have made one of that name before us.
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if found.st_uid not in {account.user_id, os.geteuid()} or folder.is_symlink():
        raise DatabaseRefused(
            f"The folder {folder} belongs to another account (number {found.st_uid}). Nothing was changed. "
            "Start Keepwell as that account, or choose another folder with KEEPWELL_VAR."
        )
    _give(folder, account)
    if found.st_mode & 0o077:
        folder.chmod(0o700)


def _give(path: Path, account: Account) -> None:
    if account.user_id != os.geteuid():
        os.chown(path, account.user_id, account.group_id)


def create_data(place: Place, programs: Path, account: Account) -> None:
    """Runs initdb into a spare folder and renames it, so that half of one is never taken for one."""
    spare = place.root / "data.new"
    shutil.rmtree(spare, ignore_errors=True)
    command = [programs / "initdb", "-D", spare, f"--username={SUPERUSER}", "--auth=trust", *LOCALE]
    done = subprocess.run(
        [*map(str, command), "--no-instructions"],
        cwd=place.root,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        **account.popen_arguments(),
    )
    if done.returncode:
        raise DatabaseRefused(f"A new database could not be made in {place.root}: {done.stderr.strip()}")
    spare.rename(place.data)


def create_database(place: Place) -> None:
    """The product's role, which is no superuser, and its database; what exists is left alone."""
    parameters = superuser_parameters(place, "postgres")
    with psycopg.connect(**parameters, autocommit=True) as connection:  # type: ignore[arg-type]
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            names = {"database": sql.Identifier(DATABASE), "role": sql.Identifier(ROLE)}
            connection.execute(sql.SQL("CREATE DATABASE {database} OWNER {role}").format(**names))
