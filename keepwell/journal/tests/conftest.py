"""Kinds, topics and reactions of these tests' own, gone after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from keepwell.journal import kinds, live, reacting
from keepwell.journal.kinds import declare

JOURNAL = ("keepwell_journal_entry", "keepwell_journal_entrysubject", "keepwell_journal_seal")


@pytest.fixture(autouse=True)
def lamp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lamps are lit and go out; customers see only the first."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(live, "_topics", dict(live._topics))
    monkeypatch.setattr(live, "_heard_by_customers", dict(live._heard_by_customers))
    monkeypatch.setattr(reacting, "_reactions", reacting.defaultdict(list))
    monkeypatch.setattr(reacting, "_settlings", reacting.defaultdict(list))
    facts = {"watts": int, "is_bright": bool, "state": str, "since": kinds.datetime, "price": kinds.Decimal}
    declare("lamp.lit", words="Lit", facts={**facts, "bulbs": list}, customers_see=True, tells=("lamps:0",))
    declare("lamp.darkened", words="Dark")
    live.topic(
        "lamp",
        allowed=lambda user, identity: True,
        customers_as="portal_lamp",
        customers_allowed=lambda user, identity: identity == user,
    )


@pytest.fixture
def tampering() -> Callable[[], Any]:
    """What only the owner of the tables can do, and has to want: triggers off, rights given back."""

    @contextmanager
    def unguarded() -> Iterator[Any]:
        with connection.cursor() as cursor:
            for table in JOURNAL:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(f"GRANT UPDATE, DELETE ON {table} TO CURRENT_USER")
            yield cursor
            for table in JOURNAL:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
                cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM CURRENT_USER")

    return unguarded
