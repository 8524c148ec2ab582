"""Who else is to get an answer: what may be typed, and who is refused."""

from __future__ import annotations

import pytest

from keepwell.conversations.copying import AT_MOST, CopyTo, TooManyCopies, copies_to, without_addresses
from keepwell.conversations.models import Conversation, Copy
from keepwell.conversations.tests.elm_falls import NOON
from keepwell.conversations.verbs.copying import CopyRefused, add_copies
from keepwell.conversations.verbs.participating import suggest_writer
from keepwell.conversations.verbs.writing import write
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.customers.refusals import AddressRefused
from keepwell.customers.verbs.adding import add_contact
from keepwell.people.permits import NotPermitted
from tests import cast


def test_addresses_are_typed_with_or_without_names_and_count_once():
    assert copies_to("a@x.example; B <b@x.example>\nA@x.example,", "b@x.example, c@x.example") == (
        CopyTo(address="a@x.example"),
        CopyTo(address="b@x.example", name="B"),
        CopyTo(address="c@x.example", kind="bcc"),
    )
    assert copies_to("", " , ") == ()


def test_what_is_no_address_is_named():
    with pytest.raises(AddressRefused, match="the builder"):
        copies_to("a@x.example, the builder", "")


def test_a_person_who_goes_is_taken_out_and_what_others_typed_stays_as_it_was():
    gone = {"a@x.example"}
    assert without_addresses("Ann <A@x.example>; b@x.example\n(a@x.example)", gone) == "b@x.example"
    assert without_addresses("a@x.example", gone) == ""
    for typed in ("da@x.example;  B <b@x.example>", "not yet an addre", ""):
        assert without_addresses(typed, gone) == typed


def test_an_answer_is_no_newsletter():
    many = ", ".join(f"{number}@x.example" for number in range(AT_MOST + 1))
    with pytest.raises(TooManyCopies):
        copies_to(many, "")


@pytest.fixture
def conversation(elm) -> Conversation:
    return elm.conversation


def copy_to(conversation, address, by):
    message = write(conversation, Words(body="Hello."), by=cast.maria_the_specialist(), at=NOON)
    return add_copies(message, [CopyTo(address=address)], by=by, at=NOON)


@pytest.mark.django_db
def test_who_is_only_suggested_gets_nothing_before_somebody_confirms_him(conversation, maria):
    somebody = cast.contact_of_somebody_unknown()
    suggest_writer(conversation, somebody.pk, about=(), by=cast.CAST, at=NOON)
    with pytest.raises(CopyRefused, match="only suggested"):
        copy_to(conversation, somebody.email, maria)
    assert not Copy.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["Theo@vendor.example", "support@localhost"])
def test_one_of_ours_gets_no_copy_and_becomes_no_contact(conversation, maria, address):
    cast.theo_at_level_two()
    with pytest.raises(CopyRefused, match="one of ours"):
        copy_to(conversation, address, maria)
    assert not Contact.objects.filter(addresses__email__iexact=address).exists()


@pytest.mark.django_db
def test_an_address_that_mail_came_back_from_is_refused_in_words(conversation, maria):
    somebody = add_contact("Rosa", email="rosa@elmfalls.example", by=cast.CAST)
    somebody.addresses.update(bounced_at=NOON)
    with pytest.raises(CopyRefused, match="came back"):
        copy_to(conversation, "rosa@elmfalls.example", maria)


@pytest.mark.django_db
def test_a_customer_sends_copies_to_nobody(conversation, elm):
    with pytest.raises(NotPermitted):
        copy_to(conversation, "a@x.example", elm.dana.user)
    assert not Copy.objects.exists()
