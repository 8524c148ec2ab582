"""Setting a new installation up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import connection
from django.utils.translation import gettext as _

from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.proposals import public_holidays
from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.founding.opening_hours import read_hours
from keepwell.founding.queries import is_founded
from keepwell.founding.terms import Terms
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.outbox.verbs.branding import change_brand
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_NAME
from keepwell.service_levels.verbs.guidelines import watch_all_of
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from keepwell.staffing.verbs.profiling import set_profile
from keepwell.staffing.verbs.teaming import form_team, join_team

YEARS_AHEAD = 3
# What another desk did before is measured by the first hours, and on holidays it was closed, too.
YEARS_BACK = 10
LONGEST_NAMES = {"vendor": 100, "administrator_name": 200}
LONGEST_ADDRESS = 254
LOCK = 4_071_881  # any number; two people who press the button at once wait for each other here


class AlreadyFounded(Refused):
    """Somebody has set this installation up before."""


@all_or_nothing()
def found(terms: Terms, *, by: Actor, at: datetime | None = None) -> User:
    """The vendor has a name, hours, promises and a first administrator; cases can come in from now on.

    Effects: what its parts record, and installation.founded. Errors: AlreadyFounded; ValidationError by the
    field of `terms` it is about; CalendarError and ProposalError for hours and places that cannot be used.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if is_founded():
        raise AlreadyFounded(_("This installation is set up already. Nothing was changed."))
    at = clock.instant(at)
    _check(terms)
    change_brand(
        by=by, at=at, name=terms.vendor, sender_name=terms.vendor, sender_address=terms.sender.strip()
    )
    _promise(terms, by=by, at=at)
    administrator = _appoint(terms, by=by, at=at)
    record("installation.founded", by=by, at=at, subjects=[administrator.actor_ref])
    return administrator


def _check(terms: Terms) -> None:
    wrong: dict[str, Any] = {}
    for field, longest in LONGEST_NAMES.items():
        wrong |= _wrong_name(field, getattr(terms, field).strip(), longest)
    for field in ("sender", "administrator_email"):
        wrong |= _wrong_address(field, getattr(terms, field).strip())
    if terms.zone not in available_timezones():
        wrong["zone"] = _("This is no time zone. Write it as in: Europe/Berlin")
    wrong |= _wrong_password(terms)
    if wrong:
        raise ValidationError(wrong)


def _wrong_name(field: str, name: str, longest: int) -> dict[str, Any]:
    if not name:
        return {field: _("This is needed.")}
    if len(name) > longest:
        return {field: _("This is longer than %(longest)s characters.") % {"longest": longest}}
    return {}


def _wrong_address(field: str, address: str) -> dict[str, Any]:
    try:
        MaxLengthValidator(LONGEST_ADDRESS)(address)
        validate_email(address)
    except ValidationError as error:
        return {field: error.messages}
    return {}


def _wrong_password(terms: Terms) -> dict[str, Any]:
    somebody = User(name=terms.administrator_name, email=terms.administrator_email)
    try:
        validate_password(terms.password, somebody)
    except ValidationError as error:
        return {"password": error.messages}
    return {}


def _promise(terms: Terms, *, by: Actor, at: datetime) -> WorkingCalendar:
    years = range(at.year - YEARS_BACK, at.year + YEARS_AHEAD)
    days = public_holidays(terms.country, terms.subdivision, years) if terms.country else []
    mapping = {
        "timezone": terms.zone,
        "hours": read_hours(terms.hours),
        "exceptions": {day.on.isoformat(): [] for day in days},
        "names": {day.on.isoformat(): day.name for day in days},
    }
    hours = create_calendar(_("Support hours"), mapping, by=by, at=at, is_default=True)
    promises = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    policy = create_policy(REFERENCE_NAME, promises, by=by, at=at, is_default=True)
    watch_all_of(policy, by=by, at=at)
    return hours


def _appoint(terms: Terms, *, by: Actor, at: datetime) -> User:
    administrator = add_person(
        name=terms.administrator_name,
        email=terms.administrator_email.strip(),
        roles=[Role.ADMINISTRATOR],
        password=terms.password,
        by=by,
        at=at,
    )
    set_profile(administrator, title=_("Administrator"), level=1, by=by, at=at)
    join_team(form_team(_("Support"), level=1, by=by, at=at), administrator, by=by, at=at)
    return administrator
