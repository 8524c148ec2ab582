"""Whatever is wrong with a row is said with its line, and costs that row and no other."""

import pytest

from keepwell.cases.models import Case
from keepwell.imports.logs.tests.conftest import HEADING, MAP, tried
from keepwell.imports.tables import TableRefused
from keepwell.journal.models import Entry

GOOD = "A-9,2026-06-17T12:00,Created,P1,,"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",2026-06-17T12:00,Created,P1,,", "line 3: it names no case."),
        ("A-1,,Created,P1,,", "line 3: it says no time."),
        (
            "A-1,yesterday,Created,P1,,",
            "line 3: the time 'yesterday' cannot be read; name its format in the map.",
        ),
        ("A-1,2027-01-01T12:00,Created,P1,,", "line 3: the time '2027-01-01T12:00' lies in the future."),
        (
            "A-1,1999-01-01T12:00,Created,P1,,",
            "line 3: the time '1999-01-01T12:00' lies before the year 2000, "
            "from which on calendars are known.",
        ),
        (
            "A-1,2026-06-17T12:00,Answered,P1,,",
            "line 3: its case 'A-1' is neither opened in this file nor known from another one.",
        ),
        (
            "A-9,2026-06-17T11:59,Answered,P1,,",
            "line 3: it happened before its case 'A-9' was opened.",
        ),
        ("A-1,2026-06-17T12:00", "line 3: it has fewer cells than the heading has columns."),
        (
            "A-1,2026-06-17T12:00,Created,P1,,,more",
            "line 3: it has more cells than the heading; a text with a separator needs quotation marks.",
        ),
        (
            'A-1,"2026-06-17T12:00" late,Created,P1,,',
            "line 3: it is no line of a CSV file (',' expected after '\"'); "
            "a quotation mark may be missing or too much.",
        ),
        (
            "A" * 201 + ",2026-06-17T12:00,Created,P1,,",
            "line 3: the name of its case is longer than 200 characters.",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(log, row, said):
    report, refused = log(GOOD, row, "A-9,2026-06-17T13:00,Answered,P1,,")
    assert refused == [said]
    assert Case.objects.count() == 1
    assert Entry.objects.filter(kind="message.sent").count() == 1


def test_a_time_without_a_zone_is_refused_where_the_map_names_none(log):
    mapping = MAP.replace('zone = "UTC"', "")
    report, refused = log(GOOD, "A-8,2026-06-17T12:00+02:00,Created,P1,,", mapping=mapping)
    assert refused == [
        "line 2: the time '2026-06-17T12:00' has no time zone; name the zone of such times in the map."
    ]
    assert Case.objects.get().opened_at.isoformat() == "2026-06-17T10:00:00+00:00"


def test_a_time_is_read_in_the_zone_and_the_format_of_the_map(log):
    mapping = MAP.replace('zone = "UTC"', 'zone = "America/Chicago"\ntimes = ["%d.%m.%Y %H:%M", "iso"]')
    log("A-1,17.06.2026 12:00,Created,P1,,", "A-2,2026-06-17T12:00,Created,P1,,", mapping=mapping)
    instants = {case.opened_at.isoformat() for case in Case.objects.all()}
    assert instants == {"2026-06-17T17:00:00+00:00"}


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(log):
    report, refused = log('A-1,2026-06-17T12:00,"Created,P1,,', GOOD, "A-8,2026-06-17T12:00,Created,P1,,")
    assert [words.partition(":")[0] for words in refused] == ["line 2"]
    assert Case.objects.count() == 2


def test_a_cell_may_go_over_several_lines_and_the_next_row_is_counted_behind_it(log):
    report, refused = log('"A\n1",2026-06-17T12:00,Created,P1,,', "A-2,,Created,P1,,")
    assert refused == ["line 4: it says no time."]
    assert Case.objects.get().subject == "Case A 1 of Old desk"


def test_rows_out_of_order_are_put_in_order_and_counted(log):
    report, refused = log(
        "A-1,2026-06-17T14:00,Solved,P1,,",
        "A-1,2026-06-17T13:00,Answered,P1,,",
        "A-1,2026-06-17T12:00,Created,P1,,",
    )
    assert (report.moved, report.moved_cases) == (2, 1)
    kinds = Entry.objects.about("case", Case.objects.get().pk).values_list("kind", flat=True)
    assert list(kinds) == ["case.opened", "message.sent", "case.resolved"]


def test_the_same_event_twice_is_kept_once_and_counted(log):
    report, refused = log(
        GOOD, GOOD, "A-9,2026-06-17T13:00,Answered,P1,,", "A-9,2026-06-17T13:00,Answered,P1,,"
    )
    assert (report.twice, report.events) == (2, 2)
    assert "2 rows say again what another one says: kept once." in report.sentences()
    assert Entry.objects.filter(kind="message.sent").count() == 1


def test_what_is_not_written_in_utf_8_is_said_and_read_where_the_map_names_the_encoding(guidelines, tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes((HEADING + "Ä-1,2026-06-17T12:00,Created,P1,,\n" + GOOD).encode("cp1252"))
    report, refused = tried(path, is_applied=True)
    assert refused == ["line 2: it is not written in UTF-8; name the encoding of the file in the map."]
    report, refused = tried(
        path, MAP.replace('zone = "UTC"', 'zone = "UTC"\nencoding = "cp1252"'), is_applied=True
    )
    assert (refused, report.cases, report.as_they_were) == ([], 1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file is empty"),
        (b"\x00\x01\x02", "no text file"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(guidelines, tmp_path, content, said):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(TableRefused, match=said):
        tried(path)


def test_a_file_with_marks_semicolons_or_wide_letters_is_read(guidelines, tmp_path):
    path = tmp_path / "log.csv"
    text = (HEADING + GOOD + "\n").replace(",", ";")
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_bytes(text.encode(encoding))
        report, refused = tried(path)
        assert (report.cases, refused) == (1, [])


def test_a_heading_without_rows_brings_nothing(log):
    report, refused = log()
    assert "Nothing comes in." in report.sentences()
