"""Mail that no person wrote, and mail that only looks so."""

from __future__ import annotations

from typing import Any

import pytest

from keepwell.channels.email.parsed import DeliveryReport, ParsedMail, Party
from keepwell.channels.email.understanding.automatic import Own, written_by
from keepwell.channels.email.understanding.evidence import Kind
from keepwell.channels.email.understanding.signing import Standing, Ticket, sealed_message_id

KEY, FOREIGN = b"k" * 32, b"f" * 32
DANA = Ticket(conversation=18, recipient=7)
SEALED = sealed_message_id(DANA, 93, domain="help.example", keys=[KEY])
OWN = Own(addresses={"support@help.example"}, domains={"help.example"}, keys=[KEY])


def mail(*headers: tuple[str, str], author: str = "dana@elmfalls.example", **more: Any) -> ParsedMail:
    given: dict[str, Any] = {
        "from_addresses": (Party(address=author),) if author else (),
        "subject": "The printer is silent",
        "message_id": "<1@elmfalls.example>",
        "body_text": "It says nothing.",
        **more,
    }
    return ParsedMail(headers=headers, **given)


def kind(*headers: tuple[str, str], **more: Any) -> Kind:
    return written_by(mail(*headers, **more), OWN).kind


def report(**more: Any) -> dict[str, Any]:
    told = DeliveryReport(**{"final_recipient": "dana@elmfalls.example", "action": "failed", **more})
    return {
        "content_type": "multipart/report",
        "delivery_reports": (told,),
        "author": "postmaster@mx.example",
    }


PERSON = [
    ("a plain mail", {}),
    ("answered by a person", {"headers": [("auto-submitted", "no")]}),
    ("asks for silence", {"headers": [("x-auto-response-suppress", "All")]}),
    ("from Outlook's rules", {"headers": [("x-auto-response-suppress", "DR, OOF, AutoReply")]}),
    ("of some precedence", {"headers": [("precedence", "first-class")]}),
    ("by the list that our mailbox is", {"headers": [("list-id", "Support <support.help.example>")]}),
    ("with a return path", {"headers": [("return-path", "<dana@elmfalls.example>")]}),
    ("writes of a mail that came back", {"subject": "Undeliverable: your newsletter, 550 5.1.1"}),
    ("writes of an automatic reply", {"subject": "The automatic reply is wrong"}),
    ("is the postmaster of a customer", {"author": "postmaster@elmfalls.example"}),
    ("whose name begins as one that nobody reads", {"author": "noreplyton@elmfalls.example"}),
    ("answers a mail of ours", {"in_reply_to": (SEALED,)}),
    ("of the same provider as ours", {"message_id": "<CAF-x1@help.example>"}),
    ("sent from another desk like this one", {"message_id": SEALED.replace("@help", "@other")}),
]


@pytest.mark.parametrize("given", [row[1] for row in PERSON], ids=[row[0] for row in PERSON])
def test_a_person_is_not_taken_for_a_machine(given):
    headers = given.pop("headers", [])
    assert kind(*headers, **given) is Kind.PERSON


MACHINES = [
    ("answered by a machine", Kind.AUTO_REPLY, [("auto-submitted", "auto-replied")], {}),
    ("said with a comment", Kind.AUTO_REPLY, [("auto-submitted", "Auto-Replied (vacation)")], {}),
    ("written by a machine", Kind.REPORT, [("auto-submitted", "auto-generated; x=y")], {}),
    ("told by a machine", Kind.REPORT, [("auto-submitted", "auto-notified")], {}),
    ("an old header", Kind.AUTO_REPLY, [("x-autoreply", "yes")], {}),
    ("another old header", Kind.AUTO_REPLY, [("x-autorespond", "dana")], {}),
    ("an old precedence", Kind.AUTO_REPLY, [("precedence", "auto_reply")], {}),
    (
        "away, by Outlook",
        Kind.AUTO_REPLY,
        [("auto-submitted", "auto-generated")],
        {"subject": "Automatic reply: x"},
    ),
    ("away, by its subject alone", Kind.AUTO_REPLY, [], {"subject": "RE: [#12] Out of office until Monday"}),
    ("away, in German", Kind.AUTO_REPLY, [], {"subject": "Abwesenheitsnotiz: Der Drucker"}),
    ("sent to many", Kind.LIST, [("precedence", "Bulk")], {}),
    ("sent to a list", Kind.LIST, [("list-id", "<talk.elsewhere.example>")], {}),
    ("can be unsubscribed", Kind.LIST, [("list-unsubscribe", "<mailto:x@y.example>")], {}),
    ("no path to return to", Kind.REPORT, [("return-path", "<>")], {}),
    ("the path of a mail server", Kind.REPORT, [("return-path", "<MAILER-DAEMON>")], {}),
    ("from whom nobody reads", Kind.REPORT, [], {"author": "No-Reply@elsewhere.example"}),
    ("from whom nobody reads, tagged", Kind.REPORT, [], {"author": "noreply+12@elsewhere.example"}),
    ("a receipt", Kind.REPORT, [], {"content_type": "multipart/report"}),
    ("a complaint", Kind.REPORT, [], {"content_type": "Multipart/Report"}),
    ("from our own mailbox", Kind.OWN_MAIL, [], {"author": "Support@help.example"}),
    ("from a reply address of ours", Kind.OWN_MAIL, [], {"author": "support+abc@help.example"}),
    (
        "sent by our mailbox for somebody",
        Kind.OWN_MAIL,
        [],
        {"sender": Party(address="support@help.example")},
    ),
    ("one of ours that came round", Kind.OWN_MAIL, [], {"message_id": SEALED.upper()}),
    ("one of ours without a seal", Kind.OWN_MAIL, [], {"message_id": f"<{'0a' * 16}@help.example>"}),
    (
        "ours, whatever else it says",
        Kind.OWN_MAIL,
        [("list-id", "<a.b>")],
        {"author": "support@help.example"},
    ),
]


@pytest.mark.parametrize(
    ("expected", "headers", "given"), [row[1:] for row in MACHINES], ids=[r[0] for r in MACHINES]
)
def test_a_machine_is_known_by_what_it_says(expected, headers, given):
    written = written_by(mail(*headers, **given), OWN)
    assert written.kind is expected
    assert not written.may_be_answered


@pytest.mark.parametrize(
    "headers",
    [
        [("x-auto-response-suppress", "All")],
        [("list-id", "<support.help.example>")],
        [("precedence", "first-class")],
    ],
)
def test_a_person_whose_mail_asks_for_silence_gets_no_answer_by_a_machine(headers):
    assert not written_by(mail(*headers), OWN).may_be_answered


def test_any_other_person_may_be_answered():
    assert written_by(mail(("x-auto-response-suppress", "None")), OWN).may_be_answered


REPORTS = [
    ("for good", {"status": "5.1.1"}, Kind.BOUNCE_HARD),
    ("for now", {"status": "4.4.7"}, Kind.BOUNCE_SOFT),
    ("a full box", {"status": "5.2.2"}, Kind.BOUNCE_SOFT),
    ("by the answer of the server", {"diagnostic": "550 no such user"}, Kind.BOUNCE_HARD),
    ("by the answer for now", {"diagnostic": "451 try later"}, Kind.BOUNCE_SOFT),
    ("without a word", {}, Kind.BOUNCE_HARD),
    ("late", {"action": "delayed", "status": "4.4.1"}, Kind.REPORT),
    ("arrived", {"action": "Delivered", "status": "2.0.0"}, Kind.REPORT),
]


@pytest.mark.parametrize(("told", "expected"), [row[1:] for row in REPORTS], ids=[row[0] for row in REPORTS])
def test_a_report_says_whether_a_mail_is_lost_for_good(told, expected):
    assert kind(**report(**told)) is expected


def test_of_several_recipients_the_worst_is_told():
    both = (
        report(status="4.4.7")["delivery_reports"]
        + report(status="5.1.1", final_recipient="x@y.example")["delivery_reports"]
    )
    found = written_by(mail(delivery_reports=both), OWN).returned
    assert (found.kind, found.address) == (Kind.BOUNCE_HARD, "x@y.example")


WITHOUT_FORM = [
    ("a daemon", {"author": "MAILER-DAEMON@mx.example", "subject": "x"}, Kind.BOUNCE_HARD),
    (
        "a server and its words",
        {"author": "postmaster@mx.example", "subject": "Undeliverable: x"},
        Kind.BOUNCE_HARD,
    ),
    (
        "no path and its words",
        {"headers": [("return-path", "<>")], "author": "system@mx.example", "subject": "Failure notice"},
        Kind.BOUNCE_HARD,
    ),
    ("nobody and its words", {"author": "", "subject": "Returned mail"}, Kind.BOUNCE_HARD),
    (
        "full",
        {"author": "mailer-daemon@mx.example", "body_text": "The mailbox is full."},
        Kind.BOUNCE_SOFT,
    ),
    (
        "a status in the text",
        {"author": "mailer-daemon@mx.example", "body_text": "said: 452 4.2.2 over quota, user unknown"},
        Kind.BOUNCE_SOFT,
    ),
    (
        "for good, though it names a wait",
        {"author": "mailer-daemon@mx.example", "body_text": "Temporary name server trouble. Giving up."},
        Kind.BOUNCE_HARD,
    ),
    ("named by a header", {"headers": [("x-failed-recipients", "dana@elmfalls.example")]}, Kind.BOUNCE_HARD),
]


@pytest.mark.parametrize(
    ("given", "expected"), [row[1:] for row in WITHOUT_FORM], ids=[r[0] for r in WITHOUT_FORM]
)
def test_a_mail_that_came_back_is_known_without_a_report_in_form(given, expected):
    headers = given.pop("headers", [])
    assert kind(*headers, **given) is expected


NAMED = [
    ("in its report", report(message_id=SEALED)),
    (
        "in its text",
        {"author": "mailer-daemon@mx.example", "body_text": f"Message-ID: {SEALED.upper()}\nTo: x"},
    ),
    ("at the end of a long text", {"author": "mailer-daemon@mx.example", "body_text": "x" * 9000 + SEALED}),
    ("as what it answers", {"author": "mailer-daemon@mx.example", "in_reply_to": (SEALED,)}),
    ("in its references", {"author": "mailer-daemon@mx.example", "references": ("<a@b>", SEALED)}),
]


@pytest.mark.parametrize("given", [row[1] for row in NAMED], ids=[row[0] for row in NAMED])
def test_the_mail_that_failed_is_found_by_its_seal_wherever_the_report_names_it(given):
    failed = written_by(mail(**given), OWN).returned.failed
    assert (failed.standing, failed.ticket, failed.message) == (Standing.GOOD, DANA, 93)


def test_a_report_that_names_a_mail_by_a_seal_of_its_own_making_names_nothing():
    forged = sealed_message_id(DANA, 93, domain="help.example", keys=[FOREIGN])
    assert written_by(mail(**report(message_id=forged)), OWN).returned.failed is None
