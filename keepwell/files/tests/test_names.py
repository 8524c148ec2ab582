import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.files.names import LONGEST_BYTES, ending_of, safe_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\dana\\report.pdf", "report.pdf"),
        ("..", "file"),
        ("", "file"),
        ("...", "file"),
        ("\x00", "file"),
        ("a\x00b.txt", "ab.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("re\u200bport\ufeff.txt", "report.txt"),
        ("line\nbreak\ttab.txt", "line break tab.txt"),
        (".htaccess", "htaccess"),
        ("name. . ", "name"),
        ('<script>"x".txt', "_script__x_.txt"),
        ("CON.txt", "_CON.txt"),
        ("Stra\u0065\u0301e.txt", "Straée.txt"),
        ("\ud800lone.txt", "lone.txt"),
    ],
)
def test_a_name_is_made_safe(sent, kept):
    assert safe_name(sent) == kept


def test_ten_kilobytes_of_name_keep_their_ending():
    kept = safe_name("é" * 10_000 + ".pdf")
    assert kept.endswith("é.pdf")
    assert len(kept.encode()) <= LONGEST_BYTES


def test_an_ending_of_ten_kilobytes_is_none():
    assert len(safe_name("a." + "b" * 10_000).encode()) <= LONGEST_BYTES


@given(st.text(max_size=400))
def test_whatever_is_sent_comes_out_safe_and_made_safe_again_stays(sent):
    kept = safe_name(sent)
    assert kept
    assert safe_name(kept) == kept
    assert len(kept.encode()) <= LONGEST_BYTES
    assert not set(kept) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(char)[0] == "C" for char in kept)
    assert kept == kept.strip(" .")


@pytest.mark.parametrize(("name", "ending"), [("a.PDF", "pdf"), ("a", ""), ("a.tar.gz", "gz"), (".txt", "")])
def test_an_ending_stands_after_the_last_dot(name, ending):
    assert ending_of(name) == ending
