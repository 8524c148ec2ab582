"""The word `mail`: a mail server's exit codes, and what is shown."""

from __future__ import annotations

import io
import json
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import OperationalError

from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import ImapAccount, InboundMail
from keepwell.operate import checking_mails, command
from keepwell.operate.embedded.refusals import DatabaseRefused
from keepwell.operate.words import mail as word
from keepwell.people.actors import System
from tests import cast

RAW = (
    b"From: Dana <dana@outside.example>\nSubject: Silent\nMessage-ID: <1@outside.example>\n\n"
    b"It says nothing.\n"
)


@pytest.fixture(autouse=True)
def database_that_runs_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_end_in_order", lambda: None)
    monkeypatch.setattr(command, "database_in_use", nullcontext)


def _receive(monkeypatch: pytest.MonkeyPatch, raw: bytes, mailbox: str = "help@keepwell.example") -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    return command.main(["mail", "receive", "--mailbox", mailbox, "--sender", "bounce@outside.example"])


@pytest.mark.django_db
def test_a_mail_is_taken_and_shown(monkeypatch, capsys):
    cast.the_guidelines()
    add_mailbox("help@keepwell.example", by=System("test"))
    assert _receive(monkeypatch, RAW) == 0
    identity = capsys.readouterr().out.strip()
    understand(int(identity))
    assert command.main(["mail", "show", identity, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["from"], shown["display_name"]) == ("dana@outside.example", "Dana")
    assert (shown["subject"], shown["message_id"]) == ("Silent", "<1@outside.example>")
    assert shown["body_text"] == shown["trimmed_text"] == "It says nothing."
    assert (shown["envelope_sender"], shown["size"]) == ("bounce@outside.example", len(RAW))
    assert shown["case"] == InboundMail.objects.get().case.number
    assert shown["decision"]
    assert shown["why"]


@pytest.mark.django_db
def test_what_cannot_be_taken_now_is_left_to_the_mail_server(monkeypatch, capsys):
    assert _receive(monkeypatch, RAW, "nobody@keepwell.example") == 75
    assert "nobody@keepwell.example" in capsys.readouterr().err

    def away(*_given: object, **_named: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(word, "mailbox_at", away)
    assert _receive(monkeypatch, RAW) == 75
    assert "try again" in capsys.readouterr().err
    assert not InboundMail.objects.exists()


@pytest.mark.django_db
def test_what_is_never_taken_is_said_so(monkeypatch, capsys):
    add_mailbox("help@keepwell.example", by=System("test"))
    assert _receive(monkeypatch, b"") == 65
    assert "empty" in capsys.readouterr().err


def test_a_database_that_does_not_start_leaves_the_mail_to_the_mail_server(monkeypatch, capsys):
    def away() -> None:
        raise DatabaseRefused("It does not start.")

    monkeypatch.setattr(command, "database_in_use", away)
    assert command.main(["mail", "receive", "--mailbox", "help@keepwell.example"]) == 75
    assert command.main(["doctor"]) == 1


@pytest.mark.django_db
def test_a_mail_that_is_not_there_is_said_so(capsys):
    assert command.main(["mail", "show", "999999"]) == 1
    assert "There is no mail 999999." in capsys.readouterr().err


@pytest.mark.django_db
def test_each_file_of_a_folder_is_one_line_in_an_installation_that_nobody_set_up(
    tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.setattr(checking_mails, "bring_up_to_date", lambda: None)
    (tmp_path / "b.eml").write_bytes(RAW)
    (tmp_path / "a.eml").write_bytes(b"")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.eml").write_bytes(b"\xff\xfe")
    assert checking_mails.check(tmp_path) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == ["a.eml", "b.eml", "c/d.eml"]
    assert [line["state"] for line in lines] == ["refused", "placed", "placed"]
    assert not any(line["crashed"] for line in lines)


@pytest.mark.django_db
def test_a_file_that_breaks_something_is_told_in_its_line(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr(checking_mails, "bring_up_to_date", lambda: None)
    monkeypatch.setattr(checking_mails, "understand", lambda _mail: 1 / 0)
    (tmp_path / "b.eml").write_bytes(RAW)
    assert checking_mails.check(tmp_path) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_mailbox_is_set_up_and_its_server_s_answer_is_told(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a pass phrase\n"))
    given = ["mail", "mailbox", "help@keepwell.example", "--imap", "127.0.0.1", "--tls", "plain"]
    assert command.main([*given, "--port", "9", "--try"]) == 1
    said = capsys.readouterr().out
    assert "fetched from 127.0.0.1" in said
    assert "Nothing answers at 127.0.0.1, port 9." in said
    assert "pass phrase" not in said
    assert ImapAccount.objects.get().takes_from is not None
