"""What is worth knowing before an engagement is held, from what is here already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from keepwell.cases.models import Case
from keepwell.service_levels.clock_state import MET, MISSED
from keepwell.service_levels.models import Clock
from keepwell.success.engagements.models import Action, Engagement, InternalNote, State, Touch
from keepwell.success.engagements.queries import actions_at

BEHIND = timedelta(days=90)
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """Of the account, as this reader may see it. `kept` of `settled` promises of support that began to run in
    90 days.

    Lists are the newest, or most urgent, few; `open_cases` and `open_actions` are counts of all.
    """

    open_cases: int
    cases: Sequence[Case]
    kept: int
    settled: int
    recent: Sequence[Engagement]
    open_actions: int
    actions: Sequence[Action]
    touches: Sequence[Touch]
    notes: Sequence[InternalNote]


def preparation(engagement: Engagement, actor: Any, *, now: datetime) -> Preparation:
    """The same number of queries whatever there is."""
    account = engagement.account
    cases = Case.objects.visible_to(actor).open().filter(account=account)
    promises = Clock.objects.filter(case__account=account, started_at__gt=now - BEHIND, started_at__lte=now)
    counted = promises.aggregate(
        kept=Count("pk", filter=Q(state=MET)), settled=Count("pk", filter=Q(state__in=(MET, MISSED)))
    )
    others = Engagement.objects.visible_to(actor).filter(account=account).exclude(pk=engagement.pk)
    held = others.filter(state__in=(State.HELD, State.CLOSED)).select_related("host")
    actions = actions_at(account, actor)
    notes = InternalNote.objects.visible_to(actor).filter(engagement=engagement).select_related("author")
    touches = Touch.objects.visible_to(actor).filter(account=account, redacted_at=None)
    return Preparation(
        open_cases=cases.count(),
        cases=list(cases.order_by("-changed_at", "-pk")[:SHOWN]),
        **counted,
        recent=list(held.order_by("-starts_at", "-pk")[:SHOWN]),
        open_actions=actions.count(),
        actions=list(actions[:SHOWN]),
        touches=list(touches.select_related("author", "contact").order_by("-happened_at", "-pk")[:SHOWN]),
        notes=list(notes),
    )
