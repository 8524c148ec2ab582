from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, connections, transaction
from django.test import Client

from keepwell.journal.models import Entry
from keepwell.kit.refusals import Refused
from keepwell.people.actors import System
from keepwell.people.models import Role, RoleGrant, User
from keepwell.people.permits import NotPermitted
from keepwell.people.queries import visible_entries
from keepwell.people.sign_in import signs_in_by_code, signs_in_by_password, who_signs_in_as
from keepwell.people.verbs.adding import AddressTaken, add_person
from keepwell.people.verbs.choosing_zone import ZoneUnknown, choose_time_zone
from keepwell.people.verbs.deactivating import Erased, deactivate, reactivate
from keepwell.people.verbs.erasing import erase_person
from keepwell.people.verbs.granting import LastAdministrator, grant, withdraw
from keepwell.people.verbs.renaming import rename_person
from tests.canary import places_holding

pytestmark = pytest.mark.django_db
TEST = System("test")
PASSWORD = "quiet lanterns over water"


def added(email: str, *roles: str, name: str = "Somebody", password: str | None = None) -> User:
    return add_person(name=name, email=email, roles=roles, password=password, by=TEST)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_somebody_is_added_once_and_the_journal_knows_the_roles_but_no_name():
    maria = added(" Maria@Vendor.Example ", Role.SPECIALIST, name=" Maria Petersen ")
    assert (maria.email, maria.name, maria.roles) == (
        "maria@vendor.example",
        "Maria Petersen",
        {"specialist"},
    )
    assert not maria.has_usable_password()
    assert Entry.objects.get().facts == {"roles": ["specialist"]}
    with pytest.raises(AddressTaken, match=r"Nobody was added\."):
        added("MARIA@vendor.example", Role.LEAD)


def test_a_name_is_one_line_for_it_stands_in_the_head_of_mails():
    assert add_person(name=" Ann\r\n Lee ", email="ann@vendor.example", roles=[], by=TEST).name == "Ann Lee"


def test_two_cannot_have_one_address_even_past_the_verb():
    added("maria@vendor.example", Role.SPECIALIST)
    other = added("other@vendor.example", Role.SPECIALIST)
    for email in ("maria@vendor.example", "Other@vendor.example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=other.pk).update(email=email)


def test_a_role_that_does_not_exist_is_refused_and_nobody_added():
    with pytest.raises(ValueError, match="janitor"):
        added("j@vendor.example", "janitor")
    assert not User.objects.exists()


def test_a_role_is_given_once_and_withdrawn_once():
    theo = added("theo@vendor.example", Role.CONSULTANT)
    for _time in range(2):
        grant(theo, Role.LEAD, by=TEST)
    assert theo.roles == {"consultant", "lead"}
    for _time in range(2):
        withdraw(theo, Role.LEAD, by=TEST)
    assert theo.roles == {"consultant"}
    assert kinds() == ["person.added", "person.role_granted", "person.role_withdrawn"]


def test_only_those_who_set_up_people_give_roles():
    theo = added("theo@vendor.example", Role.CONSULTANT)
    with pytest.raises(NotPermitted):
        grant(theo, Role.ADMINISTRATOR, by=theo)
    dana = added("dana@elm-falls.example", Role.CUSTOMER_USER)
    grant(dana, Role.CUSTOMER_ADMINISTRATOR, by=theo)
    with pytest.raises(NotPermitted):
        grant(dana, Role.SPECIALIST, by=theo)
    with pytest.raises(NotPermitted):
        grant(theo, Role.CUSTOMER_USER, by=theo)


def test_the_last_administrator_stays_whatever_is_tried():
    ada = added("ada@vendor.example", Role.ADMINISTRATOR, name="Ada")
    gone = added("gone@vendor.example", Role.ADMINISTRATOR)
    deactivate(gone, by=TEST)
    for leave in (
        lambda: withdraw(ada, Role.ADMINISTRATOR, by=TEST),
        lambda: deactivate(ada, by=TEST),
        lambda: erase_person(ada, by=TEST),
    ):
        with pytest.raises(LastAdministrator, match=r"Ada is the last administrator.*Nothing was changed"):
            leave()
    ada.refresh_from_db()
    assert ada.is_active
    assert RoleGrant.objects.filter(user=ada, role=Role.ADMINISTRATOR).exists()


def _withdraw(user: User) -> None:
    withdraw(user, Role.ADMINISTRATOR, by=TEST)


def _deactivate(user: User) -> None:
    deactivate(user, by=TEST)


def _erase(user: User) -> None:
    erase_person(user, by=TEST)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [_withdraw, _deactivate, _erase])
@pytest.mark.parametrize("second", [_withdraw, _deactivate, _erase])
def test_the_last_two_administrators_cannot_leave_at_the_same_time(first: Any, second: Any):
    two = [added(f"a{number}@vendor.example", Role.ADMINISTRATOR) for number in range(2)]
    together = threading.Barrier(2)

    def leave(verb: Any, user: User) -> bool:
        try:
            together.wait(10)
            verb(User.objects.get(pk=user.pk))
            return True
        except LastAdministrator:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        left = list(pool.map(leave, (first, second), two))
    assert sorted(left) == [False, True]
    assert User.objects.filter(grants__role=Role.ADMINISTRATOR, is_active=True).count() == 1


def test_a_sign_in_is_closed_and_opened_and_each_is_told_once():
    maria = added("maria@vendor.example", Role.SPECIALIST)
    for verb in (deactivate, deactivate, reactivate, reactivate):
        verb(maria, by=TEST)
    assert kinds() == ["person.added", "person.deactivated", "person.reactivated"]


def test_people_rename_themselves_and_choose_their_zone_and_nobody_elses():
    maria, theo = added("m@x.example", Role.SPECIALIST), added("t@x.example", Role.CONSULTANT)
    rename_person(maria, name=" Maria  P. ", locale="en", by=maria)
    choose_time_zone(maria, "America/Chicago", by=maria)
    choose_time_zone(maria, "America/Chicago", by=maria)
    assert (maria.name, maria.locale, maria.time_zone) == ("Maria P.", "en", "America/Chicago")
    with pytest.raises(NotPermitted):
        rename_person(maria, name="Mine", locale="", by=theo)
    with pytest.raises(NotPermitted):
        choose_time_zone(maria, "", by=theo)
    with pytest.raises(ZoneUnknown, match="Mars"):
        choose_time_zone(maria, "Mars/Olympus", by=maria)
    assert kinds().count("person.changed") == 2


def test_who_signs_in_how():
    maria, dana = added("m@x.example", Role.SPECIALIST), added("d@y.example", Role.CUSTOMER_USER)
    both = added("b@y.example", Role.CUSTOMER_USER, Role.ENGINEER)
    nobody = added("n@y.example")
    ways = {
        user.email[0]: (signs_in_by_code(user), signs_in_by_password(user))
        for user in (maria, dana, both, nobody)
    }
    assert ways == {"m": (False, True), "d": (True, False), "b": (False, True), "n": (False, False)}
    assert who_signs_in_as(" D@Y.example ") == dana
    deactivate(dana, by=TEST)
    assert who_signs_in_as("d@y.example") is None


def test_everybody_reads_what_happened_to_himself_and_administrators_all():
    maria, theo = added("m@x.example", Role.SPECIALIST), added("t@x.example", Role.CONSULTANT)
    ada = added("a@x.example", Role.ADMINISTRATOR)
    assert [entry.kind for entry in visible_entries(maria)] == ["person.added"]
    assert visible_entries(maria).get() != visible_entries(theo).get()
    assert visible_entries(ada).count() == 3


NAME, ADDRESS = "Zanzibara Quillfeather", "zanzibara.quillfeather@canary.example"


def test_nothing_is_left_anywhere_of_somebody_who_was_erased(client: Client):
    person = added(ADDRESS, Role.SPECIALIST, Role.CUSTOMER_USER, name=NAME, password=PASSWORD)
    EmailAddress.objects.create(user=person, email=ADDRESS, primary=True, verified=True)
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    TOTP.activate(person, generate_totp_secret())
    waiting = Client()
    waiting.post("/accounts/password/reset/", {"email": ADDRESS})
    choose_time_zone(person, "America/Chicago", by=person)
    found = places_holding("zanzibara", "quillfeather")
    assert {"keepwell_people_user", "keepwell_outbox_outgoing", "account_emailaddress"} < found.keys()
    assert found["django_session, opened"] == 2

    erase_person(person, by=TEST)
    assert places_holding("zanzibara", "quillfeather") == {}
    person.refresh_from_db()
    assert (person.is_active, person.name, person.has_usable_password()) == (False, "", False)
    assert Entry.objects.about("person", person.pk).filter(kind="person.added").exists()


def test_who_was_erased_stays_so_and_is_erased_once():
    person = added(ADDRESS, Role.SPECIALIST, name=NAME)
    erase_person(person, by=TEST)
    erase_person(person, by=TEST)
    with pytest.raises(Erased):
        reactivate(person, by=TEST)
    assert issubclass(Erased, Refused)
    assert kinds().count("person.erased") == 1
    assert added(ADDRESS, Role.SPECIALIST).pk != person.pk


def test_only_an_administrator_erases():
    lead = added("lead@x.example", Role.LEAD)
    person = added(ADDRESS, Role.SPECIALIST)
    with pytest.raises(NotPermitted):
        erase_person(person, by=lead)
