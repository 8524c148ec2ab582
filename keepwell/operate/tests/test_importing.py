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
    assert capsys.readouterr().out == "product,module\r\n"


def test_a_file_that_is_not_there_or_no_table_is_refused_in_words(tmp_path, file):
    with pytest.raises(WordRefused, match="No such file"):
        typed("accounts", tmp_path / "nothing.csv")
    with pytest.raises(WordRefused, match="Name the file"):
        typed("accounts")
    file.write_bytes(b"\x00\x01")
    with pytest.raises(WordRefused, match="no text file"):
        typed("accounts", file)
