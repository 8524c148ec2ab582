"""PostgreSQL's own tools, in the version of the server that is asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from keepwell.operate.embedded.address import SUPERUSER
from keepwell.operate.embedded.programs import packaged_program
from keepwell.operate.refusals import WordRefused

REACHING = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


def reaching_database(name: str = "") -> dict[str, str]:
    """libpq's parameters for the product's database, or one of that name beside it.

    On the embedded server as its superuser, who may restore what belongs to others; else as ourselves.
    """
    found = connection.get_connection_params()
    parameters = {key: str(found[key]) for key in REACHING if found.get(key)}
    if settings.KEEPWELL_DATABASE_IS_EMBEDDED:
        parameters["user"] = SUPERUSER
    return {**parameters, "dbname": name} if name else parameters


def server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def run_tool(name: str, arguments: list[str], parameters: Mapping[str, str]) -> None:
    """Runs pg_dump or pg_restore against a database. Errors: WordRefused with what the tool said."""
    password = parameters.get("password", "")
    where = make_conninfo(**{key: value for key, value in parameters.items() if key != "password"})
    done = subprocess.run(
        [str(find_tool(name, server_major())), *arguments, f"--dbname={where}"],
        env={**os.environ, "PGPASSWORD": password},  # not as an argument: those are open to everybody
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WordRefused(f"{name} failed: {done.stderr.strip()}")


def find_tool(name: str, major: int) -> Path:
    """The tool of exactly this major version: a newer one writes what an older server cannot read back."""
    for candidate in _candidates(name, major):
        if _major_of(candidate) == major:
            return candidate
    raise WordRefused(
        f"The server is PostgreSQL {major}, and there is no {name} of that version here. Install it "
        f"(on Debian: apt install postgresql-client-{major}). Nothing was changed."
    )


def _candidates(name: str, major: int) -> Iterator[Path]:
    folders = [f"/usr/lib/postgresql/{major}/bin", f"/usr/pgsql-{major}/bin"]
    found = [packaged_program(name, major), shutil.which(name), *(f"{folder}/{name}" for folder in folders)]
    return (Path(candidate) for candidate in found if candidate and Path(candidate).exists())


def _major_of(tool: Path) -> int:
    said = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
