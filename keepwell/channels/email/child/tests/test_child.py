"""A child that reads mails, and whatever may become of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from keepwell.channels.email.child import reading
from keepwell.channels.email.child.reading import NO_RECORD, Limits, Reader, Unreadable, record_in
from keepwell.channels.email.child.working import ANSWER, TOO_MUCH_MEMORY
from keepwell.channels.email.parsed import MailFile, ParsedMail, as_json
from keepwell.channels.email.tests import hostile

MAIL = hostile.HEAD + b"Subject: hello\n\nwords\n"


@pytest.fixture
def reader():
    made = Reader()
    yield made
    made.close()


def _read(reader: Reader, folder: Path, raw: bytes = MAIL):
    folder = folder / str(len(list(folder.iterdir())))
    folder.mkdir()
    (folder / "raw").write_bytes(raw)
    return reader.read(folder / "raw", folder)


def test_one_child_reads_many_mails(reader, tmp_path):
    assert _read(reader, tmp_path).subject == "hello"
    first = reader.process_id
    assert _read(reader, tmp_path).body_text == "words"
    assert reader.process_id == first


def test_after_so_many_mails_there_is_a_new_child(tmp_path):
    reader = Reader(Limits(mails=2))
    seen = {(_read(reader, tmp_path), reader.process_id)[1] for _ in range(3)}
    reader.close()
    assert len(seen) == 2


def test_the_child_knows_neither_django_nor_our_environment(monkeypatch):
    told = "import sys, keepwell.channels.email.child.working; print('django' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_a_child_that_was_killed_gives_way_to_a_new_one(reader, tmp_path):
    _read(reader, tmp_path)
    first = reader.process_id
    os.kill(first, 9)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert _read(reader, tmp_path).subject == "hello"
    assert reader.process_id != first


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import os; os._exit(3)", "Reading it failed."),
        ("import time; input(); time.sleep(60)", "Reading it takes longer than it is given."),
        ("input(); print('garbage')", NO_RECORD),
        ("input(); print('[]')", NO_RECORD),
        ("input(); print('{}')", NO_RECORD),
        ("input(); print('x' * 100000)", "No line came."),
        ('input(); print(\'{"why": "It says why."}\')', "It says why."),
    ],
)
def test_whatever_the_child_does_the_parent_is_told_why(program, why, tmp_path, monkeypatch):
    def started(limits: Limits) -> subprocess.Popen[bytes]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-c", program], bufsize=0, **pipes)

    monkeypatch.setattr(reading, "_started", started)
    reader = Reader(Limits(seconds=1 if "sleep" in program else 10))
    with pytest.raises(Unreadable, match=why[:40]):
        _read(reader, tmp_path)
    assert reader.process_id is None


def test_a_record_with_a_file_elsewhere_is_not_believed(tmp_path):
    record = as_json(
        ParsedMail(attachments=(MailFile(name="x", content_type="a/b", size=1, sha256="", file="../x"),))
    )
    (tmp_path / ANSWER).write_text(json.dumps(record))
    with pytest.raises(Unreadable):
        record_in(tmp_path)


def test_a_mail_that_takes_too_much_memory_is_told_and_the_next_one_is_read(tmp_path):
    reader = Reader(Limits(memory_bytes=150 * 1024 * 1024))
    with pytest.raises(Unreadable, match=TOO_MUCH_MEMORY):
        _read(reader, tmp_path, hostile.attachment(18_000_000))
    assert reader.process_id is None
    assert _read(reader, tmp_path).subject == "hello"
    reader.close()
