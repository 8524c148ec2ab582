"""Letters to contacts, and what comes back: the whole way, from the words to the bytes of the mail."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE
from keepwell.channels.email.refusals import NobodyThere, NotWaiting
from keepwell.channels.email.tests import letters as mails
from keepwell.channels.email.verbs.releasing_answers import release_answer
from keepwell.channels.models import MailState
from keepwell.conversations.models import Message
from keepwell.conversations.queries import messages_visible_to
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.customers.verbs.consenting import give_consent
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.enquiries.models import State
from keepwell.enquiries.verbs.answering import answer, write_on
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.permits import NotPermitted
from keepwell.success.letters.letter import contact_who_ends, way_to_end
from keepwell.success.letters.models import Correspondence
from keepwell.success.letters.queries import unanswered
from keepwell.success.letters.refusals import LetterRefused
from keepwell.success.letters.verbs.ending import want_no_more
from keepwell.success.letters.verbs.writing import NewLetter, write_to, write_to_each
from keepwell.success.letters.verbs.writing import write_on as write_on_in_it
from tests import cast

LETTER = NewLetter(subject="The  new map", words=Words(body="It shows **valves** now."))
DANA = "dana@elmfalls.example"


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at, settings):
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = [mails.TRUSTED]
    clock_at(NINE)


@pytest.fixture
def sam(db):
    cast.the_guidelines()
    sam = cast.sam_the_success_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=cast.CAST)
    return sam


@pytest.fixture
def dana(sam):
    return cast.dana_at_elm_falls()


def left(conversation) -> None:
    """What was written leaves, as after ten seconds."""
    for message in Message.objects.filter(conversation=conversation, state="pending"):
        release(message)


def mails_to(address: str) -> list[Outgoing]:
    return list(Outgoing.objects.to(address).order_by("pk"))


def text_of(mail: Outgoing) -> str:
    said = message_from_bytes(bytes(mail.raw), policy=policy.default)
    return str(said.get_body(("plain",)).get_content())


def headers_of(mail: Outgoing):
    return message_from_bytes(bytes(mail.raw), policy=policy.default)


def answers(mail: Outgoing, author: str = DANA, **given):
    sent = {"In-Reply-To": mail.message_id, "References": mail.message_id}
    return mails.came_in(mails.letter(author, "Where are the valves?", headers=sent, **given))


@pytest.fixture
def written(sam, dana):
    begun = write_to(dana.contact, LETTER, by=sam)
    left(begun.conversation)
    return begun


def test_a_contact_gets_the_words_by_mail_from_whoever_wrote_them(written, sam):
    mail = mails_to(DANA)[-1]
    assert headers_of(mail)["Subject"] == "The new map"
    assert "It shows **valves** now." in text_of(mail)
    assert sam.name in headers_of(mail)["From"]
    assert "List-Unsubscribe" not in headers_of(mail)
    assert not Case.objects.exists()


def test_the_answer_comes_to_the_account_and_opens_no_case(written, sam, dana):
    came = answers(mails_to(DANA)[-1])
    assert (came.state, came.decision, came.case) == (MailState.PLACED, "join", None)
    assert came.message.conversation == written.conversation
    assert came.message.author_contact == dana.contact
    assert list(unanswered(sam)) == [written]
    kinds = set(Entry.objects.about("account", written.account_id).values_list("kind", flat=True))
    assert {"correspondence.begun", "message.sent", "message.received"} <= kinds
    assert not Case.objects.exists()


def test_we_answer_on_the_same_thread_and_then_it_is_their_turn(written, sam, clock_at):
    clock_at(NINE + timedelta(hours=1))
    came = answers(mails_to(DANA)[-1])
    clock_at(NINE + timedelta(hours=2))
    write_on_in_it(written, Words(body="In blue."), by=sam)
    left(written.conversation)
    again = headers_of(mails_to(DANA)[-1])
    assert (again["Subject"], again["In-Reply-To"].strip()) == ("Re: The new map", came.own_id)
    assert not unanswered(sam).exists()


@pytest.mark.parametrize(
    ("author", "given"),
    [("carl@elmfalls.example", {}), ("who@nowhere.example", {}), (DANA, {"verdict": "fail"})],
)
def test_what_is_not_proven_to_be_his_waits_for_somebody_to_look(written, author, given):
    came = answers(mails_to(DANA)[-1], author, **given)
    assert (came.state, came.message) == (MailState.HELD, None)
    assert not Case.objects.exists()
    assert Message.objects.filter(conversation=written.conversation).count() == 1


def test_one_of_us_lets_it_stand_with_what_it_answers_by_whoever_wrote_it(written, dana):
    carl = cast.carl_the_administrator_of_elm_falls()
    came = answers(mails_to(DANA)[-1], "carl@elmfalls.example")
    assert came.decision == "held_answer"
    let_in = release_answer(came, by=cast.maria_the_specialist())
    assert (let_in.state, let_in.decision) == (MailState.PLACED, "answer_released")
    message = let_in.message
    assert (message.conversation, message.author_contact) == (written.conversation, carl.contact)
    assert not Case.objects.exists()
    with pytest.raises(NotWaiting):
        release_answer(let_in, by=cast.maria_the_specialist())


def test_nobody_of_another_account_is_let_into_it(written):
    nora = cast.nora_of_another_town()
    for author in (nora.email, "who@nowhere.example"):
        came = answers(mails_to(DANA)[-1], author)
        with pytest.raises(NobodyThere):
            release_answer(came, by=cast.maria_the_specialist())
        came.refresh_from_db()
        assert came.state == MailState.HELD


def test_nobody_else_of_the_customer_reads_it(written, dana):
    for other in (cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()):
        assert not messages_visible_to(other).exists()
        assert not Correspondence.objects.visible_to(other).exists()
    assert messages_visible_to(dana).exists()


def test_several_get_it_one_by_one_if_they_agreed_and_none_twice_in_a_fortnight(sam, dana, clock_at):
    eve = add_contact("Eve", email="eve@elmfalls.example", account=cast.elm_falls(), by=cast.CAST)
    zoe = add_contact("Zoe", email="zoe@elmfalls.example", account=cast.elm_falls(), by=cast.CAST)
    for one in (eve, zoe):
        confirm_address(one.addresses.get(), by=cast.CAST)
    for one in (dana.contact, eve):
        give_consent(one, "news", by=cast.CAST)
    begun = write_to_each([dana.contact, eve, zoe], LETTER, by=sam)
    assert [one.contact for one in begun] == [dana.contact, eve]
    for one in begun:
        left(one.conversation)
    assert [headers_of(mail)["To"] for mail in (*mails_to(DANA), *mails_to("eve@elmfalls.example"))] == [
        f"{dana.contact.name} <{DANA}>",
        "Eve <eve@elmfalls.example>",
    ]
    assert mails_to("zoe@elmfalls.example") == []
    with pytest.raises(LetterRefused, match="Nothing was sent"):
        write_to_each([dana.contact, eve, zoe], LETTER, by=sam)
    clock_at(NINE + timedelta(days=15))
    assert len(write_to_each([dana.contact, eve, zoe], LETTER, by=sam)) == 2


def test_a_letter_to_several_says_how_to_end_that_and_it_ends(sam, dana, clock_at):
    give_consent(dana.contact, "news", by=cast.CAST)
    (begun,) = write_to_each([dana.contact], LETTER, by=sam)
    left(begun.conversation)
    mail, way = mails_to(DANA)[-1], way_to_end(dana.contact)
    assert headers_of(mail)["List-Unsubscribe"].strip() == f"<{way}>"
    assert way in text_of(mail)
    token = way.rstrip("/").rpartition("/")[2]
    assert contact_who_ends(f"{token}x") is None
    want_no_more(contact_who_ends(token))
    want_no_more(contact_who_ends(token))
    assert Entry.objects.filter(kind="consent.withdrawn").count() == 1
    clock_at(NINE + timedelta(days=15))
    with pytest.raises(LetterRefused):
        write_to_each([dana.contact], LETTER, by=sam)


def test_what_cannot_go_is_refused_and_nothing_is_sent(sam, dana):
    stranger = cast.contact_of_somebody_unknown()
    unproven = add_contact("Una", email="una@elmfalls.example", account=cast.elm_falls(), by=cast.CAST)
    for contact, letter in [
        (dana.contact, NewLetter(subject=" ", words=LETTER.words)),
        (dana.contact, NewLetter(subject="x" * 201, words=LETTER.words)),
        (stranger, LETTER),
        (unproven, LETTER),
    ]:
        with pytest.raises(LetterRefused, match="Nothing was sent"):
            write_to(contact, letter, by=sam)
    with pytest.raises(NotPermitted):
        write_to(dana.contact, LETTER, by=cast.maria_the_specialist())
    assert not Correspondence.objects.exists()


def test_who_is_erased_is_named_in_no_subject_and_who_is_merged_keeps_his_letters(written, dana, sam):
    ada = cast.ada_the_administrator()
    twin = add_contact("D. Hughes", email="dh@elmfalls.example", account=cast.elm_falls(), by=cast.CAST)
    merge_contacts(dana.contact, twin, by=ada)
    written.refresh_from_db()
    assert written.contact == twin
    erase_contact(twin, by=ada)
    written.refresh_from_db()
    assert (written.subject, str(written)) == ("", f"Letter {written.pk}")


def test_an_answer_to_an_enquiry_goes_by_mail_and_what_comes_back_joins_it(sam, dana):
    asked = ask(
        dana.contact,
        NewEnquiry(kind="licensing", words=Words(body="Ten seats.", channel="portal")),
        by=dana,
    )
    answer(asked, Words(body="Which product?"), by=sam)
    left(asked.conversation)
    asked.refresh_from_db()
    assert (asked.state, asked.owner) == (State.TAKEN, sam)
    mail = mails_to(DANA)[-1]
    assert "Which product?" in text_of(mail)
    assert f"/portal/enquiries/{asked.pk}/" in text_of(mail)
    assert answers(mail).message.conversation == asked.conversation
    write_on(asked, Words(body="Signals.", channel="portal"), by=dana)
    said = Message.objects.filter(conversation=asked.conversation).order_by("pk")
    assert [one.body for one in said][-1] == "Signals."
    with pytest.raises(NotPermitted):
        answer(asked, Words(body="No."), by=cast.maria_the_specialist())
