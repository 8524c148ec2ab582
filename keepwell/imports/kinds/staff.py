"""The vendor's own people: found again by their mail address."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.checking import checked_zone
from keepwell.customers.reaching import well_formed_address
from keepwell.imports.columns import CellRefused, Column, one_of, several, whole_number
from keepwell.imports.finding import team_called
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor
from keepwell.people.models import Role, User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.choosing_zone import choose_time_zone
from keepwell.people.verbs.granting import grant
from keepwell.people.verbs.renaming import rename_person
from keepwell.staffing.models import Skill, StaffProfile
from keepwell.staffing.verbs.profiling import set_profile, set_skills
from keepwell.staffing.verbs.teaming import join_team

COLUMNS = (
    Column(name="name", is_required=True, also=("full name",)),
    Column(name="email", is_required=True, also=("e mail", "mail", "email address", "mail address")),
    Column(name="roles", is_required=True, also=("role",)),
    Column(name="title", also=("job title",)),
    Column(name="level", also=("support level",)),
    Column(name="open cases at most", also=("capacity",)),
    Column(name="time zone", also=("timezone", "tz")),
    Column(name="teams", also=("team",)),
    Column(name="products", also=("product skills",)),
    Column(name="languages", also=("language",)),
)
ROLES = {role.value.replace("_", " "): role.value for role in Role if role in STAFF_ROLES}
SKILLS = {"products": Skill.Kind.PRODUCT, "languages": Skill.Kind.LANGUAGE}


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The person with roles, level, teams and skills. Nothing is taken from anybody here.

    A new one signs in by setting a password over the mail address.
    """
    if not line["name"]:
        raise CellRefused(_("The name is empty."))
    email = well_formed_address(line["email"])
    roles = _roles(line)
    user = User.objects.filter(email__iexact=email).first()
    told = told_of("person", user.pk) if user else None
    user = _as_the_line_says(user, line, email, roles, by=by, at=at)
    if line["time zone"]:
        choose_time_zone(user, checked_zone(line["time zone"]), by=by, at=at)
    _set_profile(user, line, by=by, at=at)
    for name in several(line["teams"]):
        join_team(team_called(name), user, by=by, at=at)
    _set_skills(user, line, by=by, at=at)
    return Outcome.ADDED if told is None else outcome_since(told, "person", user.pk)


def _roles(line: Line) -> list[str]:
    roles = [one_of(part, ROLES, _("Role")) for part in several(line["roles"])]
    if not roles:
        raise CellRefused(_("The roles are empty."))
    return roles


def _as_the_line_says(
    user: User | None, line: Line, email: str, roles: list[str], *, by: Actor, at: datetime
) -> User:
    if user is None:
        return add_person(name=line["name"], email=email, roles=roles, by=by, at=at)
    if not user.is_staff_member:
        raise CellRefused(
            _("%(email)s is no longer, or never was, one of our people.") % {"email": line["email"]}
        )
    rename_person(user, name=line["name"], locale=user.locale, by=by, at=at)
    for role in roles:
        grant(user, role, by=by, at=at)
    return user


def _set_profile(user: User, line: Line, *, by: Actor, at: datetime) -> None:
    before = StaffProfile.objects.filter(user=user).first()
    title, level, capacity = (before.title, before.level, before.capacity) if before else ("", None, 20)
    if line["level"]:
        level = whole_number(line["level"], _("Level"), 1, 3)
    if line["open cases at most"]:
        capacity = whole_number(line["open cases at most"], _("Open cases at most"), 1, 1000)
    title = line["title"] or title
    if before is None or (before.title, before.level, before.capacity) != (title, level, capacity):
        set_profile(user, title=title, level=level, capacity=capacity, by=by, at=at)


def _set_skills(user: User, line: Line, *, by: Actor, at: datetime) -> None:
    before = set(Skill.objects.filter(user=user).values_list("kind", "value"))
    said = {(kind.value, value) for column, kind in SKILLS.items() for value in several(line[column])}
    known = {(kind, value.lower()) for kind, value in before}
    new = {(kind, value) for kind, value in said if (kind, value.lower()) not in known}
    if new:
        set_skills(user, before | new, by=by, at=at)
