"""Several brands: as which one a case is answered, and that its answers come back."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from keepwell.cases.tests.elm_falls import NINE, answer
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.findings import Read
from keepwell.channels.email.tests import letters
from keepwell.channels.email.understanding.finding import our_own
from keepwell.channels.email.verbs.mailboxes import add_mailbox, answer_as
from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.form.verbs.following import send_code
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.channels.speaking import brand_of
from keepwell.conversations.copying import CopyTo
from keepwell.conversations.verbs.copying import CopyRefused, add_copies
from keepwell.customers.verbs.products import speak_for
from keepwell.outbox.models import Brand, Outgoing
from keepwell.outbox.verbs.branding import add_brand, change_brand
from keepwell.people.actors import System
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_nine")]
BY = System("test")


@pytest.fixture
def wayside() -> Brand:
    return add_brand(
        by=BY,
        name="Wayside",
        sender_name="Wayside Support",
        sender_address="help@wayside.example",
        signature="Your Wayside team",
        answer_frame="{brand} writes:\n{answer}",
    )


@pytest.fixture
def waysides_mailbox(wayside: Brand) -> Mailbox:
    mailbox = add_mailbox("help@wayside.example", by=BY)
    answer_as(mailbox, wayside, by=BY)
    return mailbox


def comes_to(mailbox: Mailbox, **said: object) -> InboundMail:
    number = InboundMail.objects.count()
    given = {"message_id": f"<{number}@elmfalls.example>", **said}
    mail = receive_mail(f"raw {number}".encode(), mailbox, Arrival(), at=letters.LATER)
    said_by_dana = letters.mail_from(letters.DANA, verdict="pass", **given)
    return place_mail(mail, Read(said=said_by_dana), at=letters.LATER)


def newest() -> EmailMessage:
    return message_from_bytes(bytes(Outgoing.objects.latest("pk").raw), policy=policy.default)


def test_a_case_is_answered_by_the_vendor_where_nothing_else_is_said(case, wayside):
    assert brand_of(case).is_own


def test_a_case_about_a_product_is_answered_by_who_speaks_for_it(case, maria, wayside):
    case.product = cast.roadworks()
    case.save()
    speak_for(case.product, wayside, by=BY)
    answer(case, maria, NINE)
    mail = newest()
    assert mail["From"] == "Maria Petersen <help@wayside.example>"
    assert mail["Message-ID"].endswith("@wayside.example>")
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Wayside writes:\n")
    assert "-- \nYour Wayside team\n" in text
    speak_for(case.product, None, by=BY)
    assert brand_of(case).is_own


def test_who_wrote_to_a_mailbox_is_answered_by_its_brand_whatever_the_product(
    maria, waysides_mailbox, wayside
):
    case = comes_to(waysides_mailbox).case
    case.product = cast.roadworks()
    case.save()
    assert brand_of(case) == wayside
    answer(case, maria, letters.LATER)
    assert "help+" in newest()["Reply-To"]
    assert "@wayside.example" in newest()["Reply-To"]


def test_the_answer_to_a_brand_comes_back_into_its_case(maria, waysides_mailbox):
    case = comes_to(waysides_mailbox).case
    answer(case, maria, letters.LATER)
    reply = comes_to(waysides_mailbox, **letters.reply_to(Outgoing.objects.latest("pk")))
    assert reply.case == case
    assert reply.message is not None


def test_the_mailbox_that_was_written_to_last_says_who_answers(mailbox, maria, waysides_mailbox, wayside):
    case = comes_to(waysides_mailbox).case
    answer(case, maria, letters.LATER)
    comes_to(mailbox, **letters.reply_to(Outgoing.objects.latest("pk")))
    assert brand_of(case).is_own


def test_the_receipt_with_its_code_comes_from_who_speaks_for_the_product(case, wayside):
    case.product = cast.roadworks()
    case.save()
    speak_for(case.product, wayside, by=BY)
    send_code(case, cast.dana_at_elm_falls().contact.addresses.get(), by=BY)
    assert newest()["From"] == "Wayside Support <help@wayside.example>"


def test_the_addresses_of_all_brands_are_ours(case, maria, wayside):
    assert "help@wayside.example" in our_own().addresses
    message = answer(case, maria, NINE)
    with pytest.raises(CopyRefused):
        add_copies(message, [CopyTo(address="Help@Wayside.example", name="")], by=maria)


def test_one_brand_costs_no_more_questions_than_before(case, django_assert_num_queries):
    change_brand(by=BY, name="Keepwell")
    with django_assert_num_queries(1):
        brand_of(case)
