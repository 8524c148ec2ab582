"""Mail that waits is let in, tried anew, marked as spam or forgotten by somebody of ours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.channels.email.child.reading import Reader, Unreadable
from keepwell.channels.email.refusals import NotWaiting, OurOwn
from keepwell.channels.email.tests.letters import CARL, DANA, LATER, MARIA, STRANGER, came_in, letter
from keepwell.channels.email.verbs.forgetting import forget_mail
from keepwell.channels.email.verbs.marking import mark_mail_as_spam
from keepwell.channels.email.verbs.releasing import release
from keepwell.channels.email.verbs.retrying import try_anew
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message, Participant
from keepwell.customers.models import ContactAddress
from keepwell.files.models import Attachment
from keepwell.files.verbs.cleaning import clean
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.usefixtures("mail_at_nine")
ACTS = [release, try_anew, mark_mail_as_spam, forget_mail]


@pytest.fixture
def held(sent) -> InboundMail:
    """A stranger answers the mail that Dana got, with a file."""
    raw = letter(STRANGER, "My words.", files={"log.txt": b"dead"}, headers={"In-Reply-To": sent.message_id})
    mail = came_in(raw)
    assert (mail.state, mail.decision) == (MailState.HELD, "held_reply")
    return mail


def test_it_joins_the_case_that_it_waits_beside_with_files_that_were_cleaned_long_ago(
    held, case, maria, clock_at
):
    clock_at(NINE + timedelta(days=3))
    clean()
    assert not Attachment.objects.filter(name="log.txt").exists()
    release(held, case, by=maria)
    assert (held.state, held.decision, held.case) == (MailState.PLACED, "released", case)
    assert held.message.body == "My words."
    assert [row.attachment.name for row in held.message.attached.all()] == ["log.txt"]
    assert held.why.endswith("One of us let it in.")
    entry = Entry.objects.get(kind="inbound_mail.released")
    assert (entry.actor_ref, entry.facts) == (maria.actor_ref, {"was": "held"})
    assert entry.ids_of("case") == [case.pk]


def test_a_newcomer_is_suggested_and_sees_nothing_until_somebody_confirms_him(held, case, maria):
    release(held, case, by=maria)
    contact = ContactAddress.objects.get(email=STRANGER).contact
    assert held.message.author_contact == contact
    part = Participant.objects.get(conversation=case.conversation_id, contact=contact)
    assert (part.takes_part, part.confirmed_at) == (False, None)


def test_it_begins_a_case_of_its_own_that_is_not_verified(held, case, maria):
    release(held, by=maria)
    assert held.case not in (None, case)
    assert (held.case.subject, held.case.is_verified_sender) == ("The printer is silent", False)
    assert not Participant.objects.filter(conversation=held.case.conversation_id).exclude(confirmed_at=None)


def test_one_that_is_proven_begins_a_verified_case(sent, maria):
    raw = letter(STRANGER, verdict="pass", headers={"List-Id": "<news.nowhere.example>"})
    parked = came_in(raw)
    assert parked.state == MailState.PARKED
    release(parked, by=maria)
    assert (parked.case.is_verified_sender, parked.proof) == (True, "passed")


def test_it_may_go_to_any_case(held, maria):
    other = open_for(cast.dana_at_elm_falls())
    release(held, other, by=maria)
    assert held.case == other


def test_a_mail_that_cannot_be_read_is_let_in_with_its_original(held, case, maria, monkeypatch):
    def unreadable(*_given):
        raise Unreadable("Reading it takes longer than it is given.")

    monkeypatch.setattr(Reader, "read", unreadable)
    release(held, case, by=maria)
    assert [row.attachment.name for row in held.message.attached.all()] == ["original.eml"]


def test_what_says_that_it_is_from_one_of_us_makes_nobody_of_ours_a_customer(case, sent, maria):
    mail = came_in(letter(MARIA, headers={"In-Reply-To": sent.message_id}))
    with pytest.raises(OurOwn):
        release(mail, case, by=maria)
    assert not ContactAddress.objects.filter(email=MARIA).exists()
    assert InboundMail.objects.get(pk=mail.pk).state == MailState.HELD


def test_what_has_its_place_or_is_forgotten_does_not_wait(held, case, maria):
    lea = cast.lea_the_lead()
    placed = came_in(letter(CARL, subject="Another thing"))
    forget_mail(held, by=lea)
    for mail, acts in ((placed, ACTS), (held, (release, try_anew))):
        for act in acts:
            with pytest.raises(NotWaiting):
                act(mail, by=lea)


@pytest.mark.parametrize("act", ACTS)
def test_customers_and_those_without_the_permit_do_none_of_it(held, act):
    for who in (cast.dana_at_elm_falls(), cast.sam_the_success_manager()):
        with pytest.raises(NotPermitted):
            act(held, by=who)


def test_it_is_decided_about_anew_with_what_is_known_by_now(case, settings, maria):
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = []
    mail = came_in(letter(DANA, subject=f"It [#{case.number}]", verdict="pass"))
    assert mail.state == MailState.HELD
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = ["mx.help.example"]
    try_anew(mail, by=maria, at=LATER)
    assert ProcrastinateJob.objects.filter(args={"mail": mail.pk}).count() == 2
    understand(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.decision, mail.case, mail.proof) == (MailState.PLACED, "join", case, "passed")
    assert Entry.objects.get(kind="inbound_mail.retried").actor_ref == maria.actor_ref


def test_what_could_not_be_read_is_read_at_last_into_the_case_that_it_opened(mailbox, maria, monkeypatch):
    def unreadable(*_given):
        raise Unreadable("Reading it takes longer than it is given.")

    with monkeypatch.context() as slow:
        slow.setattr(Reader, "read", unreadable)
        mail = came_in(letter(), envelope_sender=STRANGER)
        try_anew(mail, by=maria)
        understand(mail.pk)
        mail.refresh_from_db()
        assert mail.state == MailState.UNPARSED
    try_anew(mail, by=maria)
    understand(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.message.body) == (MailState.PLACED, "It says nothing.")
    assert (Case.objects.count(), Message.objects.count()) == (1, 2)


def test_spam_needs_no_attention_and_is_found_again(held, case, maria):
    mark_mail_as_spam(held, by=maria)
    mark_mail_as_spam(held, by=maria)
    assert Entry.objects.filter(kind="inbound_mail.marked_spam").count() == 1
    assert not InboundMail.objects.needing_attention().exists()
    release(held, case, by=maria)
    assert held.state == MailState.PLACED


def test_a_forgotten_mail_leaves_nothing_of_what_it_said(held):
    forget_mail(held, by=cast.lea_the_lead())
    held = InboundMail.objects.select_related("raw").get(pk=held.pk)
    assert (held.parsed, held.own_id, held.raw.content) == (None, "", None)
    assert not InboundMail.objects.needing_attention().exists()


def test_attention_is_needed_by_what_is_held_set_aside_or_stands_unread_in_an_open_case(
    held, case, maria, monkeypatch
):
    def unreadable(*_given):
        raise Unreadable("Reading it takes longer than it is given.")

    came_in(letter(subject="Another thing"))
    came_in(letter(subject="Away", headers={"Auto-Submitted": "auto-replied"}))
    monkeypatch.setattr(Reader, "read", unreadable)
    unread = came_in(letter(subject="Unread"), envelope_sender=STRANGER)
    assert set(InboundMail.objects.needing_attention()) == {held, unread}
    Case.objects.filter(pk=unread.case_id).update(is_spam=True)
    InboundMail.objects.filter(pk=held.pk).update(state=MailState.QUARANTINED)
    assert set(InboundMail.objects.needing_attention()) == {held}
