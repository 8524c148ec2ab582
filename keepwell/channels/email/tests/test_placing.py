"""What becomes of mails, through the verbs: read already, decided, carried out."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer
from keepwell.channels.email.findings import Read
from keepwell.channels.email.parsed import DeliveryReport, ParsedMail
from keepwell.channels.email.tests.letters import CARL, DANA, LATER, STRANGER, reply_to
from keepwell.channels.email.verbs.parting import DidNotJoin, move_to_new_case
from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message, MessageState, Participant
from keepwell.conversations.queries import messages_visible_to
from keepwell.conversations.verbs.participating import add_participant
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.mail_domains import add_mail_domain, verify_mail_domain
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.usefixtures("mail_at_nine")
SYSTEM = System("test")


def words_in(case: Case) -> list[str]:
    return list(
        Message.objects.filter(conversation=case.conversation_id, direction="in").values_list(
            "body", flat=True
        )
    )


def test_a_reply_joins_its_case_in_its_senders_name_and_says_why(case, sent, comes):
    mail = comes(DANA, **reply_to(sent))
    assert (mail.state, mail.decision, mail.case) == (MailState.PLACED, "join", case)
    assert (mail.message.body, mail.message.author_contact) == ("Words of mail 0.", case.contact)
    assert mail.message.channel == "email"
    assert mail.why == (
        "It joined this conversation: it came by the answered mail that only its sender was given; it says "
        "that it is from whoever opened the case; no host that we trust proves its sender."
    )
    entry = Entry.objects.get(kind="inbound_mail.placed")
    assert entry.facts == {"decision": "join"}
    assert entry.ids_of("case") == [case.pk]


def test_a_forged_reply_joins_nothing_and_no_customer_sees_it(case, sent, comes):
    before = words_in(case)
    for author, said in [
        (STRANGER, reply_to(sent)),
        (DANA, {"in_reply_to": (sent.message_id.replace(".c", ".c1"),)}),
        (DANA, {"subject": f"[#{case.number}]"}),
        (DANA, {**reply_to(sent), "verdict": "fail"}),
    ]:
        mail = comes(author, **said)
        assert (mail.state, mail.message) == (MailState.HELD, None)
    assert words_in(case) == before
    assert [message.body for message in messages_visible_to(cast.dana_at_elm_falls())][:1] == before


def test_a_held_reply_waits_beside_its_case(case, sent, comes):
    assert comes(STRANGER, **reply_to(sent)).case == case
    assert comes(DANA, verdict="fail").case is None


def test_a_colleague_who_is_proven_is_suggested_and_sees_nothing(case, sent, comes):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    mail = comes(CARL, verdict="pass", **reply_to(sent))
    assert (mail.state, mail.decision, mail.case) == (MailState.HELD, "suggest", case)
    part = Participant.objects.get(conversation=case.conversation_id, contact=carl)
    assert not part.takes_part


def test_a_colleague_who_takes_part_joins_by_his_proof(case, sent, comes, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=maria, at=NINE)
    mail = comes(CARL, verdict="pass", subject=f"Re: it [#{case.number}]")
    assert (mail.decision, mail.message.author_contact) == ("join", carl)


def test_somebody_unknown_begins_a_case_that_is_not_verified(comes):
    mail = comes(STRANGER)
    assert (mail.state, mail.decision) == (MailState.PLACED, "open_triage")
    assert (mail.case.is_verified_sender, mail.case.account) == (False, None)
    assert ContactAddress.objects.get(email=STRANGER).verified_at is None


def test_somebody_unknown_who_is_proven_is_verified_and_can_be_written_to_and_cannot_sign_in(comes):
    people = User.objects.count()
    mail = comes(STRANGER, verdict="pass")
    assert mail.case.is_verified_sender
    assert ContactAddress.objects.get(email=STRANGER).verified_at == LATER
    assert (mail.case.contact.user, User.objects.count()) == (None, people)


@pytest.mark.parametrize(("verdict", "is_linked"), [("pass", True), ("", False)])
def test_a_newcomer_of_a_verified_domain_is_put_to_its_account_only_if_proven(comes, verdict, is_linked):
    domain = add_mail_domain(cast.elm_falls(), "elmfalls.example", by=SYSTEM)
    verify_mail_domain(domain, by=SYSTEM)
    mail = comes("new@elmfalls.example", verdict=verdict)
    assert mail.case.account == (cast.elm_falls() if is_linked else None)
    assert mail.case.contact.account == (cast.elm_falls() if is_linked else None)


def test_a_proven_mail_proves_itself_and_not_what_others_sent_in_his_name(comes):
    forged = comes(STRANGER)
    proven = comes(STRANGER, verdict="pass")
    assert proven.case.is_verified_sender
    assert not Case.objects.get(pk=forged.case.pk).is_verified_sender


def test_a_customer_begins_a_case_of_his_account(comes, mailbox):
    cast.dana_at_elm_falls()
    mail = comes(DANA, verdict="pass")
    assert (mail.decision, mail.case.account) == ("open_known", cast.elm_falls())
    assert (mail.case.is_verified_sender, mail.case.contact.email) == (True, DANA)


def test_a_second_mail_of_a_thread_joins_the_first(comes):
    first = comes(STRANGER, verdict="pass", message_id="<first@nowhere.example>")
    second = comes(STRANGER, verdict="pass", references=("<first@nowhere.example>",))
    assert (second.decision, second.case) == ("join", first.case)
    third = comes(STRANGER, references=("<first@nowhere.example>",))
    assert (third.decision, third.case) == ("held_reply", first.case)


def test_a_mail_with_an_id_that_came_before_is_kept_and_looked_at(comes):
    comes(STRANGER, message_id="<same@x>")
    mail = comes(DANA, message_id="<same@x>")
    assert (mail.state, mail.decision) == (MailState.HELD, "hold")
    assert mail.said.body_text == "Words of mail 1."


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ((("auto-submitted", "auto-replied"),), "auto_reply"),
        ((("list-id", "<x.y>"),), "list"),
        ((("return-path", "<>"),), "report"),
    ],
)
def test_what_no_person_wrote_is_put_aside_beside_what_it_answers(case, sent, comes, headers, kind):
    cases, contacts = Case.objects.count(), Contact.objects.count()
    mail = comes(DANA, headers=headers, **reply_to(sent))
    assert (mail.state, mail.decision, mail.case, mail.message) == (MailState.PARKED, kind, case, None)
    mail = comes("robot@nowhere.example", headers=headers)
    assert (mail.state, mail.case) == (MailState.PARKED, None)
    assert (Case.objects.count(), Contact.objects.count(), Outgoing.objects.count()) == (cases, contacts, 1)


def test_a_mail_that_came_back_for_good_marks_its_address_and_the_answer(case, sent, comes):
    report = DeliveryReport(final_recipient=DANA, action="failed", status="5.1.1", message_id=sent.message_id)
    mail = comes("mailer-daemon@mx.example", delivery_reports=(report,))
    assert (mail.state, mail.decision, mail.case) == (MailState.PARKED, "bounce_hard", case)
    assert ContactAddress.objects.get(email=DANA).bounced_at == LATER
    assert Message.objects.get(direction="out").state == MessageState.FAILED


def test_a_mail_that_came_back_for_now_or_by_a_forged_name_marks_nothing(case, sent, comes):
    soft = DeliveryReport(final_recipient=DANA, action="failed", status="4.2.2", message_id=sent.message_id)
    forged = DeliveryReport(
        final_recipient=DANA, action="failed", status="5.1.1", message_id=sent.message_id.replace(".c", ".c1")
    )
    for report in (soft, forged):
        assert comes("mailer-daemon@mx.example", delivery_reports=(report,)).state == MailState.PARKED
    assert ContactAddress.objects.get(email=DANA).bounced_at is None
    assert Message.objects.get(direction="out").state == MessageState.SENT


def test_an_answer_that_reached_somebody_else_has_not_failed(case, comes, maria):
    add_participant(case.conversation, cast.carl_the_administrator_of_elm_falls().contact, by=maria, at=NINE)
    answer(case, maria, NINE)
    to_dana = Outgoing.objects.get(to_address=DANA)
    report = DeliveryReport(final_recipient=DANA, action="failed", message_id=to_dana.message_id)
    comes("mailer-daemon@mx.example", delivery_reports=(report,))
    assert ContactAddress.objects.get(email=DANA).bounced_at == LATER
    assert ContactAddress.objects.get(email=CARL).bounced_at is None
    assert Message.objects.get(direction="out").state == MessageState.SENT


def test_one_of_us_does_not_answer_by_mail_and_becomes_no_contact(case, sent, comes):
    mail = comes("maria@vendor.example", verdict="pass", **reply_to(sent))
    assert (mail.state, mail.decision) == (MailState.HELD, "hold")
    assert not ContactAddress.objects.filter(email="maria@vendor.example").exists()


def test_a_held_mail_of_an_erased_person_is_forgotten(case, sent, comes):
    held = comes(DANA, subject=f"[#{case.number}]")
    assert held.contact == case.contact
    erase_contact(case.contact, by=cast.ada_the_administrator())
    held = InboundMail.objects.select_related("raw").get(pk=held.pk)
    assert (held.parsed, held.own_id, held.raw.content) == (None, "", None)


def test_a_join_can_be_undone_and_both_cases_tell_of_it(case, sent, comes, maria):
    mail = comes(DANA, subject="Another thing", **reply_to(sent))
    answered = Case.objects.get(pk=case.pk)
    assert answered.last_message_direction == "in"
    parted = move_to_new_case(mail, by=maria, at=LATER)
    assert (parted.subject, parted.channel, parted.contact) == ("Another thing", "email", case.contact)
    assert (parted.opened_at, parted.is_verified_sender) == (LATER, False)
    assert words_in(parted) == ["Words of mail 0."]
    assert "Words of mail 0." not in words_in(case)
    assert (parted.last_message_direction, parted.last_message_at) == ("in", LATER)
    assert Case.objects.get(pk=case.pk).last_message_direction == "out"
    moved = Entry.objects.get(kind="message.moved")
    assert set(moved.ids_of("case")) == {case.pk, parted.pk}
    mail.refresh_from_db()
    assert (mail.case, mail.decision) == (parted, "parted")
    assert mail.why.endswith("One of us moved it to a case of its own.")


def test_a_reply_to_a_mail_that_was_moved_follows_it(case, sent, comes, maria):
    mail = comes(DANA, message_id="<moved@x>", **reply_to(sent))
    parted = move_to_new_case(mail, by=maria, at=LATER)
    assert comes(DANA, verdict="pass", in_reply_to=("<moved@x>",)).case == parted


def test_there_is_nothing_to_undo_where_a_mail_began_its_case_or_joined_none(case, sent, comes, maria):
    for mail in (comes(STRANGER), comes(STRANGER, **reply_to(sent))):
        with pytest.raises(DidNotJoin):
            move_to_new_case(mail, by=maria, at=LATER)


def test_only_who_places_cases_undoes_a_join(case, sent, comes):
    mail = comes(DANA, **reply_to(sent))
    with pytest.raises(NotPermitted):
        move_to_new_case(mail, by=cast.dana_at_elm_falls(), at=LATER)


def test_a_mail_that_has_its_place_keeps_it(case, sent, comes):
    mail = comes(DANA, **reply_to(sent))
    again = place_mail(mail, Read(said=ParsedMail(body_text="Once more.")), at=LATER)
    assert again.message == mail.message
    assert words_in(case)[1:] == ["Words of mail 0."]
