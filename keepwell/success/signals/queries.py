"""Questions about signals, tasks and playbooks. Faces start from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.people.models import User
from keepwell.service_levels.survival import wilson
from keepwell.success.signals.models import (
    Dismissal,
    Playbook,
    PlaybookRun,
    RunState,
    Signal,
    SignalRule,
    SignalRuleVersion,
    SignalState,
    Task,
)
from keepwell.success.signals.models.signal import SignalQuerySet
from keepwell.success.signals.models.task import TaskQuerySet

SEES, HANDLES, SETS = "health.see", "signal.handle", "settings.health"
NOUNS = frozenset({"signal", "signal_rule", "playbook", "playbook_run", "task"})
# The most severe first, of these the newest: what waits beyond the budget is the least severe and oldest.
ORDER = ("-severity", "-opened_at", "-pk")
TELLS_FROM = 10
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The signals of one owner that are shown, and how many more wait."""

    shown: list[Signal]
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Precision:
    """How often a rule was right: signals that were acted on, of those and the ones said not to be true."""

    acted_on: int
    not_true: int

    @property
    def of(self) -> int:
        return self.acted_on + self.not_true

    @property
    def is_told(self) -> bool:
        """Below ten nothing is said: it would be chance."""
        return self.of >= TELLS_FROM

    @property
    def share(self) -> float:
        return self.acted_on / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, of 95 %."""
        return wilson(self.acted_on, self.of)


def open_signals_at(account: Account) -> SignalQuerySet:
    """What is open about an account or people there, the most severe first."""
    return Signal.objects.still_open().filter(account=account).order_by(*ORDER)


def open_tasks_at(account: Account) -> TaskQuerySet:
    """What is still to be done about an account, what is due first comes first."""
    return Task.objects.still_open().filter(account=account).order_by("due_on", "pk")


def open_signals_of(user: User) -> SignalQuerySet:
    """What is open and this one's, the most severe first."""
    return Signal.objects.still_open().filter(owner=user).order_by(*ORDER)


def open_tasks_of(user: User) -> TaskQuerySet:
    """What this one of ours has still to do, what is due first comes first."""
    rows = Task.objects.still_open().filter(owner=user)
    return rows.select_related("account").order_by("due_on", "pk")


def budget_of(user: User, *, about: SignalQuerySet | None = None) -> Budget:
    """As many of his signals as the knob says, and how many more there are. Two queries."""
    rows = Signal.objects.visible_to(user).asking().filter(owner=user) if about is None else about
    most: int = settings.KEEPWELL_SIGNALS_SHOWN
    shown = list(rows.for_list().order_by(*ORDER)[:most])
    return Budget(shown=shown, waiting=rows.count() - len(shown) if len(shown) == most else 0)


def nobodys_signals(actor: Any) -> SignalQuerySet:
    """What is open and has no owner."""
    return Signal.objects.visible_to(actor).still_open().filter(owner__isnull=True)


def rules_in_force() -> list[SignalRuleVersion]:
    """The newest version of each rule that is on, by the rule's id."""
    rows = SignalRuleVersion.objects.filter(rule__switched_off_at__isnull=True).select_related("rule")
    return list(rows.order_by("rule_id", "-number").distinct("rule_id"))


def rules_for_page() -> list[SignalRule]:
    """All rules with `newest`, their versions and playbooks at hand; three queries."""
    versions = Prefetch("versions", SignalRuleVersion.objects.order_by("-number"), to_attr="all_versions")
    rules = SignalRule.objects.prefetch_related(versions, "playbooks")
    return list(rules.order_by("switched_off_at", "name", "pk"))


def precision_of(rules: Iterable[SignalRule]) -> dict[int, Precision]:
    """Of each rule, over all its versions; one query."""
    not_true = Q(state=SignalState.DISMISSED, dismissed_as=Dismissal.NOT_TRUE)
    acted_on = Q(state__in=(SignalState.RESOLVED, SignalState.CLEARED), acted_on_at__isnull=False)
    rows = (
        Signal.objects.filter(rule__in=[rule.pk for rule in rules])
        .order_by()
        .values_list("rule")
        .annotate(acted=Count("pk", filter=acted_on), wrong=Count("pk", filter=not_true))
    )
    counted = {rule: Precision(acted_on=acted, not_true=wrong) for rule, acted, wrong in rows}
    return {rule.pk: counted.get(rule.pk, Precision(acted_on=0, not_true=0)) for rule in rules}


def playbooks_of(signal: Signal) -> list[Playbook]:
    """Those that are on and tied to its rule."""
    return list(Playbook.objects.filter(rule=signal.rule_id, switched_off_at__isnull=True))


def runs_at(account: int, *, since: datetime) -> int:
    """How often playbooks ran at an account from an instant on."""
    rows = PlaybookRun.objects.filter(signal__account=account, state=RunState.DONE, settled_at__gt=since)
    return rows.count()


def tasks_dated(user: User, *, first: date, last: date) -> TaskQuerySet:
    """His open tasks due between two days."""
    return open_tasks_of(user).filter(due_on__range=(first, last))


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """For staff alone: no customer reads what is looked for."""
    entries = Entry.objects.of_kinds(own_kinds())
    return entries if sees_all(actor, SEES) else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)
