import pytest

from keepwell.conversations.models import Conversation, Message, Note
from keepwell.conversations.queries import (
    conversations_visible_to,
    messages_visible_to,
    notes_visible_to,
    unseen_among,
    visible_entries,
)
from keepwell.conversations.tests.elm_falls import (
    NOON,
    TEST,
    answered,
    customer,
    said,
    words,
)
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.noting import add_note
from keepwell.conversations.verbs.participating import (
    add_participant,
    confirm_participant,
    remove_participant,
)
from keepwell.conversations.verbs.placing import make_private
from keepwell.conversations.verbs.seeing import mark_seen
from keepwell.conversations.verbs.starting import start
from keepwell.conversations.verbs.writing import write
from keepwell.customers.verbs.opening import open_account
from keepwell.people.models import Role
from keepwell.people.verbs.deactivating import deactivate
from tests import cast


def sees(actor, conversation) -> bool:
    return conversations_visible_to(actor).filter(pk=conversation.pk).exists()


def test_staff_see_every_conversation(elm, maria, ines):
    assert sees(maria, elm.conversation)
    assert sees(ines, elm.conversation)
    assert sees(TEST, elm.conversation)


def test_a_customer_sees_what_he_opened(elm):
    assert sees(elm.dana.user, elm.conversation)
    assert sees(elm.dana.contact, elm.conversation)


def test_another_user_of_the_same_account_does_not(elm, wes):
    assert not sees(wes.user, elm.conversation)


def test_a_confirmed_participant_sees_that_conversation_only(elm, wes, maria):
    other = start(serves="case", account=elm.account, opener=elm.dana.contact, by=TEST, at=NOON)
    add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    assert list(conversations_visible_to(wes.user)) == [elm.conversation]
    assert not sees(wes.user, other)


def test_a_participant_of_another_account_sees_it_too_once_confirmed(elm, nora, maria):
    said(elm.conversation, nora, "I wrote to this address by chance")
    assert not sees(nora.user, elm.conversation)
    confirm_participant(elm.conversation, nora.contact, by=maria, at=NOON)
    assert sees(nora.user, elm.conversation)


def test_a_removed_participant_sees_it_no_more(elm, wes, maria):
    add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    remove_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    assert not sees(wes.user, elm.conversation)


def test_an_administrator_sees_all_of_his_account_and_those_below_it(elm, carl):
    water = open_account("Elm Falls Water", parent=elm.account, by=TEST)
    below = start(serves="case", account=water, by=TEST, at=NOON)
    assert sees(carl.user, elm.conversation)
    assert sees(carl.user, below)


def test_an_administrator_of_a_part_does_not_see_the_whole(elm):
    water = open_account("Elm Falls Water", parent=elm.account, by=TEST)
    wendy = customer("Wendy", water, Role.CUSTOMER_ADMINISTRATOR)
    assert not sees(wendy.user, elm.conversation)


def test_a_private_one_is_seen_by_its_participants_only(elm, carl, maria):
    make_private(elm.conversation, by=elm.dana.user, at=NOON)
    assert not sees(carl.user, elm.conversation)
    assert sees(elm.dana.user, elm.conversation)
    assert sees(maria, elm.conversation)


def test_a_person_of_another_customer_sees_nothing(elm, nora):
    said(elm.conversation, elm.dana)
    for actor in (nora.user, nora.contact):
        assert not conversations_visible_to(actor).exists()
        assert not messages_visible_to(actor).exists()
        assert not notes_visible_to(actor).exists()
        assert not visible_entries(actor).exists()


def test_until_the_address_is_proven_nobody_of_the_account_sees_it(elm, carl, maria):
    unproven = start(
        serves="case", account=elm.account, opener=elm.dana.contact, by=elm.dana.contact, at=NOON
    )
    assert not any(sees(actor, unproven) for actor in (elm.dana.user, elm.dana.contact, carl.user))
    assert sees(maria, unproven)
    confirm_participant(unproven, elm.dana.contact, by=maria, at=NOON)
    assert all(sees(actor, unproven) for actor in (elm.dana.user, elm.dana.contact, carl.user))


def test_the_unproven_opener_cannot_confirm_himself(elm):
    unproven = start(
        serves="case", account=elm.account, opener=elm.dana.contact, by=elm.dana.contact, at=NOON
    )
    with pytest.raises(PermissionError):
        confirm_participant(unproven, elm.dana.contact, by=elm.dana.contact, at=NOON)


def test_a_person_whose_sign_in_was_closed_sees_nothing(elm, carl, maria):
    for person in (elm.dana.user, carl.user, maria):
        deactivate(person, by=TEST)
        assert not sees(person, elm.conversation)


def test_notes_are_seen_by_staff_only(elm, maria, carl):
    add_note(elm.conversation, words("Hm."), by=maria, at=NOON)
    assert notes_visible_to(maria).count() == 1
    for actor in (elm.dana.user, elm.dana.contact, carl.user):
        assert not notes_visible_to(actor).exists()


def test_a_reply_that_could_not_be_delivered_still_stands_where_the_customer_reads(elm, maria):
    message = answered(elm.conversation, maria)
    fail(message, at=NOON)
    assert messages_visible_to(elm.dana.user).filter(pk=message.pk).exists()


def test_customers_read_only_the_entries_that_are_theirs(elm, maria, nora):
    said(elm.conversation, elm.dana)
    add_note(elm.conversation, words("Hm."), by=maria, at=NOON)
    write(elm.conversation, words("Soon"), by=maria, at=NOON)
    answered(elm.conversation, maria)
    theirs = [entry.kind for entry in visible_entries(elm.dana.user)]
    assert theirs == ["conversation.started", "message.received", "message.sent"]
    staffs = set(visible_entries(maria).values_list("kind", flat=True))
    assert staffs >= {"note.added", "message.written", "message.sent"}
    assert not visible_entries(nora.user).exists()


def test_the_entries_of_an_account_are_those_recorded_about_it(elm, maria, carl):
    other = start(serves="account", account=cast.another_town(), by=TEST, at=NOON)
    for actor in (maria, carl.user):
        entries = visible_entries(actor, elm.account)
        assert [entry.kind for entry in entries] == ["conversation.started"]
        assert not entries.about("conversation", other.pk).exists()


def test_what_others_said_or_noted_is_unseen_until_it_was_read(elm, maria, theo):
    assert unseen(maria) == {elm.conversation.pk: False}
    said(elm.conversation, elm.dana)
    assert unseen(maria) == {elm.conversation.pk: True}
    mark_seen(elm.conversation, message=Message.objects.latest("pk").pk, by=maria, at=NOON)
    assert unseen(maria) == {elm.conversation.pk: False}
    add_note(elm.conversation, words("Hm."), by=theo, at=NOON)
    assert unseen(maria) == {elm.conversation.pk: True}
    mark_seen(elm.conversation, note=Note.objects.latest("pk").pk, by=maria, at=NOON)
    assert unseen(maria) == {elm.conversation.pk: False}


def test_what_i_said_myself_is_not_unseen(elm, maria):
    answered(elm.conversation, maria)
    add_note(elm.conversation, words("Hm."), by=maria, at=NOON)
    assert unseen(maria) == {elm.conversation.pk: False}


def unseen(user) -> dict[int, bool]:
    identities = Conversation.objects.values_list("pk", flat=True)
    found = unseen_among(identities, user)
    return {identity: identity in found for identity in identities}


@pytest.mark.parametrize("conversations", [10, 20])
def test_what_is_unseen_costs_one_query_however_many_they_are(
    maria, conversations, django_assert_num_queries, elm
):
    for _number in range(conversations):
        said(start(serves="case", account=elm.account, opener=elm.dana.contact, by=TEST, at=NOON), elm.dana)
    identities = list(Conversation.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(unseen_among(identities, maria)) == conversations
