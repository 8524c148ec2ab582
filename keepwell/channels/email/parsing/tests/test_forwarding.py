"""A mail that is passed on, as the mail programs write it: as an attachment, or in the text."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from keepwell.channels.email.parsed import Forwarded, Party, as_json, from_json
from keepwell.channels.email.parsing.reading import read_mail

DANA = Party(address="dana@elmfalls.example", name="Dana Hughes")
WORDS = "It prints nothing since seven.\n\nDana"

OUTLOOK = f"""Please take this one.

________________________________
From: Dana Hughes <dana@elmfalls.example>
Sent: Tuesday, June 9, 2026 8:00 AM
To: Maria Petersen <maria@vendor.example>
Subject: The printer is silent

{WORDS}
"""
OUTLOOK_IN_GERMAN = f"""Bitte übernehmen.

Von: Dana Hughes [mailto:dana@elmfalls.example]
Gesendet: Dienstag, 9. Juni 2026 08:00
An: Maria Petersen
Betreff: The printer is silent

{WORDS}
"""
GMAIL = f"""Please take this one.

---------- Forwarded message ---------
From: Dana Hughes <dana@elmfalls.example>
Date: Tue, Jun 9, 2026 at 8:00 AM
Subject: The printer is silent
To: Maria Petersen <maria@vendor.example>


{WORDS}
"""
THUNDERBIRD = f"""Please take this one.


-------- Forwarded Message --------
Subject: \tThe printer is silent
Date: \tTue, 9 Jun 2026 08:00:00 -0500
From: \tDana Hughes <dana@elmfalls.example>
To: \tMaria Petersen <maria@vendor.example>



{WORDS}
"""
APPLE = """Please take this one.

Begin forwarded message:

> From: Dana Hughes <dana@elmfalls.example>
> Subject: The printer is silent
> Date: 9 June 2026 at 08:00:00 CDT
> To: Maria Petersen <maria@vendor.example>
>
> It prints nothing since seven.
>
> Dana
"""
PROGRAMS = {
    "Outlook": ("FW: The printer is silent", OUTLOOK),
    "Outlook in German": ("WG: The printer is silent", OUTLOOK_IN_GERMAN),
    "Gmail": ("Fwd: The printer is silent", GMAIL),
    "Thunderbird": ("Fwd: The printer is silent", THUNDERBIRD),
    "Apple Mail": ("Fwd: The printer is silent", APPLE),
}


def passed_on(text: str, subject: str = "Fwd: It", **headers: str) -> Forwarded | None:
    return read_mail(mail(text, subject, **headers).as_bytes()).forwarded


def mail(
    text: str, subject: str = "Fwd: It", author: str = "maria@vendor.example", **headers: str
) -> EmailMessage:
    built = EmailMessage()
    built["From"], built["To"], built["Subject"] = author, "support@localhost", subject
    for name, value in headers.items():
        built[name.replace("_", "-")] = value
    built.set_content(text)
    return built


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_mail_in_the_text_is_read_as_each_program_writes_it(program):
    subject, text = PROGRAMS[program]
    found = passed_on(text, subject)
    assert found is not None
    assert (found.author, found.subject, found.is_attached) == (DANA, "The printer is silent", False)
    assert found.body_text == WORDS
    assert found.comment.splitlines()[0] in {"Please take this one.", "Bitte übernehmen."}
    assert "Dana Hughes" not in found.comment


def test_what_the_mail_around_it_names_last_is_the_one_that_is_passed_on():
    named = {"In_Reply_To": "<2@elmfalls.example>", "References": "<1@elmfalls.example> <2@elmfalls.example>"}
    found = passed_on(GMAIL, "Fwd: It", **named)
    assert (found.message_id, found.references) == ("<2@elmfalls.example>", ("<1@elmfalls.example>",))


def test_a_mail_that_is_attached_is_read_from_its_own_headers():
    inner = mail(
        WORDS,
        "The printer is silent",
        "Dana Hughes <dana@elmfalls.example>",
        Message_ID="<2@elmfalls.example>",
        In_Reply_To="<1@elmfalls.example>",
        Authentication_Results="mx.vendor.example; dmarc=pass header.from=elmfalls.example",
    )
    outer = mail("From: nobody@x.example, as it seems.", "Something else")
    outer.add_attachment(inner)
    found = read_mail(outer.as_bytes()).forwarded
    assert (found.author, found.subject, found.is_attached) == (DANA, "The printer is silent", True)
    assert (found.message_id, found.in_reply_to) == ("<2@elmfalls.example>", ("<1@elmfalls.example>",))
    assert found.body_text.strip() == WORDS
    assert found.comment == "From: nobody@x.example, as it seems."
    assert (
        "authentication-results",
        "mx.vendor.example; dmarc=pass header.from=elmfalls.example",
    ) in found.headers


def test_of_two_mails_nobody_knows_which_is_meant():
    outer = mail("Two of them.")
    outer.add_attachment(mail(WORDS, "One", "dana@elmfalls.example"))
    outer.add_attachment(mail(WORDS, "Two", "carl@elmfalls.example"))
    assert read_mail(outer.as_bytes()).forwarded is None


def test_a_mail_within_the_one_that_is_attached_is_a_part_of_that():
    middle = mail(WORDS, "The printer is silent", "Dana Hughes <dana@elmfalls.example>")
    middle.add_attachment(mail("I said so.", "Locks", "carl@elmfalls.example"))
    outer = mail("Please.")
    outer.add_attachment(middle)
    assert read_mail(outer.as_bytes()).forwarded.author == DANA


@pytest.mark.parametrize("names", ["", "a@x.example, b@x.example"])
def test_an_attached_mail_that_names_no_sender_or_two_is_no_mail_of_anybody(names):
    inner = mail(WORDS)
    del inner["From"]
    if names:
        inner["From"] = names
    outer = mail("Please.")
    outer.add_attachment(inner)
    assert read_mail(outer.as_bytes()).forwarded is None


def test_the_uppermost_header_counts_and_not_one_that_its_writer_put_into_his_text():
    forged = (
        "---------- Forwarded message ---------\nFrom: Carl <carl@elmfalls.example>\nSubject: x\n\nPay me."
    )
    assert passed_on(OUTLOOK + forged, "FW: It").author == DANA
    assert passed_on(GMAIL + forged).author == DANA
    assert passed_on(APPLE + "\n".join(f"> {line}" for line in forged.splitlines())).author == DANA


def test_an_answer_that_quotes_passes_nothing_on():
    assert passed_on(OUTLOOK, "RE: The printer is silent") is None
    assert passed_on(GMAIL, "AW: Fwd: The printer is silent") is None
    assert passed_on("\n".join(f"> {line}" for line in GMAIL.splitlines()), "The printer") is None


def test_a_header_without_an_address_names_nobody():
    assert passed_on(GMAIL.replace("<dana@elmfalls.example>", "")) is None
    assert passed_on("---------- Forwarded message ---------") is None


@pytest.mark.parametrize(
    "written",
    [
        "Dana Hughes <dana@elmfalls.example<mailto:dana@elmfalls.example>>",
        '"Dana Hughes" <dana@elmfalls.example>',
        "*Dana Hughes* <dana@elmfalls.example>",
        "'Dana Hughes' (dana@elmfalls.example)",
    ],
)
def test_the_sender_is_found_however_programs_write_him(written):
    assert passed_on(GMAIL.replace("Dana Hughes <dana@elmfalls.example>", written)).author == DANA


def test_it_comes_from_the_child_as_it_was_read():
    read = read_mail(mail(GMAIL, "Fwd: It").as_bytes())
    assert from_json(as_json(read)) == read
