from contextlib import ExitStack

import pytest
from django.db import IntegrityError, connection, transaction

from keepwell.customers.models import Consent, Contact, ContactAddress
from keepwell.customers.queries import contact_by_address
from keepwell.customers.refusals import AddressRefused, ContactIsGone, ContactRefused, PhoneRefused
from keepwell.customers.verbs.adding import add_contact, known_or_added
from keepwell.customers.verbs.addressing import (
    add_address,
    confirm_address,
    make_primary,
    mark_bounced,
    remove_address,
)
from keepwell.customers.verbs.changing import change_contact, place_contact
from keepwell.customers.verbs.consenting import give_consent, withdraw_consent
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.customers.verbs.phoning import add_phone, remove_phone
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast
from tests.waiting import at_the_same_time, until_somebody_waits

pytestmark = pytest.mark.django_db

CAST = cast.CAST


def kinds_about(contact):
    return [entry.kind for entry in Entry.objects.about("contact", contact.pk)]


def test_a_contact_is_known_with_an_address_that_he_has_not_confirmed():
    contact = add_contact(" Dana  Hughes ", email="Dana@ElmFalls.Example ", by=CAST)
    assert (contact.name, contact.email) == ("Dana Hughes", "Dana@elmfalls.example")
    assert contact.addresses.get().verified_at is None
    assert contact_by_address("dana@elmfalls.EXAMPLE") == contact


def test_a_contact_without_anything_is_somebody_still():
    assert str(add_contact("", by=CAST)) == "Unknown person"


def test_an_address_belongs_to_one_contact_in_any_spelling():
    add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    with pytest.raises(AddressRefused, match="belongs to Dana"):
        add_contact("Diana", email="DANA@elmfalls.example", by=CAST)
    other = add_contact("Diana", by=CAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactAddress.objects.create(
            contact=other, email="DANA@elmfalls.example", added_at="2026-06-09T12:00Z"
        )


@pytest.mark.parametrize("email", ["dana", "dana@", "a b@elmfalls.example", "x" * 250 + "@elmfalls.example"])
def test_what_is_no_address_is_refused_and_nobody_is_added(email):
    with pytest.raises(AddressRefused, match="is no mail address"):
        add_contact("Dana", email=email, by=CAST)
    assert not Contact.objects.exists()


def test_a_name_too_long_is_refused_and_not_cut():
    with pytest.raises(ContactRefused):
        add_contact("x" * 201, by=CAST)


def test_mail_goes_to_the_address_chosen_and_to_the_next_when_that_one_goes():
    contact = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    second = add_address(contact, "hughes@elmfalls.example", by=CAST)
    assert add_address(contact, "HUGHES@elmfalls.example", by=CAST) == second
    make_primary(second, by=CAST)
    assert Contact.objects.get().email == "hughes@elmfalls.example"
    remove_address(second, by=CAST)
    assert Contact.objects.get().email == "dana@elmfalls.example"


def test_the_address_that_somebody_signs_in_with_stays():
    contact = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    grant_portal_access(contact, by=CAST)
    with pytest.raises(AddressRefused, match="signs in with"):
        remove_address(contact.addresses.get(), by=CAST)


def test_the_person_himself_confirms_his_address_and_nobody_elses():
    dana = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    other = add_contact("Nora", email="nora@anothertown.example", by=CAST)
    address = dana.addresses.get()
    with pytest.raises(NotPermitted):
        confirm_address(address, by=other)
    confirm_address(address, by=dana)
    confirm_address(address, by=dana)
    assert kinds_about(dana).count("address.confirmed") == 1


def test_mail_that_came_back_is_said_until_the_address_is_confirmed_again():
    address = add_contact("Dana", email="dana@elmfalls.example", by=CAST).addresses.get()
    mark_bounced(address, by=CAST)
    assert address.bounced_at
    confirm_address(address, by=CAST)
    assert address.bounced_at is None


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("(555) 010-1234 ext. 7", "5550101234"),
        ("+49 30 1234567", "+49301234567"),
        ("555.010.1234", "5550101234"),
    ],
)
def test_a_phone_is_kept_as_written_and_compared_by_its_digits(written, digits):
    contact = add_contact("Dana", by=CAST)
    phone = add_phone(contact, written, by=CAST)
    assert (phone.number, phone.digits) == (written, digits)
    assert add_phone(contact, digits, by=CAST) == phone
    remove_phone(phone, by=CAST)
    assert not contact.phones.exists()


@pytest.mark.parametrize("number", ["", "call me", "12", "1" * 30, "++1 555", "<script>"])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(PhoneRefused):
        add_phone(add_contact("Dana", by=CAST), number, by=CAST)


def test_a_contact_changes_name_and_language_also_where_he_signs_in():
    contact = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    grant_portal_access(contact, by=CAST)
    change_contact(contact, name="Dana Hughes", locale="es", by=CAST)
    change_contact(contact, name="Dana Hughes", locale="es", by=CAST)
    contact.user.refresh_from_db()
    assert (contact.user.name, contact.user.locale) == ("Dana Hughes", "es")
    assert kinds_about(contact).count("contact.changed") == 1


def test_a_contact_is_placed_at_an_account_once_it_is_known():
    contact = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    place_contact(contact, cast.elm_falls(), by=CAST)
    place_contact(contact, cast.elm_falls(), by=CAST)
    last = Entry.objects.about("account", cast.elm_falls().pk).last()
    assert last.facts == {"from_account": None, "to_account": cast.elm_falls().pk}
    assert kinds_about(contact).count("contact.placed") == 1


def test_when_somebody_agreed_and_no_longer_did_stays_readable():
    contact = add_contact("Dana", by=CAST)
    give_consent(contact, "news", by=contact)
    give_consent(contact, "news", by=contact)
    withdraw_consent(contact, "news", by=contact)
    give_consent(contact, "news", by=contact)
    assert [bool(row.withdrawn_at) for row in Consent.objects.order_by("pk")] == [True, False]
    with pytest.raises(NotPermitted):
        give_consent(contact, "news", by=add_contact("Nora", by=CAST))


def test_a_merged_contact_takes_no_change():
    dana, again = add_contact("Dana", by=CAST), add_contact("Dana H", by=CAST)
    merge_contacts(again, dana, by=CAST)
    with pytest.raises(ContactIsGone, match="merged into Dana"):
        change_contact(again, name="Somebody else", by=CAST)


def test_no_entry_about_a_contact_holds_his_name_or_address():
    contact = add_contact("Canary Person", email="canary@elmfalls.example", by=CAST)
    add_phone(contact, "555 010 9999", by=CAST)
    grant_portal_access(contact, by=CAST)
    written = " ".join(str(entry.facts) for entry in Entry.objects.all()).lower()
    assert "canary" not in written
    assert "9999" not in written


def test_an_address_in_any_spelling_is_found_by_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = ContactAddress.objects.filter(email__iexact="Dana@elmfalls.example").explain()
    assert "address_once" in plan


def test_what_comes_in_from_a_known_address_is_of_the_known_person():
    dana = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    assert known_or_added("Somebody else", email=" DANA@ElmFalls.example", by=CAST).contact == dana
    dana.refresh_from_db()
    assert dana.name == "Dana"
    nora = known_or_added("Nora", email="nora@anothertown.example", by=CAST).contact
    assert nora == Contact.objects.get(name="Nora") == contact_by_address("NORA@anothertown.example")


@pytest.mark.django_db(transaction=True)
def test_two_things_that_come_in_at_once_from_one_address_have_one_contact():
    def come_in():
        return known_or_added("Dana", email="Dana@elmfalls.example", by=CAST)

    with ExitStack() as meanwhile, transaction.atomic():
        first = known_or_added("Dana", email="dana@ELMFALLS.example", by=CAST)
        came = meanwhile.enter_context(at_the_same_time(come_in))
        until_somebody_waits()
    assert came == [first]
