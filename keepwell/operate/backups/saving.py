"""Making a backup, and seeing that it restores."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import IsolationLevel, sql

from keepwell.kit import clock
from keepwell.operate.backups import manifest as manifests
from keepwell.operate.backups.counting import (
    Counted,
    counted_file,
    counted_files,
    counted_tables,
    differences,
)
from keepwell.operate.backups.manifest import DUMP, FILES, SECRET, Manifest
from keepwell.operate.backups.programs import reaching_database, run_tool, server_major
from keepwell.operate.refusals import WordRefused


def save(folder: Path) -> Manifest:
    """Saves database, files and secret into an empty folder, open to nobody else.

    The tables are counted in the same snapshot that is dumped, so people may go on working.
    Errors: WordRefused if the folder holds anything, or a tool fails.
    """
    if folder.exists() and any(folder.iterdir()):
        raise WordRefused(f"{folder} is not empty. Nothing was written; name a new folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tables = _dump(folder / DUMP)
    _copy_files(folder)
    made = Manifest(
        made_at=clock.now().isoformat(),
        keepwell=importlib.metadata.version("keepwell"),
        postgres=server_major(),
        role=str(connection.settings_dict["USER"]),
        migrations=sorted(
            f"{app}.{step}" for app, step in MigrationRecorder(connection).applied_migrations()
        ),
        dump=counted_file(folder / DUMP),
        tables=tables,
        files=counted_files(folder / FILES),
    )
    manifests.write(made, folder)
    return made


def _dump(target: Path) -> dict[str, Counted]:
    reaching = reaching_database()
    with psycopg.connect(**reaching) as snapshot:  # type: ignore[arg-type]
        snapshot.isolation_level = IsolationLevel.REPEATABLE_READ
        snapshot.read_only = True
        (name,) = snapshot.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        run_tool("pg_dump", ["--format=custom", f"--snapshot={name}", f"--file={target}"], reaching)
        target.chmod(0o600)
        return counted_tables(snapshot)


def _copy_files(folder: Path) -> None:
    # After the database: a file is there before the row that names it, and stays until long after it.
    files: Path = settings.VAR / FILES
    if files.is_dir():
        shutil.copytree(files, folder / FILES)
    secret: Path = settings.VAR / SECRET
    if secret.exists():
        shutil.copy2(secret, folder / SECRET)


def verify(folder: Path) -> Manifest:
    """Restores the backup into a database that is dropped again, and compares.

    Errors: WordRefused naming what differs, or that this role may not make a database to verify in.
    """
    made = manifests.read(folder)
    found = differences({DUMP: made.dump, **made.files}, _on_disk(folder))
    with _scratch_database() as scratch:
        run_tool("pg_restore", ["--exit-on-error", "--no-owner", "--no-acl", str(folder / DUMP)], scratch)
        with psycopg.connect(**scratch) as restored:  # type: ignore[arg-type]
            found += differences(made.tables, counted_tables(restored))
    if found:
        raise WordRefused(f"The backup in {folder} differs from what was saved: {'; '.join(found)}.")
    return made


def _on_disk(folder: Path) -> dict[str, Counted]:
    return {DUMP: counted_file(folder / DUMP), **counted_files(folder / FILES)}


@contextmanager
def _scratch_database() -> Iterator[dict[str, str]]:
    name = f"keepwell_verify_{os.getpid()}"
    above = psycopg.connect(**reaching_database("postgres"), autocommit=True)  # type: ignore[arg-type]
    with above:
        _make_scratch(above, name)
        try:
            yield reaching_database(name)
        finally:
            above.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _make_scratch(above: psycopg.Connection, name: str) -> None:
    try:
        above.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise WordRefused(
            "The backup is written, but it was not verified: the role of DATABASE_URL may not create a "
            "database to try it in. Grant it CREATEDB, or restore the backup elsewhere to be sure."
        ) from error
