from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from keepwell.journal.models import Entry
from keepwell.journal.recording import record
from keepwell.journal.tests.conftest import JOURNAL
from keepwell.journal.tests.somebody import TEST

pytestmark = pytest.mark.django_db
STATEMENTS = ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"]


@pytest.fixture(autouse=True)
def _something_to_change() -> None:
    record("lamp.lit", by=TEST, subjects=[("lamp", 1)])


@pytest.mark.parametrize("table", JOURNAL)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_products_own_role_has_no_right_to_change_the_journal(table: str, statement: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,), "a superuser would make this test say nothing"
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            cursor.execute(statement.format(table))


@pytest.mark.parametrize("table", JOURNAL[:2])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_even_with_the_right_a_trigger_refuses_it(table: str, statement: str):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER")
        with pytest.raises(Error, match="The journal is append-only"), transaction.atomic():
            cursor.execute(statement.format(table))
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER")


def test_nor_does_the_orm_lead_around_it():
    entry = Entry.objects.get()
    entry.facts = {"watts": 99}
    for change in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(Error), transaction.atomic():
            change()
    entry.refresh_from_db()
    assert entry.facts == {}
