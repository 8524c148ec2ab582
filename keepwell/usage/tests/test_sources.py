"""Sources: who may add them, their keys, and how they are stopped."""

from __future__ import annotations

import pytest

from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.usage.models import Source, SourceKind
from keepwell.usage.refusals import SourceRefused
from keepwell.usage.verbs.sources import (
    NewSource,
    add_source,
    change_source,
    replace_key,
    resume_source,
    source_of_key,
    stop_source,
)
from tests import cast
from tests.canary import places_holding

pytestmark = pytest.mark.django_db


def new(**given) -> NewSource:
    return NewSource(**{"name": "App", "kind": SourceKind.SEGMENT, "product": cast.roadworks(), **given})


def test_a_key_is_shown_once_and_kept_nowhere():
    source, key = add_source(new(), by=cast.CAST)
    assert source_of_key(key) == source
    assert places_holding(key) == {}
    assert source.key_ends_with == key[-4:]
    assert [source_of_key(other) for other in ("", key[:-1], source.key_hash)] == [None] * 3


def test_a_replaced_key_opens_nothing_any_more():
    source, before = add_source(new(), by=cast.CAST)
    after = replace_key(source, by=cast.CAST)
    assert source_of_key(before) is None
    assert source_of_key(after) == source


def test_a_stopped_source_opens_nothing_until_it_is_resumed():
    source, key = add_source(new(), by=cast.CAST)
    for verb in (stop_source, stop_source):
        verb(source, by=cast.CAST)
    assert source_of_key(key) is None
    resume_source(source, by=cast.CAST)
    assert source_of_key(key) == source
    kinds = list(Entry.objects.about("source", source.pk).values_list("kind", flat=True))
    assert kinds == ["source.added", "source.stopped", "source.resumed"]


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"kind": "carrier pigeon"},
        {"kind": SourceKind.WAREHOUSE},
        {"kind": SourceKind.CSV, "table": "events"},
        {"silent_after_hours": 0},
    ],
)
def test_a_source_that_cannot_be_is_refused(given):
    with pytest.raises(SourceRefused):
        add_source(new(**given), by=cast.CAST)
    assert not Source.objects.exists()


def test_a_name_is_there_once_and_files_have_no_key():
    source, _key = add_source(new(), by=cast.CAST)
    files, key = add_source(new(name="Files", kind=SourceKind.CSV), by=cast.CAST)
    assert key == ""
    with pytest.raises(SourceRefused):
        change_source(files, "APP", 24, by=cast.CAST)
    with pytest.raises(SourceRefused):
        replace_key(files, by=cast.CAST)
    change_source(source, "App", 72, by=cast.CAST)
    change_source(source, "App two", 24, by=cast.CAST)
    assert Entry.objects.filter(kind="source.changed").count() == 1


def test_only_administrators_may():
    for who in (cast.maria_the_specialist(), cast.sam_the_success_manager(), cast.dana_at_elm_falls()):
        with pytest.raises(NotPermitted):
            add_source(new(), by=who)
    add_source(new(), by=cast.ada_the_administrator())
