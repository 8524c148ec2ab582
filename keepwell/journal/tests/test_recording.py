from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from keepwell.journal.kinds import FactRefused, UnknownKind, all_kinds, declare, kind_of, kinds_customers_see
from keepwell.journal.models import Entry, EntrySubject
from keepwell.journal.reacting import on, when_settled
from keepwell.journal.recording import NotInTransaction, caused_by, record
from keepwell.journal.tests.somebody import TEST

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)


def lit(**given: Any) -> Entry:
    return record("lamp.lit", **{"by": TEST, "at": NOON, "subjects": [("lamp", 1)], **given})


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_change_is_refused():
    with pytest.raises(NotInTransaction, match=r"lamp\.lit"):
        lit()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_change_it_tells_of():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lit(facts={"watts": 1 // 0})
    with transaction.atomic():
        lit()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not EntrySubject.objects.exists()


@pytest.mark.django_db
def test_an_entry_says_who_what_when_on_what_and_when_it_was_written():
    entry = lit(subjects=[("lamp", 1), ("street", 2), ("lamp", 1)], facts={"watts": 60})
    entry.refresh_from_db()
    assert (entry.kind, entry.actor_ref, entry.occurred_at) == ("lamp.lit", ("system.test", None), NOON)
    assert entry.fact("watts") == 60
    assert entry.fact("state") is None
    assert sorted(entry.subjects.values_list("kind", "subject_id")) == [("lamp", 1), ("street", 2)]
    assert abs(entry.recorded_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert Entry.objects.about("street", 2).get() == entry
    assert not Entry.objects.about("lamp", 2).exists()


@pytest.mark.django_db
def test_the_sequence_is_that_in_which_entries_were_written_not_when_they_happened():
    later, earlier = lit(at=NOON), lit(at=NOON - timedelta(hours=1))
    assert [entry.pk for entry in Entry.objects.about("lamp", 1)] == [later.pk, earlier.pk]
    assert [entry.pk for entry in Entry.objects.since(later.pk)] == [earlier.pk]


@pytest.mark.django_db
def test_an_unknown_kind_is_refused():
    with pytest.raises(UnknownKind, match=r"lamp\.burst"):
        record("lamp.burst", by=TEST, subjects=[])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"colour": "red"}, "declares no fact 'colour'"),
        ({"watts": "60"}, "watts is to be int"),
        ({"watts": True}, "watts is to be int"),
        ({"is_bright": 1}, "is_bright is to be bool"),
        ({"since": "2026-06-09"}, "since is to be datetime"),
        ({"state": "it flickers"}, "state holds words"),
        ({"state": "dana@elm-falls.example"}, "state holds words"),
        ({"state": "Straße"}, "state holds words"),
        ({"state": "x" * 65}, "state holds words"),
        ({"state": "on\n"}, "state holds words"),
        ({"bulbs": ["left", "the other one"]}, "bulbs holds words"),
        ({"bulbs": [["left"]]}, "bulbs holds a list"),
        ({"bulbs": [1.5]}, "bulbs holds a float"),
    ],
)
def test_facts_are_what_was_declared_and_never_words(facts: dict[str, Any], words: str):
    with pytest.raises(FactRefused, match=words):
        lit(facts=facts)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_facts_of_every_type_are_stored_so_that_they_can_be_read_again():
    facts: dict[str, Any] = {
        "watts": 0,
        "is_bright": False,
        "state": "on",
        "since": NOON,
        "price": Decimal("1.50"),
    }
    facts["bulbs"] = ["a-1", 2]
    assert lit(facts=facts).facts == {
        "watts": 0,
        "is_bright": False,
        "state": "on",
        "since": "2026-06-09T12:00:00+00:00",
        "price": "1.50",
        "bulbs": ["a-1", 2],
    }
    assert lit(facts={"watts": None}).facts == {"watts": None}


def test_a_kind_is_declared_once_and_named_as_all_are():
    with pytest.raises(ValueError, match="twice"):
        declare("lamp.lit", words="Lit")
    for name in ("lamp", "Lamp.lit", "lamp.lit.again", "lamp lit", "lamp.l1t"):
        with pytest.raises(ValueError, match="noun"):
            declare(name, words="?")
    assert kind_of("lamp.lit") in all_kinds()
    assert "lamp.lit" in kinds_customers_see()
    assert "lamp.darkened" not in kinds_customers_see()


@pytest.mark.django_db
def test_reactions_run_at_once_and_share_the_cause_of_what_they_react_to():
    @on("lamp.lit")
    def darken_another(entry: Entry) -> None:
        record("lamp.darkened", by=TEST, at=entry.occurred_at, subjects=[("lamp", 2)])

    entry = lit()
    darkened = Entry.objects.get(kind="lamp.darkened")
    assert darkened.cause == entry.cause
    assert lit().cause != entry.cause


@pytest.mark.django_db(transaction=True)
def test_a_reaction_that_fails_takes_the_change_with_it():
    @on("lamp.lit")
    def fail(entry: Entry) -> None:
        raise RuntimeError("a bug elsewhere")

    with pytest.raises(RuntimeError), transaction.atomic():
        lit()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_entries_of_one_doing_share_a_cause_also_one_given():
    with caused_by() as cause:
        assert lit().cause == lit().cause == cause
    given = uuid.uuid4()
    with caused_by(given):
        assert lit().cause == given
        with caused_by():
            assert lit().cause == given


@pytest.mark.django_db
def test_a_subject_settles_once_after_a_change_and_all_its_consequences():
    seen: list[tuple[int, list[str]]] = []

    @on("lamp.lit")
    def darken(entry: Entry) -> None:
        record("lamp.darkened", by=TEST, subjects=[("lamp", 1)])

    when_settled("lamp")(lambda identity, entries: seen.append((identity, [entry.kind for entry in entries])))
    with caused_by():
        lit()
        lit(subjects=[("lamp", 2), ("street", 9)])
        assert seen == []
    assert seen == [(1, ["lamp.lit", "lamp.darkened", "lamp.darkened"]), (2, ["lamp.lit"])]


@pytest.mark.django_db
def test_nothing_settles_where_the_change_failed():
    seen: list[int] = []
    when_settled("lamp")(lambda identity, entries: seen.append(identity))
    with pytest.raises(FactRefused), caused_by(), transaction.atomic():
        lit(facts={"watts": bool(lit())})
    assert seen == []
    lit()
    assert seen == [1]
