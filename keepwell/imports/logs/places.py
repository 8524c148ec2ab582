"""The accounts, contacts, teams and products that a log names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from keepwell.customers.models import Account, Contact, Lifecycle, Product
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.opening import open_account
from keepwell.imports.columns import CellRefused, likely
from keepwell.imports.finding import find_account
from keepwell.imports.logs.mapping import LogMap, MapRefused
from keepwell.imports.logs.meanings import ANYTHING_ELSE, IGNORED
from keepwell.journal.recording import Actor
from keepwell.staffing.models import Team

KEPT_AT_HAND = 10_000


class Customer(NamedTuple):
    """The account and contact, as ids, that a case stands under."""

    account: int
    contact: int


class Places:
    """Finds what is there; what a case needs and is not there is added under the name of the desk."""

    def __init__(self, desk: str, *, by: Actor, at: datetime) -> None:
        self._name = _("Imported from %(desk)s") % {"desk": desk}
        self._by, self._at = by, at
        self.customer = lru_cache(KEPT_AT_HAND)(self._customer)
        self.product = lru_cache(KEPT_AT_HAND)(find_product)

    def _customer(self, account_name: str) -> Customer:
        account = known_account(account_name) or self._placeholder()
        contact = Contact.objects.filter(account=account, name=self._name, merged_into=None).first()
        if contact is None:
            contact = add_contact(self._name, account=account, by=self._by, at=self._at)
        return Customer(account.pk, contact.pk)

    def _placeholder(self) -> Account:
        found = Account.objects.filter(name=self._name).order_by("pk").first()
        return found or open_account(self._name, lifecycle=Lifecycle.LIVE, by=self._by, at=self._at)


def known_account(name: str) -> Account | None:
    """The account of this number or name; None if there is none, or several."""
    try:
        return (find_account(name, "") or find_account("", name)) if name else None
    except CellRefused:
        return None


def find_product(name: str) -> int | None:
    if not name:
        return None
    return Product.objects.filter(name__iexact=name).values_list("pk", flat=True).first()


def teams_named_in(log_map: LogMap) -> dict[str, int]:
    """The ids of all teams by name, in small letters. Errors: MapRefused where the map names another one."""
    rows = Team.objects.values_list("name", "pk")
    teams = {name.casefold(): pk for name, pk in rows}
    for value, name in log_map.values["group"].items():
        if name != IGNORED and name.casefold() not in teams:
            raise MapRefused(_no_team(value, name, [name for name, _pk in rows]))
    return teams


def _no_team(value: str, name: str, known: Iterable[str]) -> str:
    names = {"value": value, "name": name, "close": likely(name, known), "any": ANYTHING_ELSE}
    words = _("Under [groups] '%(value)s' is mapped to the team '%(name)s', which there is not.") % names
    if names["close"]:
        return words + " " + _("Did you mean '%(close)s'?") % names
    return words + " " + _('Set it up first, or map the group to "ignored".')
