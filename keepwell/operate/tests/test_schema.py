"""A database that another version of Keepwell has changed."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from keepwell.kit import condition
from keepwell.operate.refusals import WordRefused
from keepwell.operate.schema import refuse_newer_schema, refuse_older_schema, unknown_migrations

pytestmark = pytest.mark.django_db


def record(app: str, step: str) -> None:
    MigrationRecorder.Migration.objects.create(app=app, name=step)


@pytest.fixture(autouse=True)
def ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condition, "_complete", set())


def test_a_database_of_this_version_is_taken() -> None:
    assert unknown_migrations() == []
    refuse_newer_schema()
    refuse_older_schema()


@pytest.mark.parametrize("app", ["keepwell_journal", "keepwell_of_tomorrow"])
def test_a_database_of_a_newer_version_is_refused_in_words(app: str) -> None:
    record(app, "9999_from_tomorrow")
    with pytest.raises(WordRefused, match=rf"newer version.*{app}\.9999_from_tomorrow.*Nothing was changed"):
        refuse_newer_schema()


def test_what_an_unrelated_application_left_is_no_newer_version() -> None:
    record("somebody_elses", "0001_initial")
    refuse_newer_schema()


def test_an_older_database_is_refused_with_the_word_that_helps() -> None:
    MigrationRecorder.Migration.objects.filter(app="keepwell_journal").delete()
    with pytest.raises(WordRefused, match="`keepwell migrate`"):
        refuse_older_schema()


def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


RULES_OF_ALL_TABLES = """
import django
from django.apps import apps
django.setup()
for model in apps.get_models():
    for rule in (*model._meta.constraints, *model._meta.indexes):
        print(model._meta.label, rule.deconstruct())
"""


def test_what_a_table_demands_does_not_hang_on_the_order_of_a_set() -> None:
    """Else a migration is missing in every second process: strings are hashed otherwise in each."""

    def said(seed: str) -> str:
        told = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", RULES_OF_ALL_TABLES], env=told, capture_output=True, text=True, check=True
        ).stdout

    first, *others = map(said, "1234")
    assert "review_one_under_way" in first
    assert all(other == first for other in others)
