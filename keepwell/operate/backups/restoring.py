"""Filling an empty installation from a backup, all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from keepwell.operate.backups import manifest as manifests
from keepwell.operate.backups.counting import counted_file, counted_files, counted_tables, differences
from keepwell.operate.backups.manifest import DUMP, FILES, SECRET, Manifest
from keepwell.operate.backups.programs import reaching_database, run_tool, server_major
from keepwell.operate.refusals import WordRefused


def restore(folder: Path) -> Manifest:
    """Restores database, files and secret, and compares each table and file with what was saved.

    Errors: WordRefused before anything is changed if the backup is damaged, newer than this version, or
    this installation is not empty; after it, naming each table or file that differs.
    """
    saved = manifests.read(folder)
    _refuse_damage(saved, folder)
    _refuse_newer(saved)
    _refuse_what_is_in_use()
    _fill_database(saved, folder)
    _fill_files(folder)
    _compare(saved)
    return saved


def _refuse_damage(saved: Manifest, folder: Path) -> None:
    there = {DUMP: counted_file(folder / DUMP)} if (folder / DUMP).exists() else {}
    found = differences({DUMP: saved.dump, **saved.files}, {**there, **counted_files(folder / FILES)})
    if found:
        raise WordRefused(f"The backup in {folder} is damaged: {'; '.join(found)}. Nothing was restored.")


def _refuse_newer(saved: Manifest) -> None:
    known = {f"{app}.{step}" for app, step in MigrationLoader(connection).disk_migrations}
    ours = [step for step in saved.migrations if step.startswith("keepwell_") and step not in known]
    if ours or server_major() < saved.postgres:
        newer = (
            f"Keepwell ({ours[0]})"
            if ours
            else f"PostgreSQL ({saved.postgres}, and this is {server_major()})"
        )
        raise WordRefused(f"The backup was made with a newer {newer}. Nothing was restored.")


def _refuse_what_is_in_use() -> None:
    with psycopg.connect(**reaching_database()) as target:  # type: ignore[arg-type]
        tables = counted_tables(target)
    files = settings.VAR / FILES
    if tables or (files.is_dir() and any(files.iterdir())):
        raise WordRefused(
            "This installation is not empty, and a backup is restored into an empty one only. Nothing was "
            "changed. Choose a new data folder with KEEPWELL_VAR, or an empty database with DATABASE_URL."
        )


def _fill_database(saved: Manifest, folder: Path) -> None:
    # Where the owner has another name here, its tables become ours, and rights of the old one mean nothing.
    same_role = saved.role == str(connection.settings_dict["USER"])
    owners = [] if same_role else ["--no-owner", "--no-acl"]
    arguments = ["--exit-on-error", "--single-transaction", *owners, str(folder / DUMP)]
    run_tool("pg_restore", arguments, reaching_database())


def _fill_files(folder: Path) -> None:
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, settings.VAR / FILES, dirs_exist_ok=True)
    if (folder / SECRET).exists():
        shutil.copy2(folder / SECRET, settings.VAR / SECRET)


def _compare(saved: Manifest) -> None:
    with psycopg.connect(**reaching_database()) as target:  # type: ignore[arg-type]
        found = differences(saved.tables, counted_tables(target))
    found += differences(saved.files, counted_files(settings.VAR / FILES))
    if found:
        raise WordRefused(f"What was restored differs from what was saved: {'; '.join(found)}.")
