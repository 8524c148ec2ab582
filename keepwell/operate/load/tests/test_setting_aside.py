"""Indexes and keys that a load sets aside come back as they were, or stand in a list until they do."""

from __future__ import annotations

import re
from argparse import Namespace

import pytest
from django.db import IntegrityError, connection, transaction

from keepwell.operate.load.setting_aside import WRITTEN, put_back, set_aside, what_is_set_aside
from keepwell.operate.refusals import WordRefused
from keepwell.operate.words import serve, worker

HANGING_ON = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
      FROM pg_constraint WHERE conrelid = ANY(%s::regclass[])
     UNION ALL
    SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid
      FROM pg_index WHERE indrelid = ANY(%s::regclass[])
     ORDER BY 1, 2, 3
"""


# A condition that PostgreSQL has read back from its own words has its casts in other places.
CASTS = re.compile(r"::character varying|::text(\[\])?|[()]")


def hanging_on() -> list[tuple[str, str, str, bool]]:
    """Every index and constraint of the tables that a load writes, with its definition."""
    tables = [model._meta.db_table for model in WRITTEN]
    with connection.cursor() as cursor:
        cursor.execute(HANGING_ON, [tables, tables])
        found = cursor.fetchall()
    return [(table, name, CASTS.sub("", words), is_valid) for table, name, words, is_valid in found]


def test_all_of_it_comes_back_as_it_was(db: None) -> None:
    before = hanging_on()
    set_aside()
    kept = {name for _table, name, _definition, _valid in hanging_on()}
    assert {name for _table, name, _definition, _valid in before} - kept >= {"subject_once", "entry_actor"}
    assert "keepwell_cases_case_pkey" in kept
    for one in what_is_set_aside():
        put_back(one)
    assert hanging_on() == before
    assert all(is_valid for *_definition, is_valid in before)
    assert what_is_set_aside() == []


def test_nothing_serves_or_works_until_all_of_it_is_back(db: None) -> None:
    set_aside()
    first, *later = what_is_set_aside()
    put_back(first)
    assert what_is_set_aside() == later
    for word in (serve, worker):
        with pytest.raises(WordRefused, match="was not finished"):
            word.run(Namespace(workers=1))


def test_rows_that_break_a_rule_are_found_when_it_comes_back(db: None) -> None:
    set_aside()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO keepwell_cases_levelstay (case_id, level, entered_at) VALUES (77, 1, now())"
        )
    left = []
    for one in what_is_set_aside():
        try:
            with transaction.atomic():
                put_back(one)
        except IntegrityError:
            left.append(one)
    assert what_is_set_aside() == left
    assert len(left) == 1, "there is no case 77"
