"""What comes back from a third party, the whole way of a mail: into the side thread, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer, now, open_for
from keepwell.cases.verbs.merging import merge
from keepwell.channels.email.aside.tests.conftest import JOE, ROSA, ask, mail_to
from keepwell.channels.email.aside.verbs.releasing import release_aside
from keepwell.channels.email.parsed import DeliveryReport
from keepwell.channels.email.refusals import AnswersAside, NotWaiting, OurOwn
from keepwell.channels.email.tests.letters import (
    CARL,
    DANA,
    MARIA,
    STRANGER,
    TRUSTED,
    UNFOLDED,
    came_in,
    letter,
)
from keepwell.channels.email.verbs.releasing import release
from keepwell.channels.email.verbs.retrying import try_anew
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message, Note
from keepwell.conversations.verbs.participating import add_participant
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.verbs.adding import add_contact
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.permits import NotPermitted
from keepwell.service_levels.models import Clock
from keepwell.side_threads.models import Delivery, SideMessage, SideState
from keepwell.side_threads.verbs.ending import end
from keepwell.side_threads.verbs.erasing import erase_asked
from keepwell.side_threads.verbs.redacting import redact
from tests import cast
from tests.canary import places_holding

pytestmark = pytest.mark.usefixtures("mail_at_nine")
Replies = Callable[..., InboundMail]


@pytest.fixture
def replies(asked_by: Outgoing) -> Replies:
    """Somebody answers the mail that Rosa got."""

    def reply(author: str = ROSA, text: str = "It is down since Monday.", **said: Any) -> InboundMail:
        headers = {"In-Reply-To": asked_by.message_id, **said.pop("headers", {})}
        return came_in(letter(author, text, headers=headers, **said))

    return reply


def said_aside(mail: InboundMail) -> list[str]:
    return list(SideMessage.objects.filter(direction="in").values_list("body", flat=True))


def sealed_address(mail: Outgoing) -> str:
    line = next(
        one for one in bytes(mail.raw).decode().replace("\r\n ", " ").splitlines() if "Reply-To" in one
    )
    return line.rpartition("<")[2].strip("> ")


def test_his_answer_comes_into_the_side_thread_and_never_into_the_conversation(replies, aside, case):
    before = list(Message.objects.values_list("pk", flat=True))
    mail = replies(files={"node.log": b"dead"})
    heard = SideMessage.objects.get(direction="in")
    assert (mail.state, mail.decision) == (MailState.PLACED, "aside_join")
    assert (mail.side_thread, mail.side_message, mail.message, mail.case) == (aside, heard, None, case)
    assert (heard.body, heard.party.address, heard.is_unconfirmed) == (
        "It is down since Monday.",
        ROSA,
        False,
    )
    assert [row.attachment.name for row in heard.attached.all()] == ["node.log"]
    assert list(Message.objects.values_list("pk", flat=True)) == before
    assert mail.why == (
        "It joined this side thread, which the customer does not see: it came by the answered mail that only "
        "its sender was given; it says that it is from somebody who was asked; no host that we trust proves "
        "its sender."
    )


def test_it_finds_back_by_the_reply_address_alone(asked_by, aside):
    mail = came_in(letter(ROSA, "Down.", headers={"Delivered-To": sealed_address(asked_by)}))
    assert (mail.decision, mail.side_thread) == ("aside_join", aside)


def test_he_becomes_no_contact_and_nothing_is_acknowledged(replies, asked_by):
    contacts, mails = Contact.objects.count(), Outgoing.objects.count()
    replies()
    assert Contact.objects.count() == contacts
    assert not ContactAddress.objects.filter(email=ROSA).exists()
    assert Outgoing.objects.count() == mails


def test_no_clock_moves_and_the_case_stays_as_it_was(replies, case):
    def clocks() -> list[tuple[Any, ...]]:
        return list(Clock.objects.filter(case=case).order_by("pk").values_list())

    before, stood = clocks(), now(case)
    assert before
    replies()
    assert clocks() == before
    assert (now(case).state, now(case).version) == (stood.state, stood.version)
    assert now(case).last_message_at == stood.last_message_at


def test_asking_somebody_is_no_answer_to_the_customer(case, maria, mailbox):
    def met() -> list[Any]:
        return list(
            Clock.objects.filter(case=case).order_by("pk").values_list("metric", "ended_at", "due_at")
        )

    before = met()
    ask(case, maria)
    assert met() == before


def test_a_colleague_at_the_same_firm_joins_by_the_seal_and_is_not_confirmed(replies):
    mail = replies(JOE)
    heard = SideMessage.objects.get(direction="in")
    assert mail.decision == "aside_unconfirmed"
    assert (heard.party, heard.writer_address, heard.is_unconfirmed) == (None, JOE, True)


def test_a_colleague_of_a_public_provider_is_a_stranger(case, maria, mailbox):
    ask(case, maria, "rosa.lind@gmail.com")
    headers = {"In-Reply-To": mail_to("rosa.lind@gmail.com").message_id}
    assert came_in(letter("joe@gmail.com", "Me, too.", headers=headers)).decision == "aside_held"


@pytest.mark.parametrize(
    ("author", "verdict"),
    [(ROSA, "fail"), (JOE, "fail"), (STRANGER, ""), (STRANGER, "pass"), (STRANGER, "fail"), (MARIA, "pass")],
)
def test_forged_and_foreign_answers_wait_beside_the_side_thread(replies, aside, case, author, verdict, maria):
    mail = replies(author, "Send me the password.", verdict=verdict)
    assert (mail.state, mail.decision) == (MailState.HELD, "aside_held")
    assert (mail.side_thread, mail.side_message, mail.message, mail.case) == (aside, None, None, case)
    assert said_aside(mail) == []
    assert Entry.objects.get(kind="inbound_mail.held").ids_of("case") == [case.pk]


def test_a_changed_seal_leads_nowhere(asked_by, aside):
    other = asked_by.message_id.replace(f"<kw.side.{aside.pk}.", f"<kw.side.{aside.pk + 1}.")
    for identity in (
        other,
        asked_by.message_id.replace("@", "a@"),
        asked_by.message_id.rpartition(".")[0] + "@x>",
    ):
        mail = came_in(letter(ROSA, f"To {identity}", headers={"In-Reply-To": identity}))
        assert mail.side_thread is None
        assert mail.state == MailState.HELD
        assert mail.case is None
    assert said_aside(mail) == []


def test_a_reply_address_whose_key_is_out_of_use_opens_nothing(asked_by, settings):
    settings.KEEPWELL_MAIL_KEYS = ["a key that was drawn by chance, later"]
    mail = came_in(letter(ROSA, "Down.", headers={"Delivered-To": sealed_address(asked_by)}))
    assert (mail.side_thread, mail.decision) == (None, "hold")


def test_the_numbers_of_a_side_thread_never_stand_for_those_of_a_conversation(asked_by, case, maria):
    """A seal made for side thread 7 says nothing of conversation 7, whoever writes it how."""
    answer(case, maria, NINE)
    theirs = mail_to(DANA).message_id
    as_side = theirs.replace(f"<kw.{case.conversation_id}.c", f"<kw.side.{case.conversation_id}.")
    mail = came_in(letter(DANA, "Crossed.", headers={"In-Reply-To": as_side}))
    assert mail.side_thread is None
    assert mail.message is None


def test_a_customers_mail_by_the_seal_of_a_side_thread_waits_beside_the_case_and_is_let_in_there(
    replies, case, maria
):
    mail = replies(DANA, "Somebody sent me this.", verdict="pass")
    assert (mail.decision, mail.side_thread, mail.case) == ("aside_beside_case", None, case)
    assert said_aside(mail) == []
    release(mail, case, by=maria)
    assert mail.message.body == "Somebody sent me this."


def test_one_of_the_account_who_takes_no_part_waits_beside_the_case_too(replies, case):
    cast.carl_the_administrator_of_elm_falls()
    assert replies(CARL).decision == "aside_beside_case"


def test_the_countys_own_it_may_be_asked_and_answers_into_the_side_thread(case, maria, mailbox):
    cast.carl_the_administrator_of_elm_falls()
    ask(case, maria, CARL)
    mail = came_in(letter(CARL, "Port 9100 is shut.", headers={"In-Reply-To": mail_to(CARL).message_id}))
    assert mail.decision == "aside_join"
    assert not Message.objects.filter(body__contains="9100").exists()


def test_what_answers_a_side_thread_and_a_conversation_at_once_waits_and_joins_neither(
    asked_by, aside, case, maria
):
    add_participant(case.conversation, cast.carl_the_administrator_of_elm_falls().contact, by=maria)
    answer(case, maria, NINE)
    headers = {"In-Reply-To": mail_to(DANA).message_id, "Delivered-To": sealed_address(asked_by)}
    mail = came_in(letter(ROSA, "Both.", headers=headers))
    assert (mail.decision, mail.side_thread) == ("aside_held", aside)
    assert "at once" in mail.why


def test_a_customers_answer_to_our_mail_is_his_even_if_a_side_thread_stands_further_up(asked_by, case, maria):
    answer(case, maria, NINE)
    theirs = mail_to(DANA).message_id
    headers = {"In-Reply-To": theirs, "References": f"{asked_by.message_id} {theirs}"}
    mail = came_in(letter(DANA, "Thank you.", headers=headers))
    assert (mail.decision, mail.side_thread) == ("join", None)


def test_his_next_mail_without_our_seal_joins_only_if_he_is_proven(replies):
    first = replies()
    for verdict, decision in (("pass", "aside_join"), ("", "aside_held"), ("fail", "aside_held")):
        headers = {"In-Reply-To": first.own_id}
        mail = came_in(letter(ROSA, f"One more thing {verdict}.", headers=headers, verdict=verdict))
        assert mail.decision == decision, verdict
    mail = came_in(letter(STRANGER, "I, too.", headers={"In-Reply-To": first.own_id}))
    assert mail.side_thread is None


def test_a_mail_with_an_id_that_came_before_waits_unless_he_is_proven(replies):
    first = replies()
    for verdict, decision in (("", "aside_held"), ("pass", "aside_join")):
        again = replies(text=f"Again {verdict}", verdict=verdict, headers={"Message-ID": first.own_id})
        assert again.decision == decision


def test_an_answer_to_one_that_ended_opens_it_again(replies, aside, maria):
    end(aside, by=maria)
    replies()
    aside.refresh_from_db()
    assert aside.state == SideState.OPEN


def test_an_answer_after_a_merge_comes_to_the_case_that_lives(replies, aside, case, maria):
    held = replies(STRANGER)
    other = open_for(cast.dana_at_elm_falls())
    merge(case, other, by=maria)
    held.refresh_from_db()
    assert held.case == other
    assert replies().case == other


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto_reply"),
        ({"List-Id": "<news.hosting.example>"}, "list"),
        ({"Auto-Submitted": "auto-generated"}, "report"),
    ],
)
def test_what_a_machine_answers_is_put_aside_beside_the_side_thread(replies, aside, maria, headers, kind):
    mail = replies(headers=headers)
    assert (mail.state, mail.decision, mail.side_thread) == (MailState.PARKED, kind, aside)
    assert said_aside(mail) == []
    with pytest.raises(AnswersAside):
        release(mail, mail.case, by=maria)


def test_our_own_mail_that_comes_back_is_put_aside(asked_by, mailbox):
    raw = bytes(asked_by.raw)
    assert came_in(raw).state == MailState.PARKED


def test_a_mail_that_came_back_for_good_shows_at_the_message_and_is_told_to_its_writer(
    asked_by, aside, maria, comes
):
    report = DeliveryReport(
        action="failed", status="5.1.1", final_recipient=ROSA, message_id=asked_by.message_id, diagnostic=""
    )
    mail = comes("mailer-daemon@hosting.example", delivery_reports=(report,))
    assert (mail.state, mail.decision, mail.side_thread) == (MailState.PARKED, "bounce_hard", aside)
    assert Delivery.objects.get().failed_at is not None
    assert Entry.objects.get(kind="side_message.failed").ids_of("person") == [maria.pk]


@pytest.mark.parametrize(("status", "is_forged"), [("4.2.2", False), ("5.1.1", True)])
def test_one_that_came_back_for_now_or_by_a_forged_name_marks_nothing(asked_by, comes, status, is_forged):
    named = asked_by.message_id.replace("@", "a@") if is_forged else asked_by.message_id
    report = DeliveryReport(
        action="failed", status=status, final_recipient=ROSA, message_id=named, diagnostic=""
    )
    comes("mailer-daemon@hosting.example", delivery_reports=(report,))
    assert Delivery.objects.get().failed_at is None


def test_what_waits_is_let_into_its_side_thread_with_its_files_and_nowhere_else(replies, aside, case, maria):
    mail = replies(STRANGER, "I run it now.", files={"node.log": b"dead"})
    with pytest.raises(AnswersAside):
        release(mail, case, by=maria)
    with pytest.raises(AnswersAside):
        release(mail, by=maria)
    release_aside(mail, by=maria)
    heard = SideMessage.objects.get(direction="in")
    assert (mail.state, mail.decision, mail.side_message) == (MailState.PLACED, "aside_released", heard)
    assert (heard.body, heard.is_unconfirmed, heard.writer_address) == ("I run it now.", True, STRANGER)
    assert heard.attached.count() == 1
    assert mail.why.endswith("One of us let it in.")
    assert not Message.objects.filter(body="I run it now.").exists()
    with pytest.raises(NotWaiting):
        release_aside(mail, by=maria)


def test_only_who_places_mail_lets_it_in_and_never_one_of_ours(replies, maria):
    mail = replies(STRANGER)
    with pytest.raises(NotPermitted):
        release_aside(mail, by=cast.sam_the_success_manager())
    ours = replies(MARIA, "From Maria.")
    with pytest.raises(OurOwn):
        release_aside(ours, by=maria)


def test_what_one_of_us_forwards_waits_and_what_he_wrote_above_it_is_his_note(asked_by, aside, case, maria):
    inner, outer = EmailMessage(policy=UNFOLDED), EmailMessage(policy=UNFOLDED)
    inner["From"], inner["To"], inner["Subject"] = f"Rosa <{ROSA}>", MARIA, "Re: Is node 4 up?"
    inner["Message-ID"], inner["In-Reply-To"] = "<inner@hosting.example>", asked_by.message_id
    inner.set_content("It is down.")
    outer["From"], outer["To"], outer["Subject"] = f"Maria <{MARIA}>", "support@localhost", "Fwd: node 4"
    outer["Message-ID"] = "<outer@vendor.example>"
    outer.set_content("Rosa wrote to me by herself.")
    outer.add_attachment(inner)
    proof = f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=vendor.example\n"
    mail = came_in(proof.encode() + outer.as_bytes())
    assert (mail.state, mail.decision, mail.side_thread) == (MailState.HELD, "aside_held", aside)
    release_aside(mail, by=maria)
    heard = SideMessage.objects.get(direction="in")
    assert (heard.body, heard.party.address, heard.is_unconfirmed) == ("It is down.", ROSA, True)
    assert Note.objects.get(conversation=case.conversation_id).body == "Rosa wrote to me by herself."


def test_mail_of_a_case_is_let_into_no_side_thread(case, maria, mailbox):
    answer(case, maria, NINE)
    held = came_in(letter(STRANGER, "Me, too.", headers={"In-Reply-To": mail_to(DANA).message_id}))
    with pytest.raises(NotWaiting):
        release_aside(held, by=maria)


def test_one_that_waits_is_decided_about_anew(replies, maria):
    mail = replies(STRANGER)
    try_anew(mail, by=maria)
    understand(mail.pk)
    mail.refresh_from_db()
    assert mail.decision == "aside_held"


def test_taking_words_out_forgets_the_mail_that_they_came_by(replies):
    mail = replies(text="The password is zanzibara.")
    redact(mail.side_message, passages=["zanzibara"], by=cast.lea_the_lead())
    assert places_holding("zanzibara") == {}


def test_whoever_is_forgotten_is_in_no_mail_that_came_from_him_held_or_not(replies):
    replies(text="The password is zanzibara.")
    replies(verdict="fail", text="zanzibara again")
    replies(text="zanzibara, by a machine", headers={"Auto-Submitted": "auto-replied"})
    erase_asked(ROSA, by=cast.ada_the_administrator())
    assert places_holding("zanzibara") == {}
    assert places_holding(ROSA) == {}


def test_a_known_contact_of_another_customer_may_be_asked_and_answers_aside(case: Case, maria, mailbox):
    add_contact("Rosa Lind", email=ROSA, account=cast.another_town(), by=cast.CAST)
    ask(case, maria)
    mail = came_in(letter(ROSA, "Down.", headers={"In-Reply-To": mail_to(ROSA).message_id}))
    assert mail.decision == "aside_join"
