import pytest

from keepwell.files.kinds import HEAD_BYTES, INLINE_MEDIA_TYPES, is_program, kind_of

PNG = b"\x89PNG\r\n\x1a\n rest"


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("picture.png", PNG, "image/png"),
        ("picture.JPG", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("picture.gif", b"GIF89a", "image/gif"),
        ("picture.webp", b"RIFF\x00\x01\x02\nWEBPVP8 ", "image/webp"),
        ("error.log", "Grüße\n".encode(), "text/plain"),
        ("report.pdf", b"%PDF-1.7", "application/pdf"),
        ("list.csv", b"a;b\n1;2\n", "text/csv"),
    ],
)
def test_a_kind_needs_its_beginning_and_its_ending(name, head, media_type):
    assert kind_of(name, head).media_type == media_type


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("picture.png", b"<html><script>alert(1)</script>"),
        ("picture.png", b"\xff\xd8\xff\xe0 a jpeg"),
        ("page.html", b"<html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>"),
        ("data.xml", b"<?xml version='1.0'?>"),
        ("picture", PNG),
        ("text.txt", b"binary \x00 inside"),
        ("text.txt", "Umläute".encode("latin-1")),
        ("empty.webp", b"RIFF"),
    ],
)
def test_what_does_not_fit_is_bytes_of_no_kind_and_never_shown(name, head):
    kind = kind_of(name, head)
    assert kind.media_type == "application/octet-stream"
    assert not kind.is_inline


def test_a_character_cut_at_the_end_of_the_head_is_still_text():
    text = ("x" * (HEAD_BYTES - 1) + "é").encode()[:HEAD_BYTES]
    assert kind_of("long.txt", text).media_type == "text/plain"
    assert kind_of("short.txt", "é".encode()[:1]).media_type == "application/octet-stream"


def test_only_pictures_and_plain_text_are_ever_shown():
    assert {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"} == INLINE_MEDIA_TYPES


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("setup.exe", b"anything"),
        ("note.txt", b"MZ\x90\x00"),
        ("tool", b"\x7fELF\x02"),
        ("run.txt", b"#!/bin/sh\n"),
        ("macro.VBS", b"x"),
    ],
)
def test_what_runs_when_it_is_opened_is_a_program(name, head):
    assert is_program(name, head)


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.xlsm", "a.sql", "a"])
def test_what_does_not_run_is_none(name):
    assert not is_program(name, b"PK\x03\x04")
