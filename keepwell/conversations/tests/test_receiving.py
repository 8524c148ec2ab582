import pytest

from keepwell.conversations.models import Direction, Draft, MessageState, Participant
from keepwell.conversations.tests.elm_falls import (
    NOON,
    TEST,
    customer,
    file_of,
    kinds_about,
    last_entry,
    said,
    words,
)
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.participating import remove_participant
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.words import Words
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.people.permits import NotPermitted


def test_what_a_signed_in_customer_writes_names_him_as_person_and_contact(elm):
    message = said(elm.conversation, elm.dana)
    assert (message.author_user, message.author_contact) == (elm.dana.user, elm.dana.contact)
    assert (message.direction, message.state) == (Direction.IN, MessageState.RECEIVED)
    assert last_entry(elm.conversation).actor_ref == elm.dana.user.actor_ref


def test_what_comes_from_a_contact_who_is_not_signed_in_names_the_contact_only(elm):
    message = receive(elm.conversation, words(), by=elm.dana.contact, at=NOON)
    assert (message.author_user, message.author_contact) == (None, elm.dana.contact)


def test_it_is_recorded_about_what_the_caller_names_and_when_it_came_in(elm):
    receive(elm.conversation, words(), about=[("engagement", 3), ("account", 5)], by=elm.dana.user, at=NOON)
    entry = last_entry(elm.conversation)
    assert (entry.kind, entry.occurred_at) == ("message.received", NOON)
    assert {"engagement", "account", "conversation"} == set(entry.subjects.values_list("kind", flat=True))


def test_nothing_that_was_said_stands_in_the_journal(elm):
    said(elm.conversation, elm.dana, "zanzibar")
    assert "zanzibar" not in str(last_entry(elm.conversation).facts)


def test_staff_do_not_speak_in_a_customers_name(elm, maria):
    with pytest.raises(NotPermitted):
        receive(elm.conversation, words(), by=maria, at=NOON)


def test_a_new_voice_is_suggested_and_sees_nothing_yet(elm, wes):
    said(elm.conversation, wes)
    participant = Participant.objects.get(contact=wes.contact)
    assert not participant.takes_part
    assert kinds_about(elm.conversation)[-2:] == ["participant.added", "message.received"]


def test_one_who_was_removed_does_not_add_himself_by_writing(elm, wes, maria):
    said(elm.conversation, wes)
    remove_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    said(elm.conversation, wes, "And yet")
    assert not Participant.objects.get(contact=wes.contact).takes_part
    assert kinds_about(elm.conversation).count("participant.added") == 1


def test_a_merged_contact_takes_part_as_the_one_that_stands_for_him(elm):
    other = customer("Daniela", elm.account)
    merge_contacts(other.contact, elm.dana.contact, by=TEST, at=NOON)
    receive(elm.conversation, words(), by=other.contact, at=NOON)
    assert list(Participant.objects.values_list("contact", flat=True)) == [elm.dana.contact.pk]


def test_sending_is_the_end_of_the_customers_own_draft(elm):
    save_draft(elm.conversation, kind="reply", body="Any", by=elm.dana.user, at=NOON)
    said(elm.conversation, elm.dana)
    assert not Draft.objects.exists()


def test_files_come_with_the_words_in_their_order(elm):
    files = [file_of(elm.dana.user, "b.png"), file_of(elm.dana.contact, "a.png")]
    message = receive(elm.conversation, words("See", *files), by=elm.dana.user, at=NOON)
    attached = message.attached.select_related("attachment").order_by("pk")
    assert [row.attachment.name for row in attached] == ["b.png", "a.png"]


@pytest.mark.parametrize(("signed_in", "queries"), [(True, 12), (False, 10)])
def test_receiving_costs_few_queries(elm, signed_in, queries, django_assert_max_num_queries):
    by = elm.dana.user if signed_in else elm.dana.contact
    with django_assert_max_num_queries(queries):
        receive(elm.conversation, words(), by=by, at=NOON)


def test_what_a_program_sends_with_a_nul_in_it_is_kept(elm):
    said_so = receive(elm.conversation, Words(body="Pump\x00 9", channel="api"), by=elm.dana.contact, at=NOON)
    said_so.refresh_from_db()
    assert said_so.body == "Pump 9"


def test_what_the_product_takes_in_for_nobody_known_is_kept_too(elm):
    message = receive(elm.conversation, words(), by=TEST, at=NOON)
    assert (message.author_user, message.author_contact) == (None, None)
    assert not message.is_automatic
