"""What saving each part of a person's page does: the form's answers to the verbs of that part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keepwell.journal.recording import caused_by
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.people.verbs.erasing import erase_person
from keepwell.people.verbs.granting import grant, withdraw
from keepwell.staffing.queries import teams_of
from keepwell.staffing.verbs.absence import take_time_off
from keepwell.staffing.verbs.profiling import set_hours, set_profile, set_skills
from keepwell.staffing.verbs.teaming import join_team, leave_team

Save = Callable[[User, Any, User], None]


@all_or_nothing()
def save_roles(user: User, form: Any, by: User) -> None:
    wanted, held = set(form.cleaned_data["roles"]), set(user.roles & STAFF_ROLES)
    with caused_by():
        for role in sorted(wanted - held):
            grant(user, role, by=by)
        for role in sorted(held - wanted):
            withdraw(user, role, by=by)


@all_or_nothing()
def save_work(user: User, form: Any, by: User) -> None:
    wanted = dict(form.cleaned_data)
    calendar = wanted.pop("calendar")
    with caused_by():
        profile = set_profile(user, **wanted, by=by)
        if profile.calendar != calendar:
            set_hours(user, calendar, by=by)


def save_skills(user: User, form: Any, by: User) -> None:
    set_skills(user, form.pairs(), by=by)


@all_or_nothing()
def save_teams(user: User, form: Any, by: User) -> None:
    wanted, held = set(form.cleaned_data["teams"]), set(teams_of(user))
    with caused_by():
        for team in sorted(wanted - held, key=str):
            join_team(team, user, by=by)
        for team in sorted(held - wanted, key=str):
            leave_team(team, user, by=by)


def save_time_off(user: User, form: Any, by: User) -> None:
    take_time_off(user, **form.cleaned_data, by=by)


def erase(user: User, form: Any, by: User) -> None:
    erase_person(user, by=by)


PARTS: dict[str, Save] = {
    "roles": save_roles,
    "work": save_work,
    "skills": save_skills,
    "teams": save_teams,
    "time-off": save_time_off,
    "erasure": erase,
}
