"""What goes to a third party: his words, his seal, and nothing of the case or the customer."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.base import ContentFile

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer
from keepwell.channels.email.aside.tests.conftest import JOE, ROSA, ask, mail_to
from keepwell.channels.email.aside.verbs.sending import mail_side_message
from keepwell.channels.email.tests.letters import DANA
from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import (
    SideTicket,
    Standing,
    is_address_seal,
    plus_part,
    read_message_id,
    read_side_message_id,
)
from keepwell.conversations.words import Words
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.journal.recording import record
from keepwell.outbox.models import Outgoing
from keepwell.outbox.verbs.branding import change_brand
from keepwell.people.actors import System
from keepwell.side_threads.models import Delivery
from keepwell.side_threads.verbs.answering import answer as write_on
from keepwell.side_threads.verbs.erasing import erase_asked
from keepwell.side_threads.verbs.redacting import redact
from tests import cast

pytestmark = pytest.mark.usefixtures("mail_at_nine")
LATER = NINE + timedelta(minutes=20)


def text_of(mail: Outgoing) -> str:
    return bytes(mail.raw).decode()


def header(mail: Outgoing, name: str) -> str:
    return str(message_from_bytes(bytes(mail.raw), policy=policy.default)[name] or "").strip()


def test_he_gets_the_words_under_their_own_subject_in_the_name_of_the_writer(asked_by):
    assert (asked_by.subject, asked_by.purpose) == ("Is node 4 up?", "reply")
    assert "Please look at **node 4**." in text_of(asked_by)
    assert header(asked_by, "To") == f"Rosa Lind <{ROSA}>"
    assert header(asked_by, "From").startswith("Maria Petersen <")
    assert not header(asked_by, "Auto-Submitted")


def test_nothing_of_the_case_and_the_customer_stands_in_it(asked_by, case: Case):
    raw = text_of(asked_by)
    for word in (
        f"#{case.number}",
        f"/{case.number}/",
        case.subject,
        "since Monday",
        DANA,
        "Dana",
        "Hughes",
        "Elm Falls",
        "/portal/",
        "/follow/",
        "/desk/",
    ):
        assert word not in raw, word


def test_the_words_that_the_brand_puts_around_an_answer_are_for_customers(case, maria, mailbox):
    frame = "Dear {contact}, about case {case}, {subject}:\n\n{answer}\n\nYou hear from us by {promise}."
    change_brand(by=cast.CAST, answer_frame=frame, signature="{writer} of {brand}\nCase {case}")
    ask(case, maria)
    raw = text_of(mail_to(ROSA))
    assert "about case" not in raw
    assert "hear from us" not in raw
    assert "Maria Petersen of" in raw
    assert f"Case {case.number}" not in raw


def test_its_message_id_and_reply_address_are_sealed_for_this_side_thread_and_for_him(asked_by, aside):
    ticket = SideTicket(side_thread=aside.pk, party=aside.parties.get().pk)
    claim = read_side_message_id(asked_by.message_id, seal_keys())
    assert (claim.standing, claim.ticket, claim.message) == (Standing.GOOD, ticket, aside.messages.get().pk)
    part = plus_part(header(asked_by, "Reply-To").rpartition("<")[2].strip(">"), "support@localhost")
    assert is_address_seal(part, ticket, seal_keys())


def test_a_seal_of_a_side_thread_is_none_of_a_conversation(asked_by):
    assert read_message_id(asked_by.message_id, seal_keys()) is None


def test_several_who_are_asked_get_a_mail_each_and_see_each_other(case, maria, mailbox):
    ask(case, maria, f"{ROSA}, {JOE}")
    mails = [mail_to(ROSA), mail_to(JOE)]
    assert mails[0].message_id != mails[1].message_id
    assert {header(mail, "To") for mail in mails} == {f"{ROSA}, {JOE}"}
    assert header(mails[0], "Reply-To") != header(mails[1], "Reply-To")


def test_files_go_along(case, maria, mailbox, settings, tmp_path):
    settings.VAR = tmp_path
    log = store(ContentFile(b"down since Monday", name="node.txt"), by=maria)
    ask(case, maria, words=Words(body="See the log.", attachments=[log]))
    assert "node.txt" in text_of(mail_to(ROSA))


def test_what_follows_stands_in_the_thread_that_he_has_and_quotes_this_side_thread_alone(aside, maria, case):
    answer(case, maria, NINE)
    first = mail_to(ROSA).message_id
    write_on(aside, Words(body="Any news?"), by=maria, at=LATER)
    mail = mail_to(ROSA)
    assert mail.subject == "Re: Is node 4 up?"
    assert (header(mail, "In-Reply-To"), header(mail, "References")) == (first, first)
    raw = text_of(mail)
    assert "> Please look at **node 4**." in raw
    assert "We look into it" not in raw
    assert "The printer is silent" not in raw


def test_a_mail_to_the_customer_names_and_quotes_nothing_of_it(aside, asked_by, case, maria):
    answer(case, maria, LATER)
    raw = text_of(mail_to(DANA))
    assert "node 4" not in raw
    assert asked_by.message_id not in raw
    assert "kw.side." not in raw


def test_the_mail_is_found_under_no_case(asked_by, aside, case):
    assert ["side_thread", aside.pk] in asked_by.about
    nouns = {noun for noun, _pk in asked_by.about}
    assert not nouns & {"case", "message", "conversation", "account", "contact"}
    queued = Entry.objects.about("case", case.pk).filter(kind="mail.queued")
    assert not queued.filter(facts__outgoing=asked_by.pk).exists()


def test_mailing_the_same_message_twice_sends_one_mail(aside):
    assert mail_side_message(aside.messages.get(), by=System("test")) == []
    assert Outgoing.objects.filter(to_address=ROSA).count() == 1


def test_an_address_that_takes_no_mail_keeps_nobody_else_from_his_and_shows(case, maria, mailbox):
    thread = ask(case, maria, f"{ROSA}, {JOE}")
    other = Delivery.objects.get(party__address=JOE)
    Outgoing.objects.filter(to_address=JOE).update(state="failed")
    _tell("mail.failed", mail_to(JOE))
    other.refresh_from_db()
    assert other.failed_at is not None
    assert Delivery.objects.get(party__address=ROSA).failed_at is None
    assert Entry.objects.get(kind="side_message.failed").facts["side_thread"] == thread.pk
    _tell("mail.sent", mail_to(JOE))
    other.refresh_from_db()
    assert other.failed_at is None


def test_words_that_are_taken_out_are_gone_from_its_mails_and_those_that_quoted_it(aside, maria):
    write_on(aside, Words(body="Any news?"), by=maria, at=LATER)
    redact(aside.messages.earliest("pk"), passages=["node 4"], by=cast.lea_the_lead())
    assert not any("node 4**" in text_of(mail) for mail in Outgoing.objects.filter(to_address=ROSA))


def test_whoever_is_forgotten_has_no_mail_left(aside):
    erase_asked(ROSA, by=cast.ada_the_administrator())
    assert not Outgoing.objects.filter(to_address=ROSA).exists()
    assert all(ROSA not in text_of(mail) for mail in Outgoing.objects.all())


def _tell(kind: str, mail: Outgoing) -> None:
    record(kind, by=System("outbox"), at=NINE, subjects=mail.subjects, facts={"outgoing": mail.pk})
