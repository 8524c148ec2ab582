"""Acknowledgements: to whom, how often, and without a word of whoever wrote."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.findings import Read
from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import read_message_id
from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import InboundMail, MailState
from keepwell.outbox.models import Outgoing, Purpose
from keepwell.outbox.verbs.branding import change_brand
from keepwell.people.actors import System
from tests import cast

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DANA, STRANGER = "dana@elmfalls.example", "who@nowhere.example"
CANARY = "Buy at once from casino"
PROVEN = ("authentication-results", "mx.help.example; dmarc=pass header.from=elmfalls.example")


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at, settings) -> None:
    clock_at(NINE)
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = ["mx.help.example"]
    cast.the_guidelines()
    cast.dana_at_elm_falls()


@pytest.fixture
def comes():
    mailbox = add_mailbox("support@localhost", by=SYSTEM)

    def come(author: str = DANA, at: datetime = NINE, **said: Any) -> InboundMail:
        number = InboundMail.objects.count()
        given: dict[str, Any] = {
            "from_addresses": (Party(address=author, name=CANARY),),
            "subject": CANARY,
            "body_text": CANARY,
            "message_id": f"<{number}@elmfalls.example>",
            **said,
            "headers": (*said.get("headers", ()), *((PROVEN,) if author == DANA else ())),
        }
        mail = receive_mail(f"raw {number}".encode(), mailbox, Arrival(), at=at)
        return place_mail(mail, Read(said=ParsedMail(**given)), at=at)

    return come


def acknowledgements() -> list[Outgoing]:
    return list(Outgoing.objects.filter(purpose=Purpose.RECEIPT).order_by("pk"))


def text_of(mail: Outgoing) -> str:
    read = message_from_bytes(bytes(mail.raw), policy=policy.default)
    return str(read.get_body(("plain",)).get_content())


def left(at: datetime) -> None:
    Outgoing.objects.filter(handed_over_at=None).update(
        state="sent", sent_at=at, handed_over_at=at, next_attempt_at=None
    )


def test_a_confirmed_address_hears_which_case_it_is_without_a_word_of_the_senders(comes):
    dana = cast.dana_at_elm_falls().contact
    dana.name = CANARY
    dana.save()
    change_brand(by=SYSTEM, signature="{contact}\n{subject}\n{brand} Support")
    case = comes().case
    [mail] = acknowledgements()
    read = message_from_bytes(bytes(mail.raw), policy=policy.default)
    assert read["Subject"] == f"[#{case.number}] We have your mail"
    assert (read["To"], mail.to_address) == (DANA, DANA)
    assert f"is case {case.number}" in read.get_body(("plain",)).get_content()
    assert re.search(r"You hear from us by \w{3} \d+ June 2026, \d\d:\d\d CDT\.", text_of(mail))
    assert "Keepwell Support" in read.get_body(("plain",)).get_content()
    assert not any(word in str(read) for word in ("casino", "{contact}", "{subject}"))


def test_it_says_that_a_machine_wrote_it_and_carries_the_way_back(comes):
    mail = comes()
    [sent] = acknowledgements()
    read = message_from_bytes(bytes(sent.raw), policy=policy.default)
    assert (read["Auto-Submitted"], read["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert read["In-Reply-To"] == mail.own_id
    claim = read_message_id(sent.message_id, seal_keys())
    assert (claim.ticket.conversation, claim.ticket.recipient) == (mail.case.conversation_id, mail.contact_id)


def test_the_brand_words_it_with_what_a_machine_may_say(comes):
    change_brand(by=SYSTEM, acknowledgement="{brand} has it: {case}, by {promise}.")
    case = comes().case
    assert f"Keepwell has it: {case.number}, by " in text_of(acknowledgements()[0])


def test_an_address_that_nobody_confirmed_hears_nothing(comes):
    assert comes(STRANGER).case is not None
    assert acknowledgements() == []


def test_a_bounced_address_hears_nothing(comes):
    cast.dana_at_elm_falls().contact.addresses.update(bounced_at=NINE)
    comes()
    assert acknowledgements() == []


@pytest.mark.parametrize(
    "headers",
    [
        (("x-auto-response-suppress", "All"),),
        (("auto-submitted", "auto-replied"),),
        (("precedence", "bulk"),),
        (("return-path", "<>"),),
    ],
)
def test_a_machine_and_whoever_asks_for_silence_hear_nothing(comes, headers):
    comes(headers=headers)
    assert acknowledgements() == []


def test_a_reply_is_not_acknowledged(comes):
    comes()
    comes(at=NINE + MINUTE, in_reply_to=(acknowledgements()[0].message_id,))
    assert (len(acknowledgements()), Case.objects.count()) == (1, 1)


def test_an_address_hears_once_in_an_hour_and_once_a_day_as_long_as_nobody_of_us_answered(comes):
    comes()
    left(NINE)
    for hours in (0.5, 2, 23.9):
        comes(at=NINE + hours * HOUR)
    assert len(acknowledgements()) == 1
    comes(at=NINE + 24 * HOUR)
    assert len(acknowledgements()) == 2


def test_after_an_answer_of_ours_an_hour_is_enough(comes, clock_at):
    first = comes().case
    left(NINE)
    answer(first, cast.maria_the_specialist(), NINE + 10 * MINUTE)
    comes(at=NINE + 59 * MINUTE)
    assert len(acknowledgements()) == 1
    comes(at=NINE + HOUR)
    assert len(acknowledgements()) == 2


def test_what_comes_right_after_it_and_names_no_mail_of_ours_opens_nothing_and_is_not_lost(comes):
    first = comes()
    left(NINE)
    echo = comes(at=NINE + 4 * MINUTE, subject="We have your message 4711")
    assert (echo.state, echo.case, Case.objects.count()) == (MailState.HELD, first.case, 1)
    assert "within minutes of our acknowledgement" in echo.why
    later = comes(at=NINE + 5 * MINUTE)
    assert (later.state, Case.objects.count()) == (MailState.PLACED, 2)


def test_a_thread_goes_on_through_the_acknowledgement(comes):
    case = comes().case
    answer(case, cast.maria_the_specialist(), NINE + MINUTE)
    reply = message_from_bytes(bytes(Outgoing.objects.get(purpose="reply").raw), policy=policy.default)
    assert reply["In-Reply-To"].strip() == acknowledgements()[0].message_id
