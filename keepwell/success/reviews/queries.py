"""Questions about reviews. Faces start from `Review.objects.visible_to`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all, with_all_below
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry
from keepwell.success.reviews.models import Finding, Review, RuleVersion, Section
from keepwell.success.reviews.sections import TITLES
from keepwell.success.reviews.states import FROZEN, SEVERITY_ORDER

NOUNS = frozenset({"review", "finding", "configuration_rule"})
PLACES = {key: place for place, key in enumerate(TITLES)}


def reviews_of(actor: Any, account: Account) -> QuerySet[Review]:
    """Those of an account that the actor may see, the newest first."""
    rows = Review.objects.visible_to(actor).filter(account=account)
    return rows.select_related("account", "accepted_by", "delivered_by").order_by("-begun_at", "-pk")


def under_way(account: Account) -> Review | None:
    """The one that is not delivered yet; None where there is none."""
    return Review.objects.filter(account=account).exclude(state__in=FROZEN).first()


def last_delivered(account: Account) -> Review | None:
    return Review.objects.delivered().filter(account=account).first()


def sections_of(review: Review) -> list[Section]:
    """In the order of the document."""
    return sorted(review.sections.all(), key=lambda one: PLACES[one.key])


def findings_of(review: Review) -> list[Finding]:
    """The gravest first, then as they were added; with what became of each."""
    rows = review.findings.select_related("ending__action_item", "ending__ended_by")
    return sorted(rows, key=lambda one: (SEVERITY_ORDER[one.severity], one.pk))


def rules_in_force(products: list[int] | None = None) -> list[RuleVersion]:
    """The newest version of each rule that holds, of all products or of these; one query."""
    rows = RuleVersion.objects.filter(rule__is_active=True).select_related("rule__product")
    if products is not None:
        rows = rows.filter(rule__product__in=products)
    newest = rows.order_by("rule_id", "-number").distinct("rule_id")
    return sorted(newest, key=lambda one: (one.rule.product.name, one.title, one.pk))


def family_of(account: Account) -> set[int]:
    """The ids of all accounts that somebody may know who knows this one: its highest parent, and all
    below."""
    highest = account
    while highest.parent_id is not None:
        highest = Account.objects.get(pk=highest.parent_id)
    return set(with_all_below(highest).values_list("pk", flat=True))


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff read how reviews went; a customer that one was delivered to him, and accepted."""
    entries = Entry.objects.of_kinds(own_kinds())
    if sees_all(actor, "review.see"):
        return entries
    seen = entries.of_kinds(tuple(set(own_kinds()) & set(kinds_customers_see())))
    own = Review.objects.visible_to(actor).values_list("pk", flat=True)
    return seen.filter(subjects__kind="review", subjects__subject_id__in=list(own))


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)
