"""A customer's mail that one of us passes on: whose case it becomes, and what of it nobody outside sees."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import answer
from keepwell.cases.verbs.placing import confirm_sender
from keepwell.channels.email.history import history_before
from keepwell.channels.email.parsed import Forwarded, Party
from keepwell.channels.email.refusals import OurOwn
from keepwell.channels.email.tests.letters import DANA, LATER, MARIA, STRANGER, TRUSTED, came_in, letter
from keepwell.channels.email.understanding.finding import find
from keepwell.channels.email.verbs.releasing import release
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message, Note
from keepwell.conversations.queries import conversations_visible_to
from keepwell.customers.models import Contact, ContactAddress
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = pytest.mark.usefixtures("mail_at_nine")
COMMENT = "He always exaggerates."
GMAIL = f"""{COMMENT}

---------- Forwarded message ---------
From: Dana Hughes <{{author}}>
Date: Tue, Jun 9, 2026 at 8:00 AM
Subject: {{subject}}
To: Maria Petersen <maria@vendor.example>

It prints nothing since seven.
"""


def of(author: str = DANA, **said: Any) -> Forwarded:
    given = {
        "author": Party(address=author, name="Dana Hughes"),
        "subject": "The printer is silent",
        "message_id": "<original@elmfalls.example>",
        "body_text": "It prints nothing since seven.",
        "trimmed_text": "It prints nothing since seven.",
        "comment": COMMENT,
        **said,
    }
    return Forwarded(**given)


def messages_of(case: Case) -> list[str]:
    return list(Message.objects.filter(conversation=case.conversation_id).values_list("body", flat=True))


def test_it_becomes_a_case_of_its_own_sender_whom_nobody_has_proven(maria, comes):
    dana = cast.dana_at_elm_falls()
    mail = comes(MARIA, verdict="pass", subject="Fwd: The printer", forwarded=of())
    assert (mail.state, mail.decision) == (MailState.PLACED, "open_known")
    assert (mail.case.contact, mail.case.subject) == (dana.contact, "The printer is silent")
    assert (mail.case.is_verified_sender, mail.proof) == (False, "unknown")
    assert mail.message.body == "It prints nothing since seven."
    assert mail.why == (
        "It began a new case of somebody we know: it refers to nothing that we know; it says that it is from "
        "somebody we know; one of us passed it on, as mx.help.example proves; nobody proves its own sender."
    )
    assert not ContactAddress.objects.filter(email=MARIA).exists()


def test_nothing_goes_to_its_sender_and_he_sees_nothing_before_somebody_confirms_him(maria, comes):
    dana = cast.dana_at_elm_falls()
    case = comes(MARIA, verdict="pass", forwarded=of()).case
    answer(case, maria, LATER)
    assert not Outgoing.objects.exists()
    assert not conversations_visible_to(dana).filter(pk=case.conversation_id).exists()
    confirm_sender(Case.objects.get(pk=case.pk), by=maria, at=LATER)
    answer(case, maria, LATER)
    sent = Outgoing.objects.get()
    assert sent.to_address == DANA
    assert b"In-Reply-To: <original@elmfalls.example>" in bytes(sent.raw)


def test_what_was_written_above_it_is_a_note_and_stands_nowhere_else(maria, comes):
    mail = comes(MARIA, verdict="pass", forwarded=of())
    note = Note.objects.get()
    assert (note.author, note.body) == (maria, COMMENT)
    assert messages_of(mail.case) == ["It prints nothing since seven."]
    confirm_sender(mail.case, by=maria, at=LATER)
    written = answer(mail.case, maria, LATER)
    assert [one.lines for one in history_before(written, mail.case)] == ["> It prints nothing since seven."]
    for sent in Outgoing.objects.all():
        assert COMMENT.encode() not in bytes(sent.raw)


def test_somebody_unknown_is_placed_by_hand_and_put_to_no_account(maria, comes):
    mail = comes(MARIA, verdict="pass", forwarded=of(STRANGER))
    assert (mail.decision, mail.case.account) == ("open_triage", None)
    assert mail.case.contact.email == STRANGER
    assert ContactAddress.objects.get(email=STRANGER).verified_at is None


@pytest.mark.parametrize("verdict", ["", "fail", "none"])
def test_nobody_passes_on_who_is_not_proven_to_be_one_of_us(maria, comes, verdict):
    cast.dana_at_elm_falls()
    mail = comes(MARIA, verdict=verdict, forwarded=of())
    assert (mail.state, mail.case, mail.decision) == (MailState.HELD, None, "hold")
    assert "it says that one of us passed it on" in mail.why
    assert not Note.objects.exists()


def test_what_a_customer_passes_on_is_his_own_mail(comes):
    cast.dana_at_elm_falls()
    mail = comes(DANA, verdict="pass", subject="Fwd: Odd", forwarded=of(STRANGER), body_text="Look at this.")
    assert (mail.case.contact.email, mail.message.body) == (DANA, "Look at this.")
    assert mail.said.forwarded is None
    assert not Contact.objects.filter(addresses__email=STRANGER).exists()


def test_it_joins_the_case_whose_seal_was_given_to_its_own_sender(case, sent, maria, comes):
    mail = comes(MARIA, verdict="pass", forwarded=of(in_reply_to=(sent.message_id,)))
    assert (mail.state, mail.decision, mail.case) == (MailState.PLACED, "join", case)
    assert mail.message.author_contact == case.contact
    assert Note.objects.get().body == COMMENT


def test_it_waits_beside_a_case_that_anybody_might_name(case, sent, maria, comes):
    for forwarded in (of(STRANGER, references=(sent.message_id,)), of(subject=f"Re: [#{case.number}] It")):
        mail = comes(MARIA, verdict="pass", forwarded=forwarded)
        assert (mail.state, mail.decision, mail.case) == (MailState.HELD, "held_reply", case)
        Message.objects.filter(direction="in").latest("pk")
    assert not Note.objects.exists()


def test_the_same_mail_that_came_by_itself_before_is_no_second_message(maria, comes):
    cast.dana_at_elm_falls()
    comes(DANA, verdict="pass", message_id="<original@elmfalls.example>")
    assert comes(MARIA, verdict="pass", forwarded=of()).state == MailState.HELD


def test_what_one_of_us_wrote_is_nobodys_case_when_it_is_passed_on(maria, comes):
    for author in (cast.theo_at_level_two().email, "support@localhost", "support+tag@localhost"):
        mail = comes(MARIA, verdict="pass", forwarded=of(author, message_id=""))
        assert (mail.state, mail.case) == (MailState.HELD, None)
    with pytest.raises(OurOwn):
        release(came_in(forward_of("support@localhost", verdict=""), mail.raw.mailbox), by=maria)


def test_a_mail_that_our_host_found_forged_does_not_become_true_by_being_passed_on(maria, comes):
    cast.dana_at_elm_falls()
    result = f"{TRUSTED}; dmarc=fail header.from=elmfalls.example"
    mail = comes(MARIA, verdict="pass", forwarded=of(headers=(("authentication-results", result),)))
    assert (mail.state, mail.case) == (MailState.HELD, None)


def test_who_may_write_down_what_customers_say_may_pass_it_on_and_nobody_else(comes):
    ines = cast.ines_the_engineer()
    mail = comes(ines.email, verdict="pass", forwarded=of())
    assert (mail.state, mail.case) == (MailState.HELD, None)


def forward_of(author: str = DANA, *, verdict: str = "pass", subject: str = "The printer is silent") -> bytes:
    text = GMAIL.format(author=author, subject=subject)
    return letter(MARIA, text, subject=f"Fwd: {subject}", verdict=verdict)


def test_the_bytes_as_gmail_writes_them_go_the_whole_way(maria, mailbox):
    cast.dana_at_elm_falls()
    mail = came_in(forward_of(), mailbox)
    assert (mail.decision, mail.case.contact.email) == ("open_known", DANA)
    assert messages_of(mail.case) == ["It prints nothing since seven."]
    assert Note.objects.get().body == COMMENT
    shown = InboundMail.objects.for_list().get()
    assert (shown.said_address, shown.said_subject) == (DANA, "The printer is silent")


def test_files_of_whoever_passes_a_mail_on_as_an_attachment_go_to_no_customer(maria, mailbox):
    inner = letter(
        DANA, "It prints nothing since seven.", subject="The printer is silent", files={"log.txt": b"x"}
    )
    outer = message_from_bytes(
        letter(MARIA, COMMENT, subject="Please", files={"contract.txt": b"secret"}), policy=policy.default
    )
    outer.add_attachment(message_from_bytes(inner, policy=policy.default))
    result = f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=vendor.example\n"
    mail = came_in(result.encode() + outer.as_bytes(), mailbox)
    assert (mail.decision, mail.case.subject) == ("open_triage", "The printer is silent")
    assert [row.attachment.name for row in mail.message.attached.all()] == ["The printer is silent.eml"]
    assert (mail.message.body, Note.objects.get().body) == ("It prints nothing since seven.", COMMENT)


def test_one_that_waits_is_let_in_under_its_own_senders_name(case, maria, mailbox):
    waits = came_in(forward_of(verdict="", subject=f"[#{case.number}] It"), mailbox)
    assert waits.state == MailState.HELD
    let_in = release(waits, case, by=maria)
    assert let_in.message.author_contact == case.contact
    assert COMMENT not in let_in.message.body
    assert not ContactAddress.objects.filter(email=MARIA).exists()


def test_who_passes_a_mail_on_is_in_the_evidence(maria, comes):
    said = comes(MARIA, verdict="pass", forwarded=of()).said
    assert find(said).evidence.forwarder == maria.pk
