"""The word `import`, as somebody types it."""

import argparse

import pytest

from keepwell.customers.models import Account
from keepwell.operate.refusals import WordRefused
from keepwell.operate.words import importing

pytestmark = pytest.mark.django_db


def typed(*given):
    parser = argparse.ArgumentParser()
    importing.arguments(parser)
    return importing.run(parser.parse_args([str(each) for each in given]))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "accounts.csv"
    path.write_text("name,time zone\nElm Falls,US/Central\n")
    return path


def test_a_file_is_tried_before_it_is_kept(file, capsys):
    assert typed("accounts", file) == 0
    assert "nothing was kept" in capsys.readouterr().out
    assert not Account.objects.exists()
    assert typed("accounts", file, "--apply") == 0
    assert "All of it is kept." in capsys.readouterr().out
    assert Account.objects.get().name == "Elm Falls"


def test_a_line_that_is_wrong_is_named_and_ends_with_one(file, capsys):
    file.write_text("name,time zone\nElm Falls,US/Central\nOak Hill,Cental\n")
    assert typed("accounts", file, "--apply") == 1
    assert "line 3: Time zone 'Cental' is not known; did you mean US/Central?" in capsys.readouterr().out
    assert not Account.objects.exists()


def test_the_heading_of_a_file_is_printed_for_somebody_who_begins_one(capsys):
    assert typed("products", "--pattern") == 0
    assert capsys.readouterr().out == "product,module,core_events,half_life_days\r\n"


def test_a_file_that_is_not_there_or_no_table_is_refused_in_words(tmp_path, file):
    with pytest.raises(WordRefused, match="No such file"):
        typed("accounts", tmp_path / "nothing.csv")
    with pytest.raises(WordRefused, match="Name the file"):
        typed("accounts")
    file.write_bytes(b"\x00\x01")
    with pytest.raises(WordRefused, match="no text file"):
        typed("accounts", file)


MAP = 'desk = "Old"\n[columns]\ncase = "Case"\ntime = "Time"\nactivity = "Event"\n'


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("Case,Time,Event\n1,2026-06-01T12:00Z,Opened\n1,2026-06-01T12:00Z,Seen\n1,never,Opened\n")
    return path


def test_a_log_is_tried_by_its_map_and_what_is_not_mapped_ends_with_one(log, tmp_path, capsys):
    mapping = tmp_path / "map.toml"
    mapping.write_text(MAP)
    assert typed("log", log, "--mapping", mapping) == 1
    said = capsys.readouterr().out
    assert "line 4: the time 'never' cannot be read" in said
    assert "Not mapped under [activities]: Seen (1)." in said
    mapping.write_text(MAP + '[activities]\n"Seen" = "ignored"\n')
    assert typed("log", log, "--mapping", mapping) == 0
    assert "nothing was kept" in capsys.readouterr().out


def test_a_map_to_begin_with_is_printed(log, capsys):
    assert typed("log", log, "--pattern") == 0
    assert '"Seen" = "ignored"' in capsys.readouterr().out


def test_a_log_without_a_map_or_with_one_that_is_none_is_refused_in_words(log, tmp_path):
    with pytest.raises(WordRefused, match="--pattern > MAP.toml"):
        typed("log", log)
    with pytest.raises(WordRefused, match="Name the log"):
        typed("log")
    with pytest.raises(WordRefused, match="No such file"):
        typed("log", log, "--mapping", tmp_path / "none.toml")
    mapping = tmp_path / "map.toml"
    mapping.write_text("desk = ")
    with pytest.raises(WordRefused, match=r"map.toml: The map is no TOML"):
        typed("log", log, "--mapping", mapping)
    log.write_text("")
    mapping.write_text(MAP)
    with pytest.raises(WordRefused, match=r"log.csv: The file is empty"):
        typed("log", log, "--mapping", mapping)
