from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from keepwell.journal import sealing
from keepwell.journal.checks import journal
from keepwell.journal.models import Entry, Seal
from keepwell.journal.recording import record
from keepwell.journal.sealing import damages, seal_what_has_settled
from keepwell.journal.tests.somebody import TEST, Somebody

pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(0)


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Thirty entries under three seals of ten."""
    monkeypatch.setattr(sealing, "RANGE", 10)
    person = Somebody(("person", 5))
    made = [
        record(
            "lamp.lit",
            by=person if number % 2 else TEST,
            subjects=[("lamp", number), ("street", 1)],
            facts={"watts": number},
        ).pk
        for number in range(30)
    ]
    assert seal_what_has_settled(settles_for=AT_ONCE) == 3
    assert list(damages()) == []
    return made


def test_what_is_sealed_is_sealed_once_and_what_is_young_not_yet(entries: list[int]):
    assert seal_what_has_settled(settles_for=AT_ONCE) == 0
    record("lamp.lit", by=TEST, subjects=[])
    assert seal_what_has_settled() == 0
    assert seal_what_has_settled(settles_for=AT_ONCE) == 1
    assert list(Seal.objects.values_list("entries", flat=True)) == [10, 10, 10, 1]


def test_whoever_is_interrupted_keeps_the_seals_that_were_set(
    entries: list[int], monkeypatch: pytest.MonkeyPatch
):
    for _number in range(20):
        record("lamp.lit", by=TEST, subjects=[])
    seal = sealing._seal

    def seal_and_be_killed(first: int, last: int) -> None:
        if last == Entry.objects.latest("pk").pk:
            raise InterruptedError
        seal(first, last)

    monkeypatch.setattr(sealing, "_seal", seal_and_be_killed)
    with pytest.raises(InterruptedError):
        seal_what_has_settled(settles_for=AT_ONCE)
    assert Seal.objects.count() == 4


ENTRY = "UPDATE keepwell_journal_entry SET {} WHERE id = %s"
SUBJECT = "keepwell_journal_entrysubject"
CHANGES = {
    "its kind": ENTRY.format("kind = 'lamp.darkened'"),
    "when it happened": ENTRY.format("occurred_at = occurred_at + '1 microsecond'"),
    "when it was written": ENTRY.format("recorded_at = recorded_at - '1 s'::interval"),
    "who did it": ENTRY.format("actor_id = 6"),
    "who did it, moved over": ENTRY.format("actor_kind = 'person|5', actor_id = NULL"),
    "its cause": ENTRY.format("cause = gen_random_uuid()"),
    "a fact": ENTRY.format("facts = '{\"watts\": 999}'"),
    "a subject": f"UPDATE {SUBJECT} SET subject_id = 99 WHERE kind = 'lamp' AND entry_id = %s",
    "a subject taken away": f"DELETE FROM {SUBJECT} WHERE kind = 'street' AND entry_id = %s",
    "a subject put in": f"INSERT INTO {SUBJECT} (kind, subject_id, entry_id) VALUES ('x', 1, %s)",
    "all of it": "DELETE FROM keepwell_journal_entry WHERE id = %s",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_entry_is_named_and_only_that_one(
    entries: list[int], tampering: Callable[[], Any], what: str
):
    with tampering() as cursor:
        cursor.execute(CHANGES[what], [entries[13]])
        assert cursor.rowcount == 1
    [damage] = damages()
    assert damage.changed == (entries[13],)
    assert damage.first_entry <= entries[13] <= damage.last_entry
    assert (damage.sealed_entries, damage.found_entries) == (10, 9 if what == "all of it" else 10)
    assert list(journal()) == [f"Entry {entries[13]} was changed, taken out or put in after it was sealed."]


def test_an_entry_put_in_afterwards_is_named(entries: list[int], tampering: Callable[[], Any]):
    with tampering() as cursor:
        cursor.execute("DELETE FROM keepwell_journal_entry WHERE id = %s", [entries[3]])
    Entry.objects.create(
        pk=entries[3],
        kind="lamp.lit",
        occurred_at="2026-06-09T12:00Z",
        actor_kind="person",
        cause="00000000-0000-0000-0000-000000000000",
    )
    assert [damage.changed for damage in damages()] == [(entries[3],)]


def test_three_changes_in_three_ranges_are_three_names(entries: list[int], tampering: Callable[[], Any]):
    with tampering() as cursor:
        for place in (0, 15, 29):
            cursor.execute(CHANGES["a fact"], [entries[place]])
    assert [damage.changed for damage in damages()] == [(entries[0],), (entries[15],), (entries[29],)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE keepwell_journal_seal SET digest = repeat('0', 64) WHERE last_entry = %s",
        "DELETE FROM keepwell_journal_seal WHERE last_entry = %s",
    ],
)
def test_a_seal_that_was_touched_or_is_gone_is_noticed(
    entries: list[int], tampering: Callable[[], Any], statement: str
):
    with tampering() as cursor:
        cursor.execute(statement, [entries[19]])
    assert any("The seal of entries" in sentence for sentence in journal())


def test_entries_that_lost_their_seals_are_noticed(entries: list[int], tampering: Callable[[], Any]):
    with tampering() as cursor:
        cursor.execute("DELETE FROM keepwell_journal_seal WHERE first_entry > %s", [entries[9]])
        cursor.execute(
            "UPDATE keepwell_journal_entry SET recorded_at = now() - interval '3 hours' WHERE id > %s",
            [entries[9]],
        )
    assert list(journal()) == [f"Entries {entries[10]} to {entries[29]} bear no seal though they are old."]


@pytest.mark.django_db(transaction=True)
def test_a_change_under_way_holds_back_the_seal_of_all_that_came_after_it_began():
    """Its entries may have lower numbers than those that are there to be seen."""
    database = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    insert = (
        "INSERT INTO keepwell_journal_entry (kind, occurred_at, actor_kind, cause, facts)"
        " VALUES ('lamp.lit', now(), 'system.x', gen_random_uuid(), '{}')"
    )
    with psycopg.connect(**{key: database[key] for key in keys if key in database}) as slow:
        slow.execute(insert)
        with connection.cursor() as cursor:
            cursor.execute(insert)
        assert seal_what_has_settled(settles_for=AT_ONCE) == 0
        slow.commit()
    assert seal_what_has_settled(settles_for=AT_ONCE) == 1
    assert Seal.objects.get().entries == 2
    assert list(damages()) == []


def test_a_hundred_thousand_entries_are_sealed_and_checked_in_seconds():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO keepwell_journal_entry (kind, occurred_at, recorded_at, actor_kind, actor_id, cause,"
            " facts) SELECT 'lamp.lit', now(), now() - interval '1 day', 'person', n, gen_random_uuid(),"
            " jsonb_build_object('watts', n) FROM generate_series(1, 100000) n"
        )
        cursor.execute(
            "INSERT INTO keepwell_journal_entrysubject (kind, subject_id, entry_id)"
            " SELECT 'lamp', actor_id, id FROM keepwell_journal_entry WHERE kind = 'lamp.lit'"
        )
    began = time.perf_counter()
    assert seal_what_has_settled() >= 10
    sealed = time.perf_counter()
    assert list(damages()) == []
    checked = time.perf_counter()
    print(f"100,000 entries: sealed in {sealed - began:.1f} s, checked in {checked - sealed:.1f} s")  # noqa: T201
    assert checked - began < 60
