from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.journal.models import Entry
from keepwell.outbox.backend import PURPOSE_HEADER
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Outgoing, Purpose, State
from keepwell.outbox.tests.mails import queued
from keepwell.outbox.verbs.branding import change_brand
from keepwell.outbox.verbs.handing_over import deliver_what_is_due
from keepwell.outbox.verbs.queuing import AddressRefused, enqueue, send_letter
from keepwell.people.actors import System

pytestmark = pytest.mark.django_db
TEST = System("test")
DANA = Recipient(address="dana@elm-falls.example", name="Dana Kim")


def parsed(mail: Outgoing) -> Parsed:
    found = message_from_bytes(bytes(mail.raw), policy=policy.default)
    assert isinstance(found, Parsed)
    return found


def letter(**changes: Any) -> Letter:
    context = {"number": 10233, "subject": "Can't save <b>work orders</b> & more"}
    given = {"template": "outbox/tests/letter", "to": DANA, "purpose": Purpose.RECEIPT, "context": context}
    return Letter(**{**given, **changes})


def test_a_letter_says_the_same_in_text_and_in_html(noon: datetime):
    change_brand(
        by=TEST,
        name="Publica",
        sender_name="Publica Support",
        sender_address="help@publica.example",
        signature="Publica Support\nOpen 7 to 19 Central",
    )
    [mail] = send_letter(letter(), by=TEST, at=noon)
    found = parsed(mail)
    assert found["Subject"] == "Your case 10233"
    assert found["From"] == "Publica Support <help@publica.example>"
    assert found["To"] == "Dana Kim <dana@elm-falls.example>"
    text = found.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Can't save <b>work orders</b> & more" in text
    assert text.rstrip().endswith("-- \nPublica Support\nOpen 7 to 19 Central")
    html = found.get_body(("html",)).get_content()
    assert "&lt;b&gt;work orders" in html
    assert "<b>work orders" not in html
    assert "portal/cases/10233/" in html
    assert "Open 7 to 19 Central" in html


def test_a_receipt_says_that_a_machine_wrote_it_and_a_reply_does_not(noon: datetime):
    automatic, reply = queued(purpose=Purpose.RECEIPT, at=noon), queued(purpose=Purpose.REPLY, at=noon)
    assert parsed(automatic)["Auto-Submitted"] == "auto-replied"
    assert parsed(automatic)["X-Auto-Response-Suppress"] == "All"
    assert parsed(queued(purpose=Purpose.CODE, at=noon))["Auto-Submitted"] == "auto-generated"
    assert parsed(reply)["Auto-Submitted"] is None
    assert parsed(reply)["Date"].datetime == noon


def test_a_mail_to_three_people_is_three_rows_with_one_id(noon: datetime):
    message = EmailMessage(
        "Hello",
        "Text",
        "help@publica.example",
        ["a@x.example", "b@x.example"],
        bcc=["secret@y.example"],
        cc=["A <a@x.example>"],
    )
    rows = enqueue(message, purpose=Purpose.REPLY, by=TEST, at=noon)
    assert sorted(row.to_address for row in rows) == ["a@x.example", "b@x.example", "secret@y.example"]
    assert len({row.message_id for row in rows}) == 1
    assert b"secret@y.example" not in bytes(rows[0].raw)


def test_an_id_given_by_the_caller_stays(noon: datetime):
    message = EmailMessage(
        "Hello",
        "Text",
        "help@publica.example",
        ["a@x.example"],
        headers={"Message-ID": "<case-7.abc@publica.example>"},
    )
    [row] = enqueue(message, purpose=Purpose.REPLY, by=TEST, at=noon)
    assert row.message_id == parsed(row)["Message-ID"] == "<case-7.abc@publica.example>"


@pytest.mark.parametrize("field", ["subject", "from_email", "header"])
def test_nobody_smuggles_a_header_into_a_mail(noon: datetime, field: str):
    smuggled = "Hello\r\nBcc: everybody@x.example"
    message = EmailMessage("Hello", "Text", "help@publica.example", ["a@x.example"])
    if field == "header":
        message.extra_headers["X-Case"] = smuggled
    else:
        setattr(message, field, smuggled)
    with pytest.raises((BadHeaderError, AddressRefused)):
        enqueue(message, purpose=Purpose.REPLY, by=TEST, at=noon)
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@x.example", "a@x.example\r\nRCPT TO:<b@y.example>", "a b@x.example"]
)
def test_what_is_no_address_is_refused(noon: datetime, address: str):
    message = EmailMessage("Hello", "Text", "help@publica.example", [address, "real@x.example"])
    if not address:
        [row] = enqueue(message, purpose=Purpose.REPLY, by=TEST, at=noon)
        assert row.to_address == "real@x.example"
        return
    with pytest.raises((AddressRefused, BadHeaderError)):
        enqueue(message, purpose=Purpose.REPLY, by=TEST, at=noon)


def test_every_librarys_mail_becomes_a_row_in_the_brands_name():
    assert send_mail("Hello", "Text", None, ["dana@elm-falls.example"]) == 1
    mail = Outgoing.objects.get()
    assert (mail.state, mail.purpose) == (State.QUEUED, Purpose.OTHER)
    assert parsed(mail)["From"] == "Keepwell <support@localhost>"
    assert "Text" in parsed(mail).get_body(("html",)).get_content()
    assert Entry.objects.get(kind="mail.queued").facts == {"outgoing": mail.pk, "purpose": "other"}
    assert ProcrastinateJob.objects.filter(task_name="outbox.deliver").count() == 1


def test_a_library_can_say_what_its_mail_is_for():
    EmailMessage("Code", "ABCD", None, ["a@x.example"], headers={PURPOSE_HEADER: "code"}).send()
    mail = Outgoing.objects.get()
    assert mail.purpose == Purpose.CODE
    assert PURPOSE_HEADER not in parsed(mail)


def test_html_and_files_of_a_library_are_left_as_they_are():
    message = EmailMultiAlternatives("Report", "Text", None, ["a@x.example"])
    message.attach_alternative("<p>its own</p>", "text/html")
    message.attach("numbers.csv", "a,b", "text/csv")
    message.send()
    found = parsed(Outgoing.objects.get())
    assert found.get_body(("html",)).get_content().strip() == "<p>its own</p>"
    assert [part.get_filename() for part in found.iter_attachments()] == ["numbers.csv"]


def test_without_a_mail_server_a_mail_is_a_file_that_nobody_else_reads(kept: Path, noon: datetime):
    mail = queued(at=noon)
    deliver_what_is_due(at=noon)
    mail.refresh_from_db()
    assert (mail.state, mail.transport) == (State.SENT, "kept")
    file = kept / f"{mail.pk}.eml"
    assert file.read_bytes() == bytes(mail.raw)
    assert (file.stat().st_mode & 0o777, kept.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in kept.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_written_keeps_the_mail_waiting(kept: Path, noon: datetime):
    kept.write_text("a file stands where the folder should")
    mail = queued(at=noon)
    deliver_what_is_due(at=noon)
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    assert "File exists" in mail.last_error
