"""Who and what the stories name, as ids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from keepwell.customers.models import Account, Contact, Deployment
from keepwell.operate.demo.furnishing import account_name
from keepwell.operate.demo.playing import TEAM_AT
from keepwell.people.models import User
from keepwell.staffing.models import Team


@dataclass(frozen=True, kw_only=True)
class Customer:
    """An account: its contacts as (contact, user), its installations by product as (deployment, product)."""

    account: int
    contacts: tuple[tuple[int, int], ...]
    deployments: dict[str, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Places:
    """Staff by key, the team of each level, accounts in the order in which stories count them."""

    staff: dict[str, int]
    teams: dict[int, int]
    customers: tuple[Customer, ...]


def places(accounts: int) -> Places:
    """Everything as it was furnished. Errors: KeyError where something of it was taken away since."""
    contacts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for account, contact, user in (
        Contact.objects.filter(user__isnull=False).order_by("pk").values_list("account", "pk", "user")
    ):
        contacts[account].append((contact, user))
    deployments: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    rows = Deployment.objects.order_by("-pk")
    for account, name, deployment, product in rows.values_list("account", "product__name", "pk", "product"):
        deployments[account][name] = (deployment, product)
    by_name = dict(Account.objects.values_list("name", "pk"))
    ids = [by_name[account_name(number)] for number in range(accounts)]
    return Places(
        staff={email.partition("@")[0]: pk for email, pk in User.objects.values_list("email", "pk")},
        teams={level: Team.objects.get(name=name).pk for level, name in TEAM_AT.items()},
        customers=tuple(
            Customer(account=pk, contacts=tuple(contacts[pk]), deployments=deployments[pk]) for pk in ids
        ),
    )
