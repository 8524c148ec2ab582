"""Questions about road maps. Faces start from `RoadMap.objects.visible_to`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from keepwell.contracts.queries import cost_of
from keepwell.contracts.terms import Span
from keepwell.conversations.authors import contact_id_of
from keepwell.customers.models import Account, Contact, ContactRole
from keepwell.customers.queries import accounts_administered_by, administers, identities_of, sees_all
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry
from keepwell.success.road_maps.models import (
    ActionItem,
    Dependency,
    Measure,
    Milestone,
    Reading,
    RoadMap,
    ValueClaim,
    Version,
)
from keepwell.success.road_maps.returns import Return, returns_over
from keepwell.success.road_maps.states import OPEN_ACTIONS, Side, VersionState

NOUNS = frozenset(
    {
        "road_map",
        "goal",
        "measure",
        "milestone",
        "action_item",
        "check_point",
        "value_claim",
        "road_map_template",
    }
)


def open_road_map_of(actor: Any, account: Account) -> RoadMap | None:
    """The one that is not closed and that the actor may see; None where there is none."""
    rows = RoadMap.objects.visible_to(actor).filter(account=account, closed_at__isnull=True)
    return rows.select_related("account").first()


def shared_version(road_map: RoadMap) -> Version | None:
    """What the customer reads: what was shared last; None before."""
    states = (VersionState.SHARED, VersionState.AGREED)
    return road_map.versions.filter(state__in=states).order_by("-number").first()


def latest_readings(measures: Iterable[Measure], through: date | None = None) -> dict[int, Reading]:
    """The last reading of each, by the measure's id, up to a day where one is given; one query."""
    rows = Reading.objects.filter(measure__in=[measure.pk for measure in measures])
    if through:
        rows = rows.filter(on__lte=through)
    newest = rows.order_by("measure_id", "-on", "-pk").distinct("measure_id")
    return {reading.measure_id: reading for reading in newest}


def readings_of(measures: Iterable[int]) -> dict[int, list[Reading]]:
    """All readings of the measures with these ids, by that id, the earliest first; one query."""
    found: dict[int, list[Reading]] = defaultdict(list)
    rows = Reading.objects.filter(measure__in=list(measures))
    for reading in rows.order_by("measure_id", "on", "pk"):
        found[reading.measure_id].append(reading)
    return found


def waiting_of(road_map: RoadMap) -> dict[int, set[int]]:
    """For each action what it waits for, by ids; actions that wait for nothing are left out."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Dependency.objects.filter(action__road_map=road_map)
    for action, other in rows.values_list("action", "other"):
        found[action].add(other)
    return dict(found)


def open_actions_of(who: Any) -> QuerySet[ActionItem]:
    """What this one of our people has to do on road maps that are open; what is due first comes first."""
    noun, identity = who.actor_ref
    rows = ActionItem.objects.filter(state__in=OPEN_ACTIONS, road_map__closed_at__isnull=True)
    own = rows.filter(owner_user=identity) if noun == "person" else rows.none()
    return own.select_related("road_map__account", "goal").order_by("due_on", "pk")


def speaks_for_account(actor: Any, account_id: int) -> bool:
    """Whether this person of the customer agrees and confirms for the account: its administrators (also
    those of an account above it) and its executive sponsors."""
    identity = contact_id_of(actor)
    if identity is None:
        return False
    if administers(actor) and accounts_administered_by(actor).filter(pk=account_id).exists():
        return True
    contact = Contact.objects.get(pk=identity)
    roles = ContactRole.objects.filter(
        contact__in=identities_of(contact), role=ContactRole.Kind.EXECUTIVE_SPONSOR, to_at__isnull=True
    )
    return contact.account_id == account_id and contact.erased_at is None and roles.exists()


def return_on_investment(account: Account, span: Span) -> list[Return]:
    """What was confirmed over what was paid in these days, for each currency of a claim."""
    rows = ValueClaim.objects.filter(goal__road_map__account=account, last_on__gte=span.first)
    claims = [row.claim for row in rows.filter(first_on__lte=span.last)]
    return returns_over(claims, cost_of(account, span), span)


def dated(actor: Any, *, first: date, last: date) -> list[ActionItem | Milestone]:
    """Open actions and milestones due between two days, of road maps that the actor may see: for a calendar.

    A customer gets what is shared and on his side, or a milestone.
    """
    seen = RoadMap.objects.visible_to(actor).filter(closed_at__isnull=True)
    due = Q(road_map__in=seen, due_on__gte=first, due_on__lte=last)
    actions = ActionItem.objects.filter(due, state__in=OPEN_ACTIONS)
    milestones = Milestone.objects.filter(due, reached_on__isnull=True)
    if not sees_all(actor, "road_map.see"):
        actions = actions.filter(is_shared=True, side=Side.CUSTOMER)
        milestones = milestones.filter(is_shared=True)
    beside = "road_map__account"
    found: list[ActionItem | Milestone] = list(actions.select_related(beside))
    found += milestones.select_related(beside)
    return sorted(found, key=lambda one: (one.due_on or last, type(one).__name__, one.pk))


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff read how road maps went; a customer that his was shared, agreed to, written about, closed."""
    entries = Entry.objects.of_kinds(own_kinds())
    if sees_all(actor, "road_map.see"):
        return entries
    seen = entries.of_kinds(tuple(set(own_kinds()) & set(kinds_customers_see())))
    own = RoadMap.objects.visible_to(actor).values_list("pk", flat=True)
    return seen.filter(subjects__kind="road_map", subjects__subject_id__in=list(own))


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)
