import pytest
from allauth.account.models import EmailAddress

from keepwell.customers.models import Contact, ContactRole
from keepwell.customers.queries import (
    accounts_administered_by,
    contact_by_address,
    contact_of,
    contacts_visible_to,
    identities_of,
)
from keepwell.customers.refusals import ContactIsGone, MergeRefused
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.consenting import give_consent
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.giving_roles import give_role
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.customers.verbs.phoning import add_phone
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.journal.models import Entry
from keepwell.people.models import Role, User
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.django_db

CAST = cast.CAST


@pytest.fixture
def dana():
    return add_contact("Dana", email="dana@elmfalls.example", account=cast.elm_falls(), by=CAST)


@pytest.fixture
def again():
    return add_contact("D. Hughes", email="dana@home.example", by=CAST)


def test_the_survivor_has_the_addresses_and_phones_of_both(dana, again):
    add_phone(dana, "555 010 1111", by=CAST)
    for number in ("555-010-1111", "555 010 2222"):
        add_phone(again, number, by=CAST)
    merge_contacts(again, dana, by=CAST)
    assert dana.email == "dana@elmfalls.example"
    assert contact_by_address("dana@home.example") == dana
    assert {phone.digits for phone in dana.phones.all()} == {"5550101111", "5550102222"}


def test_the_merged_one_stays_and_every_question_counts_both(dana, again):
    merge_contacts(again, dana, by=CAST)
    third = add_contact("Dana at home", by=CAST)
    merge_contacts(dana, third, by=CAST)
    again.refresh_from_db()
    assert again.merged_into == third
    assert identities_of(again) == identities_of(third) == [dana.pk, again.pk, third.pk]
    assert third.account == cast.elm_falls()
    assert list(contacts_visible_to(CAST)) == [third]


def test_what_both_are_and_agreed_to_is_kept_once(dana, again):
    for contact in (dana, again):
        give_role(contact, "champion", by=CAST)
        give_consent(contact, "news", by=CAST)
    give_role(again, "user", by=CAST)
    give_role(dana, "administrator", by=CAST)
    merge_contacts(again, dana, by=CAST)
    current = ContactRole.objects.filter(contact=dana, to_at__isnull=True)
    assert {row.role for row in current} == {"champion", "administrator"}
    assert dana.roles.count() == 4
    assert dana.consents.filter(withdrawn_at__isnull=True).count() == 1


def test_the_only_sign_in_goes_with_the_person(dana, again):
    user = grant_portal_access(again, by=CAST)
    merge_contacts(again, dana, by=CAST)
    dana.refresh_from_db()
    assert dana.user == user
    assert contact_of(user) == dana


def test_both_addresses_lead_to_the_survivors_sign_in(dana, again):
    kept = grant_portal_access(dana, Role.CUSTOMER_ADMINISTRATOR, by=CAST)
    closed = grant_portal_access(again, by=CAST)
    merge_contacts(again, dana, by=CAST)
    closed.refresh_from_db()
    assert not closed.is_active
    assert contact_of(closed) == dana
    assert set(EmailAddress.objects.filter(user=kept).values_list("email", flat=True)) == {
        "dana@elmfalls.example",
        "dana@home.example",
    }
    assert list(accounts_administered_by(User.objects.get(pk=kept.pk))) == [cast.elm_falls()]


def test_two_people_of_different_accounts_are_not_one(dana):
    other = add_contact("Dana", account=cast.another_town(), by=CAST)
    with pytest.raises(MergeRefused, match="Place both at one account first"):
        merge_contacts(other, dana, by=CAST)
    with pytest.raises(MergeRefused, match="one contact already"):
        merge_contacts(dana, dana, by=CAST)
    assert not Contact.objects.filter(merged_into__isnull=False).exists()


def test_nobody_is_merged_into_a_contact_that_is_gone(dana, again):
    merge_contacts(again, dana, by=CAST)
    with pytest.raises(ContactIsGone):
        merge_contacts(add_contact("Third", by=CAST), again, by=CAST)


def test_one_entry_tells_of_both(dana, again):
    merge_contacts(again, dana, by=CAST)
    entry = Entry.objects.get(kind="contact.merged")
    assert entry.facts == {"merged": again.pk, "into": dana.pk}
    for contact in (dana, again):
        assert entry in Entry.objects.about("contact", contact.pk)


def test_an_erased_person_leaves_a_row_without_anything_of_his(dana, again):
    user = grant_portal_access(dana, by=CAST)
    add_phone(dana, "555 010 1111", by=CAST)
    merge_contacts(again, dana, by=CAST)
    erase_contact(again, by=cast.ada_the_administrator())
    erase_contact(dana, by=cast.ada_the_administrator())
    for contact in Contact.objects.all():
        assert str(contact) == "Erased person"
        assert (contact.email, contact.addresses.count(), contact.phones.count()) == ("", 0, 0)
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("", False)
    assert not EmailAddress.objects.filter(user=user).exists()
    entry = Entry.objects.get(kind="contact.erased")
    assert entry.facts == {"identities": [dana.pk, again.pk]}


def test_an_erased_person_may_come_back_as_somebody_new(dana):
    erase_contact(dana, by=CAST)
    new = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    assert new.pk != dana.pk
    with pytest.raises(ContactIsGone, match="erased"):
        give_role(dana, "user", by=CAST)


def test_only_an_administrator_of_ours_erases(dana):
    with pytest.raises(NotPermitted):
        erase_contact(dana, by=cast.lea_the_lead())
    dana.refresh_from_db()
    assert dana.name == "Dana"
