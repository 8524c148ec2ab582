import pytest

from keepwell.conversations.models import Draft, Message, Participant
from keepwell.conversations.tests.elm_falls import (
    NOON,
    TEST,
    answered,
    carried_to,
    customer,
    file_of,
    kinds_about,
    said,
    words,
)
from keepwell.conversations.tests.whole_database import tables_holding
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.erasing import erase_words_of
from keepwell.conversations.verbs.receiving import receive
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.erasing import erase_person

CANARY = "zanzibar"


def test_an_erased_contact_leaves_no_words_and_his_messages_stay_in_their_place(elm, ada, maria):
    message = receive(elm.conversation, words(CANARY, file_of(elm.dana.user)), by=elm.dana.user, at=NOON)
    answer = answered(elm.conversation, maria, "Thank you.")
    save_draft(elm.conversation, kind="reply", body=CANARY, by=elm.dana.user, at=NOON)
    carried_to(message, "maria@vendor.example")
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    message.refresh_from_db()
    answer.refresh_from_db()
    assert (message.body, message.erased_at, message.attached.count()) == ("", NOON, 0)
    assert answer.body == "Thank you."
    assert tables_holding(CANARY) == []


def test_what_staff_quoted_of_it_and_have_not_sent_goes_from_their_drafts(elm, ada, maria):
    said(elm.conversation, elm.dana, f"Call {CANARY} at home.\nIt is urgent.")
    save_draft(elm.conversation, kind="note", body=f"> Call {CANARY} at home.\n\nI will.", by=maria, at=NOON)
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    assert Draft.objects.get(user=maria).body.endswith("I will.")
    assert tables_holding(CANARY) == []


def test_only_the_erased_person_goes_from_the_copies_that_others_have_typed(elm, ada, maria):
    [address] = elm.dana.contact.addresses.values_list("email", flat=True)
    cc, bcc = f"wes@customer.example; Dana <{address.upper()}>", "half an addr"
    save_draft(elm.conversation, kind="reply", body="Dear all", copies=(cc, bcc), by=maria, at=NOON)
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    draft = Draft.objects.get(user=maria)
    assert (draft.body, draft.cc, draft.bcc) == ("Dear all", "wes@customer.example", bcc)


def test_it_is_recorded_once_about_every_conversation(elm, ada):
    for _time in range(2):
        said(elm.conversation, elm.dana, CANARY)
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    [entry] = Entry.objects.filter(kind="message.erased")
    assert entry.facts == {"messages": 2}
    assert entry.actor_ref == ada.actor_ref
    assert "message.erased" in kinds_about(elm.conversation)


def test_words_written_under_a_merged_contact_go_too(elm, ada):
    other = customer("Daniela", elm.account)
    said(elm.conversation, other, CANARY)
    merge_contacts(other.contact, elm.dana.contact, by=TEST, at=NOON)
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    assert tables_holding(CANARY) == []


def test_words_that_came_in_without_a_sign_in_go_too(elm, ada):
    receive(elm.conversation, words(CANARY), by=elm.dana.contact, at=NOON)
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    assert tables_holding(CANARY) == []


def test_words_of_others_stay(elm, ada, wes):
    said(elm.conversation, wes, "mine")
    erase_contact(elm.dana.contact, by=ada, at=NOON)
    assert Message.objects.get().body == "mine"
    assert not Entry.objects.filter(kind="message.erased").exists()


def test_what_an_erased_colleague_answered_stays_but_not_his_drafts(elm, maria, ada):
    answered(elm.conversation, maria, "Restart the pump.")
    save_draft(elm.conversation, kind="note", body=CANARY, by=maria, at=NOON)
    erase_person(maria, by=ada, at=NOON)
    assert Message.objects.get().body == "Restart the pump."
    assert not Draft.objects.exists()


def test_erasing_words_alone_needs_the_permit(elm, maria, ada):
    said(elm.conversation, elm.dana)
    save_draft(elm.conversation, kind="reply", body=CANARY, by=elm.dana.user, at=NOON)
    with pytest.raises(NotPermitted):
        erase_words_of(elm.dana.contact, by=maria, at=NOON)
    assert erase_words_of(elm.dana.contact, by=ada, at=NOON) == 1
    assert erase_words_of(elm.dana.contact, by=ada, at=NOON) == 0
    assert not Draft.objects.exists()


def test_two_parts_of_one_person_become_one_with_the_better_right(elm, maria):
    other = customer("Daniela", elm.account)
    said(elm.conversation, other)
    merge_contacts(elm.dana.contact, other.contact, by=TEST, at=NOON)
    participant = Participant.objects.get()
    assert (participant.contact, participant.role) == (other.contact, "opener")
    assert participant.takes_part


def test_the_part_of_a_merged_contact_goes_to_the_one_that_remains(elm):
    other = customer("Daniela", elm.account)
    merge_contacts(elm.dana.contact, other.contact, by=TEST, at=NOON)
    assert Participant.objects.get().contact == other.contact
