"""Questions about many clocks: what to work next, and how each case in a list stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from keepwell.cases.models import Case
from keepwell.customers.models import Account
from keepwell.journal.models import Entry
from keepwell.service_levels.models import (
    Clock,
    Commitment,
    GuidelineVersion,
    Policy,
    PolicyAssignment,
    PolicyVersion,
    PromisedUpdate,
    Standing,
)
from keepwell.service_levels.models.guideline import WindowKind


def worklist(actor: Any) -> QuerySet[Case]:
    """The cases with something open that the actor may see, what is due first coming first.

    Each has its `standing`. Order: next_due_at, case; cases waiting for the customer come last.
    """
    open_cases = Case.objects.visible_to(actor).filter(standing__isnull=False)
    return open_cases.select_related("standing").order_by("standing__next_due_at", "standing__case")


def standings_of(case_ids: Iterable[int]) -> dict[int, Standing]:
    """How each of these cases stands, by case; settled ones are left out. One query."""
    return Standing.objects.in_bulk(list(case_ids))


def clocks_of(case_ids: Iterable[int]) -> dict[int, list[Clock]]:
    """The clocks of each case, by case, in the order metric and start. One query."""
    found: dict[int, list[Clock]] = defaultdict(list)
    rows = Clock.objects.filter(case_id__in=list(case_ids)).select_related("policy_version")
    for clock in rows.order_by("case_id", "started_at", "metric"):
        found[clock.case_id].append(clock)
    return found


def policy_of(account: Account | None, at: datetime) -> Policy | None:
    """The policy that holds for an account at an instant; None before there is a default one."""
    assigned = PolicyAssignment.objects.filter(account=account, starts_at__lte=at).exclude(ends_at__lte=at)
    own = assigned.select_related("policy").first() if account else None
    return own.policy if own else Policy.objects.filter(is_default=True).first()


def default_version(at: datetime) -> PolicyVersion | None:
    """What is promised to everybody without other guidelines at `at`; None before there are any."""
    versions = PolicyVersion.objects.filter(policy__is_default=True, effective_at__lte=at)
    return versions.order_by("-effective_at", "-number").first()


def guidelines_in_force() -> QuerySet[GuidelineVersion]:
    """The newest version of each guideline that is watched, in the order in which they were made."""
    newest = GuidelineVersion.objects.filter(guideline=OuterRef("guideline")).order_by("-number").values("pk")
    watched = GuidelineVersion.objects.filter(guideline__ended_at=None, pk=Subquery(newest[:1]))
    return watched.select_related("guideline", "policy", "product").order_by("guideline")


def published_guidelines() -> QuerySet[GuidelineVersion]:
    """Those about the promises that everybody without others has, for all cases of a severity."""
    return guidelines_in_force().filter(
        policy__is_default=True, product=None, segment="", channel="", window=WindowKind.MONTH
    )


def promises_made() -> list[Commitment]:
    """What the newest version of every policy promises, the default policy first. One query."""
    newest = PolicyVersion.objects.filter(policy=OuterRef("version__policy")).order_by("-number").values("pk")
    made = Commitment.objects.filter(version=Subquery(newest[:1])).select_related("version__policy")
    return list(made.order_by("-version__policy__is_default", "version__policy__name", "pk"))


def promises_of_guidelines(*, at: datetime) -> dict[tuple[int, str, str], Commitment]:
    """The promise in force by policy, metric and severity; before its first, the first. One query."""
    known = Commitment.objects.select_related("version").order_by(
        "-version__effective_at", "-version__number"
    )
    found: dict[tuple[int, str, str], Commitment] = {}
    for one in known:
        key = (one.version.policy_id, one.metric, one.severity)
        if key not in found or found[key].version.effective_at > at:
            found[key] = one
    return found


def promised_update_of(case: Case) -> PromisedUpdate | None:
    """The update that was promised and has not come yet."""
    return PromisedUpdate.objects.filter(case=case, ended_at=None).select_related("promised_by").first()


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff may read all about promises; customers see promised updates through their cases."""
    entries = Entry.objects.filter(kind__regex=r"^(policy|clock|update|guideline)\.")
    return entries if getattr(actor, "is_staff_member", False) else entries.none()
