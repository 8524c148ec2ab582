from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.imports.columns import CellRefused, Column, flag, one_of, several, whole_number
from keepwell.imports.tables import TableRefused, read_table

COLUMNS = (Column(name="name", is_required=True, also=("account name",)), Column(name="time zone"))


def lines(text, encoding="utf-8"):
    return [dict(line.cells) for line in read_table(text.encode(encoding), COLUMNS).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_file_is_read_whatever_program_made_it(encoding, separator, ending):
    text = ending.join((separator.join(("Name", "Time_Zone")), separator.join(("Müllheim", "Europe/Berlin"))))
    assert lines(text, encoding) == [{"name": "Müllheim", "time zone": "Europe/Berlin"}]


def test_a_column_is_known_by_its_other_headings_in_any_order():
    assert lines("TIME-ZONE,Account Name\nUTC,Elm Falls") == [{"name": "Elm Falls", "time zone": "UTC"}]


def test_lines_are_counted_as_an_editor_counts_them():
    text = 'name\n"two\nlines"\n\n  \nlast'
    table = read_table(text.encode(), COLUMNS)
    assert [line.number for line in table.lines] == [2, 6]


def test_a_missing_cell_is_empty_and_one_too_many_is_counted():
    table = read_table(b"name,time zone\nElm Falls\nOak Hill,UTC,more,,again", COLUMNS)
    assert [(line["time zone"], line.too_many_cells) for line in table.lines] == [("", 0), ("UTC", 2)]


def test_headings_that_no_column_has_are_named_and_left_out():
    assert read_table(b"name,colour,\nElm Falls,red,", COLUMNS).left_out == ("colour",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file is empty"),
        (b"nane\nElm Falls", "column 'name' is missing. Is it the one called 'nane'"),
        (b"time zone\nUTC", "column 'name' is missing"),
        (b"name,account name\na,b", "'name' is there twice"),
        (b'name\n"Elm Falls', "Line 2 cannot be read"),
        (b"PK\x03\x04\x00\x00", "no text file"),
        (b"\x81\x8d", "no text file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content, words):
    with pytest.raises(TableRefused, match=words):
        read_table(content, COLUMNS)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(content):
    with suppress(TableRefused):
        table = read_table(b"name\n" + content, COLUMNS)
        assert all(line.number > 1 for line in table.lines)


def test_a_word_misspelt_finds_the_one_that_was_meant():
    with pytest.raises(CellRefused, match=r"Lifecycle 'liev' is not known; did you mean live\?"):
        one_of("liev", {"live": "live", "left": "left"}, "Lifecycle")
    with pytest.raises(CellRefused, match="it can be live, left"):
        one_of("zzz", {"live": "live", "left": "left"}, "Lifecycle")


def test_cells_of_numbers_flags_and_several_values():
    assert whole_number("3", "Level", 1, 3) == 3
    for wrong in ("0", "4", "x", "1.5", "-1", "²", "9" * 5000):
        with pytest.raises(CellRefused, match="from 1 to 3"):
            whole_number(wrong, "Level", 1, 3)
    assert (flag("Yes", "Access"), flag("", "Access")) == (True, False)
    with pytest.raises(CellRefused, match="to be yes or no"):
        flag("maybe", "Access")
    assert several("a; b|c,\n d") == ["a", "b", "c", "d"]
