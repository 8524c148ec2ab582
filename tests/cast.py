"""The people of the tests, each by name; every one is made through the verbs, and once in a test.

Staff: Maria (specialist, level 1), Theo (consultant, level 2), Ines (engineer, level 3), Lea (lead), Ada
(administrator), Sam (success manager), Alma (account manager). Customers: Dana, a user at Elm Falls;
Carl, who administers Elm Falls; Pia, a user at Elm Falls Water, which belongs to Elm Falls; and Nora of
another town, who administers that one and must never see anything of Elm Falls.
"""

from __future__ import annotations

from datetime import UTC, datetime

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account, Contact, Lifecycle, Product
from keepwell.customers.queries import contact_by_address
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.customers.verbs.products import add_product
from keepwell.people.actors import System
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.models import Guideline, Policy
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS, REFERENCE_NAME
from keepwell.service_levels.verbs.guidelines import Watched, create_guideline
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from keepwell.staffing.models import Team
from keepwell.staffing.verbs.profiling import set_profile
from keepwell.staffing.verbs.teaming import form_team, join_team

CAST = System("cast")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "a password for tests only"
TEAMS = {1: "First level", 2: "Second level", 3: "Third level"}


def the_guidelines() -> Policy:
    """What the vendor promises, in force before anything happens: without it no case can be opened."""
    known = Policy.objects.filter(name=REFERENCE_NAME).first()
    if known:
        return known
    hours = create_calendar("Support hours", REFERENCE_HOURS, by=CAST, at=LONG_AGO, is_default=True)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    return create_policy(REFERENCE_NAME, terms, by=CAST, at=LONG_AGO, is_default=True)


def resolution_of_high() -> Guideline:
    """The guideline that watches how many High cases are resolved in time, for leads to look at."""
    known = Guideline.objects.filter(name="Resolution, High").first()
    if known:
        return known
    watched = Watched(policy=the_guidelines(), metric="resolution", severity="high")
    return create_guideline("Resolution, High", watched, by=CAST, at=LONG_AGO)


def maria_the_specialist() -> User:
    return _staff("Maria Petersen", "maria@vendor.example", Role.SPECIALIST, level=1)


def theo_at_level_two() -> User:
    return _staff("Theo Lindqvist", "theo@vendor.example", Role.CONSULTANT, level=2)


def ines_the_engineer() -> User:
    return _staff("Ines Moreau", "ines@vendor.example", Role.ENGINEER, level=3)


def lea_the_lead() -> User:
    return _staff("Lea Novak", "lea@vendor.example", Role.LEAD, level=1)


def ada_the_administrator() -> User:
    return _staff("Ada Okafor", "ada@vendor.example", Role.ADMINISTRATOR)


def sam_the_success_manager() -> User:
    return _staff("Sam Whitaker", "sam@vendor.example", Role.SUCCESS_MANAGER)


def alma_the_account_manager() -> User:
    return _staff("Alma Reyes", "alma@vendor.example", Role.ACCOUNT_MANAGER)


def dana_at_elm_falls() -> User:
    return _customer("Dana Hughes", "dana@elmfalls.example", elm_falls())


def carl_the_administrator_of_elm_falls() -> User:
    return _customer("Carl Jensen", "carl@elmfalls.example", elm_falls(), Role.CUSTOMER_ADMINISTRATOR)


def pia_at_elm_falls_water() -> User:
    return _customer("Pia Duval", "pia@water.elmfalls.example", elm_falls_water())


def nora_of_another_town() -> User:
    """She must never see anything of Elm Falls."""
    return _customer("Nora Kim", "nora@anothertown.example", another_town(), Role.CUSTOMER_ADMINISTRATOR)


def contact_of_somebody_unknown() -> Contact:
    """Somebody who wrote once: no account, an address that nobody confirmed."""
    known = contact_by_address("somebody@nowhere.example")
    return known or add_contact("Somebody", email="somebody@nowhere.example", by=CAST)


def elm_falls() -> Account:
    return _account("Town of Elm Falls")


def elm_falls_water() -> Account:
    return _account("Elm Falls Water Department", parent=elm_falls())


def another_town() -> Account:
    return _account("Another Town")


def roadworks() -> Product:
    return Product.objects.filter(name="Roadworks").first() or add_product("Roadworks", by=CAST)


def team_at(level: int) -> Team:
    """The team of the level that the cast's staff belong to."""
    known = Team.objects.filter(name=TEAMS[level]).first()
    return known or form_team(TEAMS[level], level=level, by=CAST)


def _staff(name: str, email: str, role: str, *, level: int | None = None) -> User:
    known = User.objects.filter(email=email).first()
    if known:
        return known
    user = add_person(name=name, email=email, roles=[role], by=CAST, password=PASSWORD)
    set_profile(user, title=Role(role).label, level=level, by=CAST)
    if level:
        join_team(team_at(level), user, by=CAST)
    return user


def _customer(name: str, email: str, account: Account, role: str = Role.CUSTOMER_USER) -> User:
    known = User.objects.filter(email=email).first()
    if known:
        return known
    contact = add_contact(name, email=email, account=account, by=CAST)
    confirm_address(contact.addresses.get(), by=CAST)
    return grant_portal_access(contact, role, by=CAST)


def _account(name: str, *, parent: Account | None = None) -> Account:
    known = Account.objects.filter(name=name).first()
    details = AccountDetails(segment="Small town", region="Midwest", time_zone="America/Chicago")
    return known or open_account(name, details, parent=parent, lifecycle=Lifecycle.LIVE, by=CAST)
