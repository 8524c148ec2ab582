"""What happens to usage data when something happens to people, customers or modules."""

from __future__ import annotations

from collections.abc import Iterable

from keepwell.customers.models import ContactAddress, Deployment
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded
from keepwell.usage.kept_days import mark_products_due
from keepwell.usage.verbs.erasing import forget_user_ids

# What of a deployment, and of an account, decides where events belong and which day they are of.
OF_A_DEPLOYMENT, OF_AN_ACCOUNT = {"external_key", "environment"}, {"time_zone", "reference"}


@on("contact.erased")
def whoever_used_it_is_forgotten(entry: Entry) -> None:
    """Software often names its users by their mail addresses."""
    addresses = ContactAddress.objects.filter(contact__in=entry.facts["identities"])
    forget_user_ids(
        addresses.values_list("email", flat=True), by=Recorded(entry.actor_ref), at=entry.occurred_at
    )


@on("product.module_added", "product.module_measured")
def what_counts_of_it_is_counted_again(entry: Entry) -> None:
    mark_products_due(entry.ids_of("product"))


@on("deployment.added", "deployment.changed")
def what_came_from_it_is_counted_again(entry: Entry) -> None:
    if entry.kind == "deployment.added" or OF_A_DEPLOYMENT & set(entry.facts["fields"]):
        _mark_due(entry.ids_of("deployment"))


@on("account.changed")
def its_days_are_counted_again(entry: Entry) -> None:
    if OF_AN_ACCOUNT & set(entry.facts["fields"]):
        of_it = Deployment.objects.filter(account__in=entry.ids_of("account"))
        _mark_due(of_it.values_list("pk", flat=True))


def _mark_due(deployments: Iterable[int]) -> None:
    products = Deployment.objects.filter(pk__in=list(deployments)).values_list("product", flat=True)
    mark_products_due(products)
