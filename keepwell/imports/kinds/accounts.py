"""Accounts: found again by their customer number, else by their name."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account, Lifecycle, Stewardship
from keepwell.customers.verbs.editing import change_account, change_lifecycle, put_under
from keepwell.customers.verbs.mail_domains import add_mail_domain, verify_mail_domain
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.imports.columns import CellRefused, Column, one_of, several
from keepwell.imports.finding import account_called, find_account, staff_member
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="name", is_required=True, also=("account", "account name", "customer", "customer name")),
    Column(name="customer number", also=("reference", "number", "account number", "customer id")),
    Column(name="segment"),
    Column(name="region"),
    Column(name="time zone", also=("timezone", "tz")),
    Column(name="lifecycle", also=("state", "status", "phase")),
    Column(name="parent", also=("belongs to", "parent account")),
    Column(name="mail domains", also=("mail domain", "domains", "domain", "email domain", "email domains")),
    Column(name="success manager", also=("customer success manager", "csm")),
    Column(name="account manager", also=("am",)),
)
LIFECYCLES = {lifecycle.value: lifecycle.value for lifecycle in Lifecycle}
STEWARDS = {"success manager": Stewardship.Kind.SUCCESS, "account manager": Stewardship.Kind.ACCOUNT}


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The account by itself, with its mail domains, which count as verified."""
    if not line["name"]:
        raise CellRefused(_("The name is empty."))
    account = find_account(line["customer number"], line["name"])
    if account is None:
        opened = _opened(line, by=by, at=at)
        _add_domains(opened, line, by=by, at=at)
        return Outcome.ADDED
    told = told_of("account", account.pk)
    change_account(account, line["name"], _details(line, account), by=by, at=at)
    if lifecycle := _lifecycle(line):
        change_lifecycle(account, lifecycle, by=by, at=at)
    _add_domains(account, line, by=by, at=at)
    return outcome_since(told, "account", account.pk)


def put_in_place(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """Who it belongs to and who looks after it, once every account of the file is there."""
    account = find_account(line["customer number"], line["name"])
    assert account is not None, "the step before brought it in"
    told = told_of("account", account.pk)
    if line["parent"]:
        put_under(account, account_called(line["parent"]), by=by, at=at)
    for column, kind in STEWARDS.items():
        if line[column]:
            appoint_steward(account, staff_member(line[column]), kind, by=by, at=at)
    return outcome_since(told, "account", account.pk)


def _opened(line: Line, *, by: Actor, at: datetime) -> Account:
    lifecycle = _lifecycle(line) or Lifecycle.IMPLEMENTING
    return open_account(line["name"], _details(line, None), lifecycle=lifecycle, by=by, at=at)


def _details(line: Line, account: Account | None) -> AccountDetails:
    before = account or Account()
    return AccountDetails(
        reference=line["customer number"] or before.reference,
        segment=line["segment"] or before.segment,
        region=line["region"] or before.region,
        time_zone=line["time zone"] or before.time_zone,
    )


def _lifecycle(line: Line) -> str:
    cell = line["lifecycle"]
    return one_of(cell, LIFECYCLES, _("Lifecycle")) if cell else ""


def _add_domains(account: Account, line: Line, *, by: Actor, at: datetime) -> None:
    for domain in several(line["mail domains"].replace(" ", ";")):
        verify_mail_domain(add_mail_domain(account, domain, by=by, at=at), by=by, at=at)
