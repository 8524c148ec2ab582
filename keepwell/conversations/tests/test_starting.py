import pytest

from keepwell.conversations.models import Participant
from keepwell.conversations.tests.elm_falls import NOON, TEST, last_entry
from keepwell.conversations.verbs.placing import make_private, make_shared, place
from keepwell.conversations.verbs.starting import start
from keepwell.people.permits import NotPermitted
from tests import cast


def test_who_opens_it_signed_in_takes_part_at_once(elm):
    started = start(serves="case", account=elm.account, opener=elm.dana.contact, by=elm.dana.user, at=NOON)
    assert Participant.objects.get(conversation=started).takes_part
    entry = last_entry(started)
    assert entry.facts == {
        "serves": "case",
        "private": False,
        "opener": elm.dana.contact.pk,
        "opener_proven": True,
    }
    assert set(entry.subjects.values_list("kind", "subject_id")) == {
        ("conversation", started.pk),
        ("account", elm.account.pk),
        ("contact", elm.dana.contact.pk),
    }


def test_a_contact_who_is_not_signed_in_has_not_proven_his_address(elm):
    started = start(serves="triage", opener=elm.dana.contact, by=elm.dana.contact, at=NOON)
    assert not Participant.objects.get(conversation=started).takes_part
    assert last_entry(started).facts["opener_proven"] is False


def test_the_correspondence_of_an_account_needs_no_opener(elm, maria):
    started = start(serves="account", account=elm.account, by=maria, at=NOON)
    assert not started.participants.exists()


def test_what_it_may_serve_is_known(elm):
    with pytest.raises(ValueError, match="feud"):
        start(serves="feud", account=elm.account, by=TEST, at=NOON)


def test_a_conversation_is_placed_and_says_where(elm, maria):
    other = cast.another_town()
    place(elm.conversation, serves="enquiry", account=other, by=maria, at=NOON)
    elm.conversation.refresh_from_db()
    assert (elm.conversation.serves, elm.conversation.account) == ("enquiry", other)
    assert last_entry(elm.conversation).facts == {"serves": "enquiry", "account": other.pk}


def test_a_customer_places_nothing(elm):
    with pytest.raises(NotPermitted):
        place(elm.conversation, serves="enquiry", account=None, by=elm.dana.user, at=NOON)


def test_the_opener_makes_it_private_and_shares_it_again(elm):
    make_private(elm.conversation, by=elm.dana.user, at=NOON)
    assert elm.conversation.is_private
    assert last_entry(elm.conversation).kind == "conversation.made_private"
    make_shared(elm.conversation, by=elm.dana.user, at=NOON)
    assert not elm.conversation.is_private
    assert last_entry(elm.conversation).kind == "conversation.made_shared"


def test_an_administrator_does_not_open_up_what_he_takes_no_part_in(elm, carl):
    make_private(elm.conversation, by=elm.dana.user, at=NOON)
    with pytest.raises(NotPermitted):
        make_shared(elm.conversation, by=carl.user, at=NOON)


def test_making_private_what_is_private_is_recorded_once(elm, maria):
    make_private(elm.conversation, by=maria, at=NOON)
    first = last_entry(elm.conversation)
    make_private(elm.conversation, by=maria, at=NOON)
    assert last_entry(elm.conversation) == first
