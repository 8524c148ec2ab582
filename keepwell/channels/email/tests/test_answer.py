"""An answer as the mail that a customer's mail program shows: its thread, its words, its files."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.base import ContentFile

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer, open_for, write_again
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.findings import Read
from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.parsing.trimming import trimmed
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Message, MessageState
from keepwell.conversations.verbs.participating import add_participant
from keepwell.conversations.verbs.redacting import redact
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.files.models import Attachment, Blob
from keepwell.files.verbs.storing import store
from keepwell.journal.recording import record
from keepwell.outbox.models import Outgoing
from keepwell.outbox.verbs.branding import change_brand
from keepwell.people.actors import System
from tests import cast

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
MINUTE = timedelta(minutes=1)
DANA = "dana@elmfalls.example"
# RFC 5256 section 2.1: what mail programs take off before they compare two subjects.
PREFIX = re.compile(r"^(?:(?:re|fwd?)\s*:\s*|\[[^\[\]]*\]\s*)+", re.IGNORECASE)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@pytest.fixture
def maria():
    return cast.maria_the_specialist()


@pytest.fixture
def mailbox():
    return add_mailbox("support@localhost", by=SYSTEM)


@pytest.fixture
def case(mailbox) -> Case:
    return open_for(cast.dana_at_elm_falls(), subject="The printer is silent")


def comes(mailbox: Any, at: datetime, **said: Any) -> InboundMail:
    given = {
        "from_addresses": (Party(address=DANA, name="Dana"),),
        "subject": "The printer is silent",
        "body_text": "It still is.",
        "trimmed_text": "It still is.",
        **said,
    }
    mail = receive_mail(repr(said).encode(), mailbox, Arrival(), at=at)
    return place_mail(mail, Read(said=ParsedMail(**given)), at=at)


def mails() -> list[EmailMessage]:
    """In the order in which they were written, as a mail program reads them."""
    raw = Outgoing.objects.order_by("pk").values_list("raw", flat=True)
    return [message_from_bytes(bytes(one), policy=policy.default) for one in raw]


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content().replace("\r\n", "\n")


def id_of(mail: EmailMessage) -> str:
    # A long one stands on a line of its own, and the parser keeps the blank before it.
    return str(mail["Message-ID"]).strip()


def base_subject(mail: EmailMessage) -> str:
    return PREFIX.sub("", mail["Subject"])


def test_the_first_mail_answers_none_and_the_second_answers_the_first(case, maria):
    answer(case, maria, NINE)
    answer(case, maria, NINE + MINUTE)
    first, second = mails()
    assert (first["In-Reply-To"], first["References"]) == (None, None)
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert first["Subject"] == f"[#{case.number}] The printer is silent"
    assert second["Subject"] == f"Re: [#{case.number}] The printer is silent"


def test_an_answer_to_a_mail_stands_in_its_thread_in_outlook_gmail_and_thunderbird(case, maria, mailbox):
    answer(case, maria, NINE)
    [first] = mails()
    index = b64encode(bytes(range(22))).decode()
    theirs = comes(
        mailbox,
        NINE + MINUTE,
        message_id="<2@elmfalls.example>",
        subject=f"Re: {first['Subject']}",
        in_reply_to=(first["Message-ID"],),
        references=("<0@elmfalls.example>", first["Message-ID"]),
        thread_index=index,
    )
    assert theirs.case == case
    answer(case, maria, NINE + 2 * MINUTE)
    last = mails()[-1]
    # Thunderbird and Gmail: the answered mail, and all before it with the answered one last.
    assert last["In-Reply-To"] == "<2@elmfalls.example>"
    assert last["References"].split() == ["<0@elmfalls.example>", id_of(first), "<2@elmfalls.example>"]
    # Gmail, too: the same subject but for what it takes off. Outlook: the thread of the mail, one further.
    assert base_subject(last) == base_subject(first) == "The printer is silent"
    assert last["Thread-Index"].startswith(index[:28])


def test_nobody_is_told_of_a_mail_that_went_to_somebody_else(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls()
    answer(case, maria, NINE)
    add_participant(case.conversation, carl.contact, by=maria, at=NINE)
    answer(case, maria, NINE + MINUTE)
    to_dana, to_carl = sorted(mails()[1:], key=lambda mail: mail["To"], reverse=True)
    assert to_dana["In-Reply-To"] == mails()[0]["Message-ID"]
    assert (to_carl["To"].addresses[0].addr_spec, to_carl["In-Reply-To"]) == ("carl@elmfalls.example", None)


def test_an_id_that_would_break_a_header_is_not_carried_on(case, maria, mailbox):
    answer(case, maria, NINE)
    comes(
        mailbox,
        NINE + MINUTE,
        message_id="<2@elmfalls.example>\r\nBcc: <everybody@elsewhere.example>",
        in_reply_to=(Outgoing.objects.get().message_id,),
        references=("<a@b>\nX-Evil: 1", "no id", "<good@elmfalls.example>"),
    )
    answer(case, maria, NINE + 2 * MINUTE)
    last = mails()[-1]
    assert (last["Bcc"], last["X-Evil"]) == (None, None)
    assert last["In-Reply-To"] == mails()[0]["Message-ID"]


def test_the_references_of_a_long_thread_keep_its_beginning_and_its_newest(case, maria):
    for minute in range(22):
        answer(case, maria, NINE + minute * MINUTE)
    ids = [id_of(mail) for mail in mails()]
    named = mails()[-1]["References"].split()
    assert named == [*ids[:2], *ids[-19:-1]]


def test_the_thread_of_a_merged_case_goes_on(case, maria, mailbox):
    other = comes(mailbox, NINE, message_id="<other@elmfalls.example>", subject="Also silent").case
    merge(other, case, by=maria, at=NINE)
    answer(case, maria, NINE + MINUTE)
    assert mails()[-1]["In-Reply-To"] == "<other@elmfalls.example>"


def test_line_ends_in_names_and_subjects_begin_no_header(case, maria):
    case.contact.name = "Dana\r\nBcc: everybody@elsewhere.example"
    case.contact.save()
    Case.objects.filter(pk=case.pk).update(subject="Silent\nBcc: everybody@elsewhere.example")
    maria.name = "Maria\nX-Evil: 1"
    maria.save()
    answer(Case.objects.get(pk=case.pk), maria, NINE)
    [mail] = mails()
    assert (mail["Bcc"], mail["X-Evil"]) == (None, None)
    assert mail["To"].addresses[0].addr_spec == DANA


def test_what_was_said_before_stands_quoted_below_the_signature_with_when_and_by_whom(case, maria):
    change_brand(by=SYSTEM, signature="Publica Support")
    add_note(case, Words(body="a note among staff", channel="desk"), by=maria, at=NINE)
    answer(case, maria, NINE + MINUTE)
    [mail] = mails()
    above, below = text_of(mail).split("-- \n")
    assert "We look into it." in above
    assert ">" not in above
    assert below.startswith("Publica Support\n\nOn June 9, 2026, 9 a.m., Dana")
    assert "> The printer is silent since Monday." in below
    assert "note among staff" not in str(mail)
    assert "<blockquote>\n<p>The printer is silent since Monday.</p>" in html_of(mail)


def test_an_answer_that_quotes_us_is_read_without_the_quote(case, maria):
    answer(case, maria, NINE)
    [mail] = mails()
    theirs = "Now it prints.\n\nOn 9 June 2026, Maria wrote:\n" + "".join(
        f"> {line}\n" for line in text_of(mail).splitlines()
    )
    assert trimmed(theirs) == "Now it prints."


def test_of_a_mail_only_what_was_new_in_it_is_quoted(case, maria, mailbox):
    answer(case, maria, NINE)
    comes(
        mailbox,
        NINE + MINUTE,
        message_id="<2@elmfalls.example>",
        in_reply_to=(Outgoing.objects.get().message_id,),
        body_text="It still is.\n\n> We look into it, said Maria.",
    )
    answer(case, maria, NINE + 2 * MINUTE)
    assert "> It still is." in text_of(mails()[-1])
    assert "said Maria" not in text_of(mails()[-1])


TYPED = "# is the key, and *not* [this](https://elsewhere.example) <b>one</b>"


def test_a_quoted_mail_is_what_its_sender_typed_in_the_layout_too(case, maria, mailbox):
    answer(case, maria, NINE)
    comes(
        mailbox,
        NINE + MINUTE,
        message_id="<2@elmfalls.example>",
        in_reply_to=(Outgoing.objects.get().message_id,),
        body_text=TYPED,
        trimmed_text=TYPED,
    )
    answer(case, maria, NINE + 2 * MINUTE)
    html = html_of(mails()[-1])
    assert "# is the key, and *not* [this](" in html
    assert "&lt;b&gt;one&lt;/b&gt;" in html


def test_a_passage_taken_out_of_a_message_is_gone_from_the_mails_that_quoted_it(case, maria):
    write_again(case, cast.dana_at_elm_falls(), NINE, body="The password is hunter2.")
    answer(case, maria, NINE + MINUTE)
    [quoting] = Outgoing.objects.all()
    assert b"hunter2" in bytes(quoting.raw)
    redact(Message.objects.get(body__contains="hunter2"), passages=["hunter2"], by=cast.lea_the_lead())
    quoting.refresh_from_db()
    assert bytes(quoting.raw) == b""
    answer(case, maria, NINE + 2 * MINUTE)
    assert "hunter2" not in text_of(mails()[-1])


def test_an_answer_that_fails_does_not_make_what_it_quotes_fail(case, maria):
    first = answer(case, maria, NINE)
    second = answer(case, maria, NINE + MINUTE)
    lost = Outgoing.objects.latest("pk")
    Outgoing.objects.filter(pk=lost.pk).update(state="failed")
    record("mail.failed", by=System("outbox"), at=NINE, subjects=lost.subjects, facts={"outgoing": lost.pk})
    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == (MessageState.SENT, MessageState.FAILED)


def replied_with(case: Case, maria: Any, *files: Attachment) -> EmailMessage:
    words = Words(body="See the files.", attachments=files)
    release(reply(case, Reply(words=words), by=maria, at=NINE), at=NINE)
    return mails()[-1]


def stored(maria: Any, name: str, content: bytes) -> Attachment:
    return store(ContentFile(content, name=name), by=maria)


def test_small_files_go_with_the_mail_and_large_ones_are_named_with_their_address(case, maria, settings):
    settings.KEEPWELL_MAIL_ATTACHED_MEGABYTES = 1
    small, large = stored(maria, "steps.txt", b"1. Plug it in"), stored(maria, "log.txt", b"line\n" * 250_000)
    mail = replied_with(case, maria, small, large)
    assert {part.get_filename(): part.get_content() for part in mail.iter_attachments()} == {
        "steps.txt": "1. Plug it in"
    }
    address = f"/portal/cases/{case.number}/files/{large.pk}/"
    assert "- log.txt (1.2 MB): " in text_of(mail)
    assert address in text_of(mail)
    assert f'{address}"' in html_of(mail)


def test_a_file_with_a_virus_or_without_its_scan_is_not_sent_away(case, maria):
    waiting, bad = stored(maria, "waits.txt", b"waits"), stored(maria, "bad.txt", b"bad")
    Blob.objects.filter(pk=waiting.blob_id).update(scan_state="unscanned")
    Blob.objects.filter(pk=bad.blob_id).update(scan_state="infected")
    mail = replied_with(case, maria, waiting, bad)
    assert list(mail.iter_attachments()) == []
    assert "waits.txt" in text_of(mail)


def test_the_brands_words_stand_around_the_answer_and_their_names_are_filled(case, maria):
    change_brand(
        by=SYSTEM,
        answer_frame="Dear {contact},\n\n{answer}\n\nYou hear from us again by {promise}.",
        signature="{writer}\n{brand}, case {case}",
    )
    answer(case, maria, NINE)
    text = text_of(mails()[-1])
    assert text.startswith(f"Dear {case.contact.name},\n\nWe look into it.\n\nYou hear")
    assert "You hear from us again by Thu 11 June 2026, 09:00 CDT." in text
    assert f"-- \nMaria Petersen\nKeepwell, case {case.number}\n" in text


def test_nothing_is_promised_while_the_customer_is_waited_for(case, maria):
    change_brand(by=SYSTEM, answer_frame="{answer}\nYou hear from us again by {promise}.")
    answer(case, maria, NINE, intention="wait")
    assert "hear from us" not in text_of(mails()[-1])


def test_html_that_somebody_wrote_stays_text_and_loads_nothing(case, maria):
    words = Words(body='<script>alert(1)</script> <img src="https://track.example/x"> **bold**')
    release(reply(case, Reply(words=words), by=maria, at=NINE), at=NINE)
    html = html_of(mails()[-1])
    assert "&lt;script&gt;" in html
    assert "<strong>bold</strong>" in html
    assert "<img" not in html


def test_an_answer_of_a_person_bears_no_mark_of_a_machine(case, maria):
    answer(case, maria, NINE)
    [mail] = mails()
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == (None, None)
    assert re.fullmatch(r"support\+[a-z2-7]{52}@localhost", mail["Reply-To"].addresses[0].addr_spec)
