"""Copies of an answer: who gets them, what they show of whom, and what they open to nobody."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from keepwell.cases.tests.elm_falls import NINE, answer, now, write_again
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.channels.email.audience import audience_of, copies_of, last_cc
from keepwell.channels.email.parsed import Party
from keepwell.channels.email.tests.letters import CARL, DANA, LATER, NORA, STRANGER, reply_to
from keepwell.channels.email.verbs.answering import mail_answer
from keepwell.channels.models import MailState
from keepwell.conversations.copying import CopyTo, copies_to
from keepwell.conversations.models import Copy, Message, MessageState, Participant
from keepwell.conversations.queries import conversations_visible_to
from keepwell.conversations.verbs.participating import add_participant, remove_participant
from keepwell.conversations.verbs.redacting import redact
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.journal.models import Entry
from keepwell.journal.recording import record
from keepwell.outbox.models import Outgoing
from keepwell.people.actors import System
from tests import cast

pytestmark = pytest.mark.usefixtures("mail_at_nine")
EVE = "eve@builder.example"
SECRET = "hidden@elsewhere.example"


@pytest.fixture
def copied(case, maria) -> Message:
    """Maria answers Dana; Carl and a builder get a copy, somebody else a blind one."""
    carl = cast.carl_the_administrator_of_elm_falls()
    assert carl.contact
    return answer(case, maria, NINE, copies=copies_to(f"{CARL}, Eve Builder <{EVE}>", SECRET))


def mail_to(address: str) -> EmailMessage:
    raw = bytes(Outgoing.objects.filter(to_address=address).latest("pk").raw)
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def addresses_in(mail: EmailMessage, *names: str) -> list[str]:
    return [each.addr_spec for name in names if mail[name] for each in mail[name].addresses]


def test_each_gets_a_mail_and_everybody_sees_who_got_a_copy(copied):
    for address in (DANA, CARL, EVE, SECRET):
        mail = mail_to(address)
        assert addresses_in(mail, "To") == [DANA]
        assert addresses_in(mail, "Cc") == [CARL, EVE]
        assert "We look into it." in text_of(mail)
    assert Outgoing.objects.count() == 4


def test_a_blind_copy_is_named_in_no_mail_at_all(copied):
    for mail in Outgoing.objects.all():
        assert SECRET.encode() not in bytes(mail.raw)
    assert mail_to(SECRET)["Bcc"] is None


def test_a_copy_brings_neither_what_was_said_before_nor_the_way_to_the_case(case, copied):
    assert "The printer is silent since Monday." in text_of(mail_to(DANA))
    for address in (CARL, EVE, SECRET):
        words = text_of(mail_to(address))
        assert "The printer is silent since Monday." not in words
        assert f"/{case.number}/" not in words
        assert "You get a copy of this answer" in words


def test_who_gets_a_copy_takes_part_in_nothing_and_sees_nothing(case, copied):
    carl = Contact.objects.get(addresses__email=CARL)
    assert not Participant.objects.filter(conversation=case.conversation_id, contact=carl).exists()
    nora = cast.nora_of_another_town()
    answer(case, cast.maria_the_specialist(), LATER, copies=[CopyTo(address=NORA)])
    assert not conversations_visible_to(nora).exists()


def test_an_address_that_nobody_had_is_a_contacts_now_and_proves_nothing_of_him(copied):
    found = ContactAddress.objects.get(email=EVE)
    assert (found.contact.name, found.contact.account, found.verified_at) == ("Eve Builder", None, None)


def test_the_reply_of_somebody_with_a_copy_waits_beside_the_case(case, copied, comes):
    sent = Outgoing.objects.get(to_address=EVE)
    assert comes(EVE, **reply_to(sent)).state == MailState.HELD
    mail = comes(EVE, verdict="pass", **reply_to(sent))
    assert (mail.state, mail.decision, mail.case) == (MailState.HELD, "suggest", case)


def test_who_takes_part_gets_one_mail_whatever_is_typed(case, maria):
    answer(case, maria, NINE, copies=copies_to(DANA.upper(), DANA))
    assert Outgoing.objects.count() == 1
    assert not Copy.objects.exists()


def test_who_came_to_take_part_before_it_left_gets_one_mail(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    message = reply(case, Reply(words=Words(body="Soon."), copies=copies_to(CARL, "")), by=maria, at=NINE)
    add_participant(case.conversation, carl, by=maria, at=NINE)
    release(message, at=LATER)
    assert sorted(Outgoing.objects.values_list("to_address", flat=True)) == [CARL, DANA]
    assert "You get a copy" not in text_of(mail_to(CARL))


def test_an_answer_taken_back_goes_to_nobody_and_its_copies_stand_in_the_draft(case, maria):
    message = reply(case, Reply(words=Words(body="No."), copies=copies_to(CARL, EVE)), by=maria, at=NINE)
    draft = undo(message, by=maria, at=NINE)
    assert (draft.cc, draft.bcc) == (CARL, EVE)
    assert not Copy.objects.exists()


def test_a_copy_that_does_not_arrive_says_nothing_of_the_answer(case, copied):
    lost = Outgoing.objects.get(to_address=EVE)
    Outgoing.objects.filter(pk=lost.pk).update(state="failed")
    tell("mail.failed", lost)
    assert Copy.objects.get(address=EVE).failed_at == NINE
    assert Message.objects.get(pk=copied.pk).state == MessageState.SENT


def test_an_answer_that_only_its_copies_reached_has_failed(case, copied):
    lost = Outgoing.objects.get(to_address=DANA)
    Outgoing.objects.filter(pk=lost.pk).update(state="failed")
    tell("mail.failed", lost)
    assert Message.objects.get(pk=copied.pk).state == MessageState.FAILED
    assert mail_answer(Message.objects.get(pk=copied.pk), case, by=System("test")) == []


def test_words_that_are_taken_out_are_gone_from_the_copies_too(copied):
    redact(Message.objects.get(pk=copied.pk), by=cast.lea_the_lead())
    assert not Outgoing.objects.filter(forgotten_at__isnull=True).exists()


def test_of_an_erased_person_no_record_keeps_the_address(case, maria, copied):
    erase_contact(Contact.objects.get(addresses__email=EVE), by=cast.ada_the_administrator())
    assert sorted(Copy.objects.values_list("address", flat=True)) == ["", CARL, SECRET]
    assert last_cc(copies_of(case.conversation_id)) == [CARL]


def test_no_entry_names_an_address(copied):
    facts = [str(entry.facts) for entry in Entry.objects.all()]
    assert not [fact for fact in facts if "@" in fact]


def test_the_audience_of_an_answer_is_who_gets_a_mail(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=maria, at=NINE)
    carl.addresses.update(bounced_at=NINE)
    pia = cast.pia_at_elm_falls_water().contact
    found = audience_of(case, copies_to(f"Eve <{EVE}>", pia.email))
    assert [one.address for one in found.to] == [DANA]
    assert [one.name for one in found.unreached] == ["Carl Jensen"]
    assert [(one.name, one.contact) for one in found.cc] == [("Eve", None)]
    assert [(one.name, one.contact) for one in found.bcc] == [("Pia Duval", pia.pk)]


def differs(case: Any, cc: str = "") -> tuple[list[str], list[str], list[str]]:
    found = audience_of(now(case), copies_to(cc, "")).differs
    return tuple([one.address for one in group] for group in (found.new, found.gone, found.outside))  # type: ignore[return-value]


def test_a_first_answer_to_whoever_asked_differs_from_nothing(case):
    assert differs(case) == ([], [], [])
    assert differs(case, EVE) == ([], [], [EVE])


def test_who_got_the_last_answer_and_gets_this_one_no_more_is_missed(case, copied):
    assert differs(case, f"{CARL}, {EVE}") == ([], [], [])
    assert differs(case, CARL) == ([], [EVE], [])
    assert differs(case, f"{CARL}, {EVE}, {STRANGER}") == ([STRANGER], [], [STRANGER])


def test_whom_the_customer_named_in_his_mail_is_missed_and_ourselves_never(case, sent, comes):
    named = (Party(address=EVE), Party(address="support+tag@localhost"), Party(address="support@localhost"))
    comes(DANA, cc=named, **reply_to(sent))
    assert differs(case) == ([], [EVE], [])
    assert differs(case, EVE) == ([], [], [EVE])


def test_somebody_who_takes_part_no_more_is_missed_once(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=maria, at=NINE)
    answer(case, maria, NINE)
    remove_participant(case.conversation, carl, by=maria, at=NINE)
    assert differs(case) == ([], [CARL], [])
    answer(case, maria, LATER)
    assert differs(case) == ([], [], [])


def test_what_was_written_on_the_page_of_the_case_is_no_mail(case, copied):
    write_again(case, cast.dana_at_elm_falls(), LATER)
    assert differs(case, f"{CARL}, {EVE}") == ([], [], [])


def test_the_audience_costs_the_same_for_ten_people_and_for_twenty(
    case, maria, copied, django_assert_num_queries, django_assert_max_num_queries
):
    def ask(count: int) -> None:
        audience_of(case, copies_to(", ".join(f"{n}@builder.example" for n in range(count)), ""))

    with django_assert_max_num_queries(9) as ten:
        ask(10)
    with django_assert_num_queries(len(ten)):
        ask(20)


def tell(kind: str, mail: Outgoing) -> None:
    record(kind, by=System("outbox"), at=NINE, subjects=mail.subjects, facts={"outgoing": mail.pk})
