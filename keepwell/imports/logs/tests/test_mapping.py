"""A map that cannot be used says what to mend in it."""

from pathlib import Path

import pytest

from keepwell.imports.logs.mapping import MapRefused, read_map
from keepwell.imports.logs.tests.conftest import MAP

LEAST = 'desk = "Old"\n[columns]\ncase = "A"\ntime = "B"\nstate = "C"\n'


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("desk = Old", "The map is no TOML"),
        (MAP.replace('"P2" =', '"P1" ='), "The map says the same thing twice"),
        (MAP.replace('"P2" =', '"p1 " ='), "'p1 ' is mapped twice under \\[severities\\]"),
        (MAP.replace('desk = "Old desk"', ""), "does not say what the other desk is called"),
        (MAP.replace('case = "Ticket"', ""), "does not say in which column the case stands"),
        (MAP.replace('time = "When"', ""), "does not say in which column the time stands"),
        (MAP.replace('activity = "What"', ""), "names no column of activities and none of states"),
        (MAP.replace('case = "Ticket"', 'cases = "Ticket"'), "'cases'. Did you mean 'case'"),
        (MAP.replace('case = "Ticket"', "case = 1"), "is to be named by its heading"),
        (MAP.replace('"P1" = "high"', '"P1" = "hihg"'), "'hihg', which is not known. Did you mean 'high'"),
        (MAP.replace('"Tier 1" = 1', '"Tier 1" = 4'), "'4', which is not known"),
        (MAP.replace('"Tier 1" = 1', '"Tier 1" = true'), "which is not known"),
        (MAP.replace('zone = "UTC"', 'zone = "Cental"'), "Did you mean 'US/Central'"),
        (MAP.replace('zone = "UTC"', "zone = 1"), "'zone' is to be a text"),
        (MAP.replace('zone = "UTC"', "times = []"), "'times' is to be a list of formats"),
        (MAP.replace('zone = "UTC"', 'encoding = "utf-9"'), "encoding 'utf-9' is not known"),
        (MAP.replace('zone = "UTC"', 'separator = "::"'), "separator is to be"),
        (MAP.replace('zone = "UTC"', 'first_row_opens = "yes"'), "is to be true or false"),
        (MAP.replace("[severities]", "[severity]"), "'severity', .* Did you mean 'severities'"),
        ("levels = 1\n" + LEAST, "'levels' is to be a table"),
    ],
)
def test_what_is_wrong_with_a_map_is_said(mapping, said):
    with pytest.raises(MapRefused, match=said):
        read_map(mapping.encode())


def test_bytes_that_are_no_utf_8_are_no_map():
    with pytest.raises(MapRefused, match="not written in UTF-8"):
        read_map(b'desk = "\xff"')


def test_capitals_and_blanks_of_values_do_not_matter_and_a_star_is_anything_else():
    found = read_map((LEAST + '[states]\n"In  Work" = "open"\n"*" = "ignored"\n').encode())
    assert found.meaning("state", "in work") == "open"
    assert found.meaning("state", "Gone") == "ignored"


def test_a_value_that_is_called_as_its_meaning_needs_no_line():
    found = read_map(LEAST.encode())
    assert (found.meaning("severity", "High"), found.meaning("severity", "P1")) == ("high", None)


def test_a_log_of_states_only_opens_a_case_with_its_first_row():
    assert read_map(LEAST.encode()).first_row_opens
    assert not read_map(MAP.encode()).first_row_opens


def test_a_column_that_the_file_does_not_have_is_named_with_what_may_be_meant(log):
    with pytest.raises(MapRefused, match="'Tickets', which the file does not have. Did you mean 'Ticket'"):
        log(mapping=MAP.replace('"Ticket"', '"Tickets"'))
    with pytest.raises(MapRefused, match="two columns called 'When'"):
        log(heading="Ticket,When,What,Priority,Tier,Group,When\n")


def test_the_map_that_the_handbook_shows_can_be_used():
    page = Path(__file__).parents[4] / "docs" / "operate" / "bring-in-a-log.md"
    found = read_map(page.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0].encode())
    assert found.meaning("activity", "Waiting for requester") == "wait"
    assert found.meaning("group", "Service desk") == "First level"
