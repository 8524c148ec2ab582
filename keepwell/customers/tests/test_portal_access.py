import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from keepwell.customers.models import ContactRole
from keepwell.customers.queries import (
    accounts_administered_by,
    accounts_visible_to,
    contact_of,
    contacts_visible_to,
)
from keepwell.customers.refusals import AccessRefused
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.changing import place_contact
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.giving_roles import end_role, give_role
from keepwell.customers.verbs.portal_access import grant_portal_access, withdraw_portal_access
from keepwell.journal.models import Entry
from keepwell.journal.recording import record
from keepwell.people.models import Role, User
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.adding import AddressTaken
from keepwell.people.verbs.deactivating import deactivate
from keepwell.people.verbs.granting import grant
from tests import cast

pytestmark = pytest.mark.django_db

CAST = cast.CAST


@pytest.fixture
def dana():
    return add_contact("Dana", email="Dana@elmfalls.example", account=cast.elm_falls(), by=CAST)


def roles_of(contact):
    return set(User.objects.get(contact=contact).roles)


def test_a_contact_signs_in_with_his_address_and_sees_his_account_alone(dana):
    user = grant_portal_access(dana, by=CAST)
    assert user.is_customer
    assert EmailAddress.objects.get(user=user, email="dana@elmfalls.example").verified
    assert contact_of(user) == dana
    assert list(accounts_visible_to(user)) == [cast.elm_falls()]
    assert not accounts_administered_by(user).exists()
    assert list(contacts_visible_to(user)) == [dana]


def test_an_administrator_sees_his_account_and_everything_below_it(dana):
    pia, nora = cast.pia_at_elm_falls_water(), cast.nora_of_another_town()
    carl = cast.carl_the_administrator_of_elm_falls()
    assert set(accounts_administered_by(carl)) == {cast.elm_falls(), cast.elm_falls_water()}
    assert set(contacts_visible_to(carl)) == {dana, contact_of(carl), contact_of(pia)}
    assert contact_of(nora) not in contacts_visible_to(carl)


def test_an_administrator_below_sees_nothing_above():
    water = add_contact("Wes", email="wes@water.example", account=cast.elm_falls_water(), by=CAST)
    wes = grant_portal_access(water, Role.CUSTOMER_ADMINISTRATOR, by=CAST)
    assert list(accounts_visible_to(wes)) == [cast.elm_falls_water()]


def test_nora_sees_nothing_of_elm_falls(dana):
    nora = cast.nora_of_another_town()
    cast.carl_the_administrator_of_elm_falls()
    assert list(accounts_visible_to(nora)) == [cast.another_town()]
    assert list(contacts_visible_to(nora)) == [contact_of(nora)]


def test_an_administrator_sees_no_erased_person(dana):
    carl = cast.carl_the_administrator_of_elm_falls()
    erase_contact(dana, by=CAST)
    assert list(contacts_visible_to(carl)) == [contact_of(carl)]
    assert dana in contacts_visible_to(cast.maria_the_specialist())


def test_an_administrator_whose_access_ended_sees_nothing(dana):
    grant_portal_access(dana, Role.CUSTOMER_ADMINISTRATOR, by=CAST)
    withdraw_portal_access(dana, by=CAST)
    user = User.objects.get(contact=dana)
    assert not accounts_administered_by(user).exists()
    assert not accounts_visible_to(user).exists()
    assert not contacts_visible_to(user).exists()


def test_staff_see_all_and_somebody_without_sign_in_his_own(dana):
    maria = cast.maria_the_specialist()
    cast.another_town()
    assert accounts_visible_to(maria).count() == 2
    assert list(accounts_visible_to(dana)) == [cast.elm_falls()]
    assert list(contacts_visible_to(dana)) == [dana]
    deactivate(maria, by=CAST)
    maria.refresh_from_db()
    assert not accounts_visible_to(maria).exists()


def test_the_role_at_the_account_decides_what_the_sign_in_may(dana):
    grant_portal_access(dana, by=CAST)
    give_role(dana, "administrator", by=CAST)
    assert roles_of(dana) == {Role.CUSTOMER_ADMINISTRATOR}
    current = dana.roles.filter(to_at__isnull=True).values_list("role", flat=True)
    assert list(current) == ["administrator"]
    end_role(dana, "administrator", by=CAST)
    assert roles_of(dana) == {Role.CUSTOMER_USER}


def test_an_administrator_before_he_could_sign_in_is_one_when_he_can(dana):
    give_role(dana, "administrator", by=CAST)
    grant_portal_access(dana, Role.CUSTOMER_ADMINISTRATOR, by=CAST)
    assert roles_of(dana) == {Role.CUSTOMER_ADMINISTRATOR}


def test_somebody_can_be_champion_and_sponsor_beside_being_a_user(dana):
    for role in ("user", "champion", "executive_sponsor", "champion"):
        give_role(dana, role, by=CAST)
    assert ContactRole.objects.filter(contact=dana, to_at__isnull=True).count() == 3


def test_moving_to_another_account_makes_nobody_its_administrator(dana):
    grant_portal_access(dana, Role.CUSTOMER_ADMINISTRATOR, by=CAST)
    place_contact(dana, cast.another_town(), by=CAST)
    assert roles_of(dana) == {Role.CUSTOMER_USER}
    assert not dana.roles.filter(to_at__isnull=True).exists()
    assert not accounts_administered_by(User.objects.get(contact=dana)).exists()


def test_access_withdrawn_ends_the_sign_in_and_can_be_given_again(dana):
    user = grant_portal_access(dana, by=CAST)
    withdraw_portal_access(dana, by=CAST)
    withdraw_portal_access(dana, by=CAST)
    user.refresh_from_db()
    assert not user.is_active
    assert not accounts_visible_to(user).exists()
    assert grant_portal_access(dana, Role.CUSTOMER_ADMINISTRATOR, by=CAST) == user
    assert roles_of(dana) == {Role.CUSTOMER_ADMINISTRATOR}
    kinds = [entry.kind for entry in Entry.objects.about("contact", dana.pk)]
    assert kinds.count("contact.access_granted") == 2
    assert kinds.count("contact.access_withdrawn") == 1


def test_one_change_and_what_follows_from_it_share_their_cause(dana):
    grant_portal_access(dana, by=CAST)
    granted = Entry.objects.get(kind="contact.access_granted")
    together = set(Entry.objects.filter(cause=granted.cause).values_list("kind", flat=True))
    assert together == {"person.added", "contact.role_given", "contact.access_granted"}


def test_nobody_gets_in_without_an_address_or_with_one_of_our_own():
    with pytest.raises(AccessRefused, match="no mail address"):
        grant_portal_access(add_contact("Dana", by=CAST), by=CAST)
    cast.maria_the_specialist()
    imitation = add_contact("Maria?", email="MARIA@vendor.example", by=CAST)
    with pytest.raises(AddressTaken):
        grant_portal_access(imitation, by=CAST)
    imitation.refresh_from_db()
    assert imitation.user is None


def test_nobody_administers_an_account_that_is_not_known():
    contact = add_contact("Dana", email="dana@elmfalls.example", by=CAST)
    with pytest.raises(AccessRefused, match="no account to administer"):
        grant_portal_access(contact, Role.CUSTOMER_ADMINISTRATOR, by=CAST)
    assert not User.objects.exists()


def test_a_specialist_lets_customers_in_and_no_staff(dana):
    maria = cast.maria_the_specialist()
    user = grant_portal_access(dana, by=maria)
    with pytest.raises(NotPermitted):
        grant(user, Role.ADMINISTRATOR, by=maria)
    with pytest.raises(NotPermitted):
        deactivate(cast.theo_at_level_two(), by=maria)
    with pytest.raises(NotPermitted):
        grant_portal_access(dana, by=user)


def test_signing_in_by_a_code_confirms_the_address_it_was_sent_to(dana):
    user = grant_portal_access(dana, by=CAST)
    with transaction.atomic():
        record("person.signed_in", by=user, subjects=[user.actor_ref], facts={"method": "password"})
        assert dana.addresses.get().verified_at is None
        record("person.signed_in", by=user, subjects=[user.actor_ref], facts={"method": "code"})
    assert dana.addresses.get().verified_at is not None
