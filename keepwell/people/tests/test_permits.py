from __future__ import annotations

from types import SimpleNamespace

import pytest

from keepwell.people.actors import Recorded, System
from keepwell.people.models import Role
from keepwell.people.models.role_grant import CUSTOMER_ROLES, STAFF_ROLES
from keepwell.people.permits import ALL, ROLE_PERMITS, NotPermitted, may, permit_for_sign_in, require

# What the vendor agreed to, role by role; the code is held against it.
COLUMNS = (
    Role.SPECIALIST,
    Role.CONSULTANT,
    Role.ENGINEER,
    Role.SUCCESS_MANAGER,
    Role.ACCOUNT_MANAGER,
    Role.LEAD,
    Role.ADMINISTRATOR,
    Role.CUSTOMER_USER,
    Role.CUSTOMER_ADMINISTRATOR,
)
TABLE = """
                        sp co en su ac le ad cu ca
account.edit            .  .  .  x  x  x  x  .  .
account.log             .  .  .  x  x  .  .  .  .
account.see             x  x  x  x  x  x  x  .  .
case.ask_outside        x  x  x  x  x  x  x  .  .
case.assign             x  x  x  x  x  x  x  .  .
case.change_details     x  x  .  .  .  x  x  .  .
case.change_severity    x  x  .  .  .  x  x  .  .
case.close              x  x  .  .  .  x  x  x  x
case.enter              x  x  .  x  x  x  x  .  .
case.escalate           x  x  x  .  .  x  x  .  .
case.log_contact        x  x  .  .  .  x  x  .  .
case.mark_spam          x  x  .  .  .  x  x  .  .
case.merge              x  x  .  .  .  x  x  .  .
case.note               x  x  x  x  x  x  x  .  .
case.open               x  x  .  x  x  x  x  x  x
case.reopen             x  x  .  .  .  x  x  x  x
case.reply              x  x  .  x  x  x  x  x  x
case.resolve            x  x  .  .  .  x  x  .  .
case.see                x  x  x  x  x  x  x  x  x
case.snooze             x  x  .  .  .  x  x  .  .
case.take_hand_off      x  x  x  .  .  x  x  .  .
case.wait               x  x  .  .  .  x  x  .  .
case.withdraw           .  .  .  .  .  .  .  x  x
contact.edit            x  x  .  x  x  x  x  .  .
contact.see             x  x  x  x  x  x  x  .  .
contract.edit           .  .  .  .  x  x  x  .  .
contract.see            x  x  x  x  x  x  x  .  .
contract.see_prices     .  .  .  x  x  x  x  .  .
contract.use_hours      .  .  .  x  x  x  x  .  .
engagement.hold         .  .  .  x  x  .  .  .  .
engagement.take_part    x  x  x  x  x  x  x  x  x
enquiry.ask             .  .  .  .  .  .  .  x  x
enquiry.handle          .  .  .  x  x  .  .  .  .
file.add                x  x  x  x  x  x  x  x  x
health.judge            .  .  .  x  x  x  x  .  .
health.see              x  x  x  x  x  x  x  .  .
import.run              .  .  .  .  .  .  x  .  .
insight.see             x  x  x  x  x  x  x  .  .
journal.see             .  .  .  .  .  .  x  .  .
letter.write            .  .  .  x  x  .  .  .  .
message.redact          .  .  .  .  .  x  x  .  .
outbox.manage           .  .  .  .  .  .  x  .  .
outbox.read             .  .  .  .  .  .  x  .  .
person.erase            .  .  .  .  .  .  x  .  .
review.accept           .  .  .  .  .  .  .  x  x
review.edit             .  .  .  x  x  x  x  .  .
review.see              x  x  x  x  x  x  x  .  .
road_map.edit           .  .  .  x  x  x  x  .  .
road_map.see            x  x  x  x  x  x  x  .  .
road_map.take_part      x  x  x  x  x  x  x  x  x
settings.brand          .  .  .  .  .  .  x  .  .
settings.mailboxes      .  .  .  .  .  .  x  .  .
settings.calendars      .  .  .  .  .  .  x  .  .
settings.health         .  .  .  .  .  x  x  .  .
settings.people         .  .  .  .  .  .  x  .  .
settings.policies       .  .  .  .  .  .  x  .  .
settings.products       .  .  .  .  .  x  x  .  .
settings.teams          .  .  .  .  .  x  x  .  .
settings.usage          .  .  .  .  .  .  x  .  .
signal.handle           .  .  .  x  x  x  x  .  .
triage.place            x  x  .  .  .  x  x  .  .
"""


def agreed() -> dict[str, set[str]]:
    """The permits of each role, from the table."""
    found: dict[str, set[str]] = {role: set() for role in COLUMNS}
    for line in TABLE.strip().splitlines()[1:]:
        permit, *marks = line.split()
        for role, mark in zip(COLUMNS, marks, strict=True):
            if mark == "x":
                found[role].add(permit)
    return found


def person(*roles: str, is_active: bool = True) -> SimpleNamespace:
    return SimpleNamespace(actor_ref=("person", 1), is_active=is_active, roles=frozenset(roles))


@pytest.mark.parametrize("role", COLUMNS)
def test_each_role_may_what_was_agreed_and_nothing_else(role: str):
    may_do = {permit for permit in ALL if may(person(role), permit)}
    assert may_do == agreed()[role]


def test_the_table_names_every_role_and_every_permit():
    assert set(COLUMNS) == set(Role) == set(ROLE_PERMITS)
    assert set().union(*agreed().values()) == ALL


def test_several_roles_add_up():
    both = person(Role.ENGINEER, Role.SUCCESS_MANAGER)
    assert may(both, "case.take_hand_off")
    assert may(both, "account.edit")
    assert not may(both, "case.resolve")


def test_a_permit_that_no_role_has_is_an_error_for_everybody():
    for actor in (person(Role.ADMINISTRATOR), System("demo"), SimpleNamespace(actor_ref=("contact", 1))):
        with pytest.raises(KeyError):
            may(actor, "case.delete")


@pytest.mark.parametrize("role", COLUMNS)
def test_whoever_is_closed_out_may_nothing(role: str):
    assert not any(may(person(role, is_active=False), permit) for permit in ALL)


def test_without_a_role_nothing_is_allowed():
    assert not any(may(person(), permit) for permit in ALL)


def test_a_contact_without_a_sign_in_may_what_a_customer_may():
    contact = SimpleNamespace(actor_ref=("contact", 5))
    assert {permit for permit in ALL if may(contact, permit)} == agreed()[Role.CUSTOMER_USER]


def test_parts_of_the_system_may_all():
    assert all(may(System("demo"), permit) for permit in ALL)


def test_whoever_acted_before_is_not_taken_for_a_person_with_roles():
    with pytest.raises(AttributeError):
        may(Recorded(("person", 1)), "case.see")


def test_a_refusal_is_a_sentence_that_names_the_permit():
    with pytest.raises(NotPermitted, match=r"\(person.erase\). Nothing was changed."):
        require(person(Role.LEAD), "person.erase")
    require(person(Role.ADMINISTRATOR), "person.erase")


def test_who_lets_customers_in_lets_in_nobody_of_the_staff():
    assert permit_for_sign_in({Role.CUSTOMER_USER, Role.CUSTOMER_ADMINISTRATOR}) == "contact.edit"
    assert permit_for_sign_in(set()) == "settings.people"
    for role in STAFF_ROLES:
        assert permit_for_sign_in({role, *CUSTOMER_ROLES}) == "settings.people"
