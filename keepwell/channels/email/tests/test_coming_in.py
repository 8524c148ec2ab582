"""Mail comes in: kept first, read later, and always to be seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE
from keepwell.channels.checks import mail_without_a_place
from keepwell.channels.email.arrivals import Arrival, MailRefused, NoSuchMailbox, mailbox_at
from keepwell.channels.email.child.reading import Unreadable
from keepwell.channels.email.tests import hostile
from keepwell.channels.email.verbs import understanding
from keepwell.channels.email.verbs.forgetting import forget_mail
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.receiving import IN_ROW_BYTES, receive_mail, receive_mails
from keepwell.channels.email.verbs.retrying import try_anew
from keepwell.channels.email.verbs.understanding import TRIES, still_to_understand, understand
from keepwell.channels.models import InboundMail, MailState, RawMail
from keepwell.conversations.models import Message, Participant
from keepwell.conversations.verbs.redacting import redact
from keepwell.customers.models import Contact
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.files.content import open_content
from keepwell.files.models import Attachment
from keepwell.files.verbs.cleaning import clean
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from tests import cast
from tests.canary import places_holding

pytestmark = pytest.mark.django_db
PIPE = Arrival(envelope_sender="bounce@elmfalls.example", envelope_recipients=("help@keepwell.example",))
RAW = b"""From: Dana <dana@outside.example>
To: help@keepwell.example
Subject: The printer is silent
Message-ID: <1@outside.example>
Date: Mon, 2 Nov 2026 09:14:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b

It says nothing.
--b
Content-Type: text/plain; name=log.txt

status: dead
--b--
"""


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@pytest.fixture
def mailbox():
    return add_mailbox("help@keepwell.example", by=System("test"))


def _came_in(mailbox, raw: bytes = RAW, came: Arrival = PIPE) -> InboundMail:
    mail = receive_mail(raw, mailbox, came)
    understand(mail.pk)
    return InboundMail.objects.get(pk=mail.pk)


def test_a_mail_is_kept_byte_for_byte_before_anybody_looks_into_it(mailbox):
    mail = receive_mail(RAW, mailbox, PIPE)
    raw = RawMail.objects.get()
    assert bytes(raw.content) == RAW
    assert (raw.size, raw.envelope_sender) == (len(RAW), "bounce@elmfalls.example")
    assert (mail.state, mail.parsed, Case.objects.count()) == (MailState.RECEIVED, None, 0)
    job = ProcrastinateJob.objects.get(task_name="channels.understand_mail")
    assert job.args == {"mail": mail.pk}


def test_it_becomes_a_case_of_its_unproven_sender_with_its_files(mailbox):
    mail = _came_in(mailbox)
    assert (mail.state, mail.decision) == (MailState.PLACED, "open_triage")
    assert mail.case.subject == "The printer is silent"
    assert (mail.case.channel, mail.case.is_verified_sender) == ("email", False)
    assert mail.message.body == "It says nothing."
    assert [row.attachment.name for row in mail.message.attached.all()] == ["log.txt"]
    assert mail.message.author_contact.addresses.get().email == "dana@outside.example"
    assert not Participant.objects.filter(confirmed_at__isnull=False).exists()
    assert mail.said.message_id == "<1@outside.example>"
    assert mail.why


def test_the_same_bytes_in_the_same_mailbox_are_one_mail_however_they_come(mailbox):
    first = _came_in(mailbox)
    for came in (PIPE, Arrival(came_by="imap", remote_id="7/1"), Arrival(came_by="imap", remote_id="8/1")):
        assert receive_mail(RAW, mailbox, came) == first
    assert (RawMail.objects.count(), Case.objects.count()) == (1, 1)
    other = add_mailbox("sales@keepwell.example", by=System("test"))
    assert receive_mail(RAW, other, PIPE) != first


def test_another_mail_with_the_same_message_id_is_kept_too(mailbox):
    _came_in(mailbox, RAW.replace(b"It says nothing.", b"A forged one that came first."))
    second = _came_in(mailbox)
    assert InboundMail.objects.filter(own_id="<1@outside.example>").count() == 2
    assert (second.state, second.said.body_text) == (MailState.HELD, "It says nothing.")


def test_two_mails_that_the_server_names_alike_are_both_kept(mailbox):
    for number in (b"1", b"2"):
        receive_mail(RAW + number, mailbox, Arrival(came_by="imap", remote_id="7/1"))
    assert sorted(RawMail.objects.values_list("remote_id", flat=True)) == ["", "7/1"]


def test_a_large_mail_is_a_file(mailbox):
    raw = hostile.attachment(IN_ROW_BYTES * 2)
    mail = _came_in(mailbox, raw)
    assert mail.raw.content is None
    with open_content(mail.raw.sha256) as kept:
        assert kept.read() == raw
    assert [file.size for file in mail.said.attachments] == [IN_ROW_BYTES * 2]


def test_several_are_taken_in_one_change(mailbox):
    mails = [(RAW + str(number).encode(), PIPE) for number in range(5)]
    assert len(receive_mails(mails, mailbox)) == RawMail.objects.count() == 5


def test_nothing_and_too_much_is_refused_in_words(mailbox, monkeypatch):
    monkeypatch.setattr("keepwell.channels.email.arrivals.STORED_BYTES", 100)
    for raw in (b"", b"x" * 101):
        with pytest.raises(MailRefused):
            receive_mail(raw, mailbox, PIPE)
    with pytest.raises(NoSuchMailbox, match="nobody@keepwell.example"):
        mailbox_at("nobody@keepwell.example")
    assert mailbox_at("HELP@keepwell.example") == mailbox


def test_a_raw_mail_cannot_be_changed_nor_taken_away(mailbox):
    _came_in(mailbox)
    with pytest.raises(ProgrammingError, match="written once"), transaction.atomic():
        RawMail.objects.update(content=b"other")
    with pytest.raises(ProgrammingError, match="written once"), transaction.atomic():
        RawMail.objects.all()._raw_delete("default")


def test_understanding_it_twice_makes_one_case(mailbox):
    mail = _came_in(mailbox)
    assert understand(mail.pk) is None
    assert Case.objects.count() == 1


def test_what_cannot_be_read_is_a_case_with_its_original(mailbox, monkeypatch):
    def unreadable(*_given):
        raise Unreadable("Reading it takes longer than it is given.")

    monkeypatch.setattr("keepwell.channels.email.child.reading.Reader.read", unreadable)
    mail = _came_in(mailbox)
    assert (mail.state, mail.decision) == (MailState.UNPARSED, "unreadable")
    assert mail.why == "Reading it takes longer than it is given."
    (file,) = [row.attachment for row in mail.message.attached.all()]
    assert file.name == "original.eml"
    with open_content(file.blob.sha256) as kept:
        assert kept.read() == RAW
    assert mail.message.author_contact.addresses.get().email == "bounce@elmfalls.example"


@pytest.mark.parametrize(
    "raw",
    [hostile.tiny_parts(1_000), hostile.nested_parts(1_000), b"\n", b"\xff\x00\xfe", b"From: \n\n"],
    ids=["too many parts", "too deep", "a line", "bytes", "no sender"],
)  # fmt: skip
def test_every_mail_is_a_case_that_staff_see(mailbox, raw):
    mail = _came_in(mailbox, raw)
    assert mail.case.subject
    assert mail.message.body
    assert Case.objects.filter(pk=mail.case_id).to_place()
    originals = [row.attachment.name for row in mail.message.attached.all()]
    assert mail.said.is_opened or originals == ["original.eml"]


def test_a_file_that_is_not_taken_is_told_and_the_mail_is(mailbox):
    mail = _came_in(mailbox, RAW.replace(b"log.txt", b"log.exe"))
    assert not mail.message.attached.exists()
    assert len(mail.left_out) == 1
    assert mail.left_out[0] in mail.message.body


def test_mail_on_which_work_fails_five_times_is_set_aside_and_others_go_on(mailbox, monkeypatch, clock_at):
    poison = receive_mail(RAW, mailbox, PIPE)
    with monkeypatch.context() as broken:
        broken.setattr(understanding, "place_mail", lambda *_given, **_named: 1 / 0)
        for number in range(TRIES):
            clock_at(NINE + timedelta(hours=number + 1))
            assert still_to_understand() == [poison.pk]
            with pytest.raises(ZeroDivisionError):
                understand(poison.pk)
            assert still_to_understand() == []
        clock_at(NINE + timedelta(days=1))
        assert understand(poison.pk) is None
    poison.refresh_from_db()
    assert (poison.state, poison.tries) == (MailState.QUARANTINED, TRIES)
    assert still_to_understand() == []
    assert _came_in(mailbox, RAW.replace(b"<1@", b"<2@")).state == MailState.PLACED
    try_anew(poison, by=System("test"))
    assert still_to_understand() == [poison.pk]
    understand(poison.pk)
    poison.refresh_from_db()
    assert poison.state == MailState.PLACED


def test_a_job_that_never_ran_is_looked_for(mailbox, clock_at):
    mail = receive_mail(RAW, mailbox, PIPE)
    assert still_to_understand() == []
    clock_at(NINE + timedelta(minutes=3))
    assert still_to_understand() == [mail.pk]


def test_no_entry_and_no_job_carries_a_word_of_it(mailbox):
    mail = _came_in(mailbox, RAW.replace(b"printer", b"zanzibara").replace(b"dana@", b"zanzibara@"))
    assert mail.case.subject == "The zanzibara is silent"
    found = places_holding("zanzibara")
    assert not {place for place in found if "journal" in place or "procrastinate" in place}
    kinds = Entry.objects.about("case", mail.case_id).values_list("kind", flat=True)
    assert "inbound_mail.placed" in kinds


def test_what_is_redacted_or_erased_is_gone_from_the_mail_too(mailbox):
    mail = _came_in(mailbox)
    redact(mail.message, passages=["says nothing"], by=System("test"))
    mail.refresh_from_db()
    raw = RawMail.objects.get(pk=mail.raw_id)
    assert (mail.parsed, raw.content, raw.envelope_sender) == (None, None, "")
    assert raw.forgotten_at is not None

    other = _came_in(mailbox, RAW.replace(b"nothing", b"zanzibara"))
    erase_contact(Contact.objects.get(addresses__email="dana@outside.example"), by=System("test"))
    other.refresh_from_db()
    assert other.parsed is None
    assert not places_holding("zanzibara")


def test_the_original_stays_on_the_disk_as_long_as_the_mail_does(mailbox, clock_at):
    mail = _came_in(mailbox, hostile.attachment(IN_ROW_BYTES * 2))
    clock_at(NINE + timedelta(days=3))
    clean()
    assert Attachment.objects.filter(pk=mail.raw.file_id).exists()
    assert Message.objects.get(pk=mail.message_id).attached.exists()


def test_the_doctor_names_mail_that_has_no_place(mailbox, clock_at):
    waiting = receive_mail(RAW, mailbox, PIPE)
    assert list(mail_without_a_place()) == []
    clock_at(NINE + timedelta(hours=1))
    assert list(mail_without_a_place()) == [
        f"Mail {waiting.pk} was never read: no worker runs, or its job is lost."
    ]
    InboundMail.objects.update(state=MailState.QUARANTINED, tries=TRIES)
    assert list(mail_without_a_place()) == [f"Mail {waiting.pk} was set aside: working on it failed 5 times."]


def test_the_doctor_names_mail_that_nobody_looked_at_for_a_day(mailbox, clock_at):
    _came_in(mailbox)
    held = _came_in(mailbox, RAW + b"again")
    assert held.state == MailState.HELD
    clock_at(NINE + timedelta(hours=23))
    assert list(mail_without_a_place()) == []
    clock_at(NINE + timedelta(days=2, hours=1))
    assert list(mail_without_a_place()) == [
        f"Mail {held.pk} has waited for 2 days for somebody to look at it."
    ]
    forget_mail(held, by=System("test"))
    assert list(mail_without_a_place()) == []
