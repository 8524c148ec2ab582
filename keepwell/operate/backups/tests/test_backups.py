"""Saving, verifying, restoring: with the real tools against real databases."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.operate.backups import manifest as manifests
from keepwell.operate.backups import programs, restoring, saving
from keepwell.operate.backups.counting import Counted, counted_tables, differences
from keepwell.operate.refusals import WordRefused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def var(tmp_path: Path, settings: object) -> Path:
    settings.VAR = tmp_path / "var"
    (settings.VAR / "files" / "ab").mkdir(parents=True)
    (settings.VAR / "files" / "ab" / "cd").write_bytes(b"what a customer sent")
    (settings.VAR / "secret-key").write_text("signs")
    return settings.VAR


@pytest.fixture
def saved(var: Path, tmp_path: Path) -> Path:
    cause = "5ac5b9cf-9d1c-4d0e-8f44-fd0c8bb4d3a1"
    Entry.objects.create(
        kind="x.y", occurred_at=clock.now(), actor_kind="system", cause=cause, facts={"n": 1}
    )
    folder = tmp_path / "backup"
    saving.save(folder)
    return folder


@pytest.fixture
def empty_installation(saved: Path, var: Path, settings: object, tmp_path: Path) -> Iterator[Path]:
    """Another database and another folder, as a new machine has; the tables of this test stay as they are."""
    name = f"{connection.settings_dict['NAME']}_empty"
    above = psycopg.connect(**programs.reaching_database("postgres"), autocommit=True)
    owner = sql.Identifier(connection.settings_dict["USER"] or connection.get_connection_params()["user"])
    above.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner))
    settings.VAR = tmp_path / "new"
    before = connection.settings_dict["NAME"]
    try:
        _point_to(name)
        yield settings.VAR
    finally:
        _point_to(before)
        above.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        above.close()


def _point_to(name: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name


def test_a_backup_says_what_it_holds_and_is_closed_to_others(saved: Path) -> None:
    made = manifests.read(saved)
    assert made.tables["keepwell_journal_entry"].count == 1
    assert made.files["ab/cd"].count == len(b"what a customer sent")
    assert any(step.startswith("keepwell_journal.") for step in made.migrations)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o700


def test_a_backup_is_verified_by_restoring_it(saved: Path) -> None:
    assert saving.verify(saved).rows == manifests.read(saved).rows


def test_the_verification_leaves_no_database_behind(saved: Path) -> None:
    saving.verify(saved)
    with psycopg.connect(**programs.reaching_database("postgres")) as above:
        # Other processes verify beside this one.
        own = f"keepwell_verify_{os.getpid()}"
        left = above.execute("SELECT datname FROM pg_database WHERE datname = %s", [own]).fetchall()
    assert left == []


def test_a_restored_installation_is_equal(saved: Path, empty_installation: Path) -> None:
    restoring.restore(saved)
    assert Entry.objects.get().facts == {"n": 1}
    assert (empty_installation / "files" / "ab" / "cd").read_bytes() == b"what a customer sent"
    assert (empty_installation / "secret-key").read_text() == "signs"
    with psycopg.connect(**programs.reaching_database()) as restored:
        assert counted_tables(restored) == manifests.read(saved).tables


def test_a_restored_database_belongs_to_the_role_of_the_product(
    saved: Path, empty_installation: Path
) -> None:
    restoring.restore(saved)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableowner = current_user FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [(True,)]


def test_an_installation_in_use_is_not_overwritten(saved: Path) -> None:
    with pytest.raises(WordRefused, match="not empty.*Nothing was changed"):
        restoring.restore(saved)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("part", ["database.dump", "files/ab/cd"])
def test_a_damaged_backup_is_refused_before_anything_is_restored(
    saved: Path, empty_installation: Path, part: str
) -> None:
    damaged = bytearray((saved / part).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (saved / part).write_bytes(damaged)
    with pytest.raises(WordRefused, match=r"is damaged:.*Nothing was restored"):
        restoring.restore(saved)
    assert not (empty_installation / "files").exists()


def test_a_missing_file_is_named(saved: Path, empty_installation: Path) -> None:
    (saved / "files" / "ab" / "cd").unlink()
    with pytest.raises(WordRefused, match="ab/cd is only in the original"):
        restoring.restore(saved)


def test_a_backup_of_a_newer_version_is_refused(saved: Path, empty_installation: Path) -> None:
    found = json.loads((saved / "manifest.json").read_text())
    found["migrations"].append("keepwell_cases.9999_from_tomorrow")
    (saved / "manifest.json").write_text(json.dumps(found))
    with pytest.raises(WordRefused, match=r"newer Keepwell \(keepwell_cases\.9999_from_tomorrow\)"):
        restoring.restore(saved)


def test_a_folder_without_manifest_is_no_backup(saved: Path, tmp_path: Path) -> None:
    shutil.copytree(saved, tmp_path / "cut", ignore=shutil.ignore_patterns("manifest.json"))
    with pytest.raises(WordRefused, match="no complete backup"):
        saving.verify(tmp_path / "cut")


def test_a_verification_notices_a_row_that_the_dump_does_not_hold(saved: Path) -> None:
    found = json.loads((saved / "manifest.json").read_text())
    found["tables"]["keepwell_journal_entry"]["count"] = 2
    (saved / "manifest.json").write_text(json.dumps(found))
    with pytest.raises(WordRefused, match="keepwell_journal_entry had 2 and has 1"):
        saving.verify(saved)


def test_nothing_is_saved_over_something(saved: Path) -> None:
    with pytest.raises(WordRefused, match="not empty. Nothing was written"):
        saving.save(saved)


def test_a_changed_row_is_a_difference_even_if_the_count_is_equal() -> None:
    before, after = Counted(count=3, sha256="a"), Counted(count=3, sha256="b")
    assert differences({"t": before}, {"t": after}) == ["t has as many as before, but they differ"]
    assert differences({"t": before}, {"t": before}) == []


def test_a_tool_of_another_version_is_not_taken() -> None:
    with pytest.raises(WordRefused, match=r"PostgreSQL 99.*postgresql-client-99"):
        programs.find_tool("pg_dump", 99)
