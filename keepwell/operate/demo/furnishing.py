"""The vendor, its people and its customers of the demonstration, through the verbs."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.proposals import public_holidays
from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.channels.email.verbs.mailboxes import add_mailbox, answer_as
from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.models import Account, Consent, Contact, ContactRole, Lifecycle, Product
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.customers.verbs.consenting import give_consent
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.giving_roles import end_role, give_role
from keepwell.customers.verbs.mail_domains import add_mail_domain
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.portal_access import grant_portal_access
from keepwell.customers.verbs.products import add_module, add_product, speak_for
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.operate.demo import cast
from keepwell.operate.demo.agreeing import agree_with
from keepwell.outbox.verbs.branding import add_brand, change_brand
from keepwell.people.actors import System
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS, REFERENCE_NAME
from keepwell.service_levels.verbs.guidelines import watch_all_of
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from keepwell.staffing.models import Team
from keepwell.staffing.verbs.profiling import set_profile, set_skills
from keepwell.staffing.verbs.rotas import RotaTerms, set_rota
from keepwell.staffing.verbs.teaming import form_team, join_team

BY = System("demo")
SUPPORT_HOURS = "Support hours"
CONTACTS_EACH = 4
# What the second and the third contact of each account are; every ninth account has lost its champion.
STAND_FOR = {1: ContactRole.Kind.CHAMPION, 2: ContactRole.Kind.EXECUTIVE_SPONSOR}
CHAMPION_GONE = 9


ACCOUNTS = len(cast.TOWNS) + len(cast.COUNTIES)


def furnish(seed: int, *, at: datetime, accounts: int = ACCOUNTS) -> None:
    """Everything that stands before the first case, as of `at`. Errors: what the verbs refuse."""
    chance = random.Random(f"keepwell demo furniture {seed}")
    change_brand(
        by=BY,
        at=at,
        name=cast.VENDOR,
        sender_name=f"{cast.VENDOR} Support",
        sender_address=cast.SENDER,
        signature=cast.SIGNATURE,
    )
    add_mailbox(cast.SENDER, name=f"{cast.VENDOR} Support", by=BY, at=at)
    water = add_brand(
        by=BY,
        at=at,
        name=cast.WATER,
        sender_name=f"{cast.WATER} Support",
        sender_address=cast.WATER_SENDER,
        signature=cast.SIGNATURE,
        accent="#0f6e6e",
    )
    answer_as(add_mailbox(cast.WATER_SENDER, name=f"{cast.WATER} Support", by=BY, at=at), water, by=BY, at=at)
    _promise(at)
    staff = _hire(at)
    products = _offer(at)
    speak_for(Product.objects.get(name=cast.WATER), water, by=BY, at=at)
    for number in range(accounts):
        account = _serve(number, chance, staff, products, at)
        if number < ACCOUNTS:
            agree_with(account, number, seed, staff["moreau"], at=at)


def email_of(member: cast.StaffMember) -> str:
    return f"{member.key}@causeway.example"


def domain_of(number: int) -> str:
    plain = "".join(letter for letter in account_name(number).lower() if letter.isalpha())
    return f"{plain}.example"


def account_name(number: int) -> str:
    if number < len(cast.TOWNS):
        return f"City of {cast.TOWNS[number]}"
    if number < ACCOUNTS:
        return f"{cast.COUNTIES[number - len(cast.TOWNS)]} County"
    kind, town = divmod(number - ACCOUNTS, len(cast.TOWNS))
    return f"{cast.TOWNS[town]} {cast.DISTRICTS[kind]}"


def contact_email(account: int, contact: int) -> str:
    name = contact_name(account, contact).lower().split()
    return f"{name[0]}.{name[1]}@{domain_of(account)}"


def contact_name(account: int, contact: int) -> str:
    first = cast.FIRST_NAMES[(account * 5 + contact * 7) % len(cast.FIRST_NAMES)]
    last = cast.LAST_NAMES[(account * 7 + contact * 5) % len(cast.LAST_NAMES)]
    return f"{first} {last}"


def _promise(at: datetime) -> WorkingCalendar:
    years = range(at.year, at.year + 3)
    holidays = public_holidays("US", None, years)
    mapping = {
        **REFERENCE_HOURS,
        "exceptions": {day.on.isoformat(): [] for day in holidays},
        "names": {day.on.isoformat(): day.name for day in holidays},
    }
    hours = create_calendar(SUPPORT_HOURS, mapping, by=BY, at=at, is_default=True)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    policy = create_policy(REFERENCE_NAME, terms, by=BY, at=at, is_default=True)
    watch_all_of(policy, by=BY, at=at)
    return hours


def _hire(at: datetime) -> dict[str, User]:
    teams = {name: form_team(name, level=level, by=BY, at=at) for name, level in cast.TEAMS}
    hired = {member.key: _employ(member, teams, at) for member in cast.STAFF}
    nights = RotaTerms(name="Nights and weekends", time_zone="America/Chicago", starts_on=at.date())
    by_turns = [hired[member.key] for member in cast.STAFF if member.team == cast.ON_CALL]
    set_rota(teams[cast.ON_CALL], nights, by_turns, by=BY, at=at)
    return hired


def _employ(member: cast.StaffMember, teams: dict[str, Team], at: datetime) -> User:
    user = add_person(name=member.name, email=email_of(member), roles=[member.role], by=BY, at=at)
    set_profile(user, title=member.title, level=member.level, by=BY, at=at)
    if member.team:
        join_team(teams[member.team], user, by=BY, at=at)
    if member.language:
        set_skills(user, [("language", member.language)], by=BY, at=at)
    return user


def _offer(at: datetime) -> list[Product]:
    products = []
    for name, modules in cast.PRODUCTS.items():
        product = add_product(name, by=BY, at=at)
        for module in modules:
            add_module(product, module, by=BY, at=at)
        products.append(product)
    return products


def _serve(
    number: int, chance: random.Random, staff: dict[str, User], products: list[Product], at: datetime
) -> Account:
    details = AccountDetails(
        segment=chance.choice(["Small", "Medium", "Large"]),
        region=chance.choice(["North", "South", "East", "West"]),
        time_zone=chance.choice(["America/Chicago", "America/Chicago", "America/Denver", "America/New_York"]),
    )
    account = open_account(account_name(number), details, by=BY, at=at, lifecycle=Lifecycle.LIVE)
    add_mail_domain(account, domain_of(number), by=BY, at=at)
    appoint_steward(account, staff[chance.choice(["lindqvist", "dube"])], "success", by=BY, at=at)
    appoint_steward(account, staff["moreau"], "account", by=BY, at=at)
    for product in products:
        _deploy(account, product, chance, at)
    for contact in range(CONTACTS_EACH):
        _introduce(account, number, contact, at)
    return account


def _deploy(account: Account, product: Product, chance: random.Random, at: datetime) -> None:
    modules = tuple(product.modules.order_by("pk")[: chance.randrange(1, 5)])
    details = DeploymentDetails(
        version=f"{chance.randrange(10, 13)}.{chance.randrange(0, 9)}",
        live_on=_go_live(chance, at.date()),
        modules=modules,
    )
    add_deployment(account, product, details, by=BY, at=at)


def _go_live(chance: random.Random, before: date) -> date:
    return before - timedelta(days=chance.randrange(90, 1800))


def _introduce(account: Account, number: int, contact_number: int, at: datetime) -> Contact:
    contact = add_contact(
        contact_name(number, contact_number),
        email=contact_email(number, contact_number),
        account=account,
        by=BY,
        at=at,
    )
    confirm_address(contact.addresses.get(), by=BY, at=at)
    role = Role.CUSTOMER_ADMINISTRATOR if contact_number == 0 else Role.CUSTOMER_USER
    grant_portal_access(contact, role, by=BY, at=at)
    if stands_for := STAND_FOR.get(contact_number):
        give_role(contact, stands_for, by=BY, at=at)
        give_consent(contact, Consent.Purpose.NEWS, by=BY, at=at)
        if stands_for == ContactRole.Kind.CHAMPION and number % CHAMPION_GONE == 0:
            end_role(contact, stands_for, by=BY, at=at + timedelta(days=5))
    return contact
