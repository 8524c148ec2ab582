"""The proof in small: a log with every fault in it, stopped in the middle and begun again."""

import pytest
from django.db import connection

from keepwell.cases.models import Case
from keepwell.imports.logs import writing
from keepwell.imports.logs.tests import by_hand, faulty_log
from keepwell.imports.logs.tests.conftest import tried
from keepwell.imports.models import ImportedCase
from keepwell.journal.models import Entry
from keepwell.service_levels.checking import clock_differences
from keepwell.service_levels.models import Clock

CASES = 60


@pytest.fixture
def known():
    return faulty_log.make(CASES, seed=1, more=by_hand.ROWS)


@pytest.fixture
def path(known, tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(known.content)
    return path


def test_every_fault_is_said_with_its_line_and_the_rest_is_counted(guidelines, known, path):
    report, refused = tried(path, faulty_log.MAP)
    said = {int(words.split()[1].rstrip(":")): words for words in refused}
    assert sorted(said) == sorted(known.refused)
    assert [words for line, words in known.refused.items() if words not in said[line]] == []
    assert (report.cases, report.events) == (known.cases, known.events)
    assert (report.twice, report.moved) == (known.twice, known.moved)
    assert not Case.objects.exists()


def test_stopped_in_the_middle_and_begun_again_all_of_it_is_in_once(guidelines, known, path, monkeypatch):
    monkeypatch.setattr("keepwell.imports.logs.sorting_out.CASES_AT_ONCE", 25)
    bring_up, chunks = writing.Writer._count, []

    def stopped_in_the_second(self, coming):
        chunks.append(len(coming))
        if len(chunks) == 2:
            raise KeyboardInterrupt
        bring_up(self, coming)

    monkeypatch.setattr(writing.Writer, "_count", stopped_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        tried(path, faulty_log.MAP, is_applied=True)
    assert ImportedCase.objects.count() >= chunks[0] == 25, "the first chunk is whole"
    assert ImportedCase.objects.filter(part=1).count() == 25, "and of the second there is nothing"
    report, refused = tried(path, faulty_log.MAP, is_applied=True)
    assert report.cases == known.cases - 25
    assert ImportedCase.objects.filter(part=1).count() == known.cases
    assert Case.objects.count() == ImportedCase.objects.count()
    assert Entry.objects.filter(kind="case.opened").count() == Case.objects.count()


def test_clocks_are_those_that_were_worked_out_on_paper_and_those_of_the_replay(guidelines, path):
    tried(path, faulty_log.MAP, is_applied=True)
    with connection.cursor() as cursor:
        cursor.execute(by_hand.CLOCKS_OF)
        assert by_hand.differences(cursor.fetchall()) == []
    assert list(clock_differences()) == []
    assert Clock.objects.count() > 3 * CASES
