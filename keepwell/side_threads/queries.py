"""Who may see what of side threads: staff who see cases. Faces start from `SideThread.objects.visible_to`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from keepwell.cases.models import Case
from keepwell.conversations.attached_files import attached
from keepwell.conversations.queries import sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.side_threads.models import (
    Delivery,
    SideAttachment,
    SideMessage,
    SideParty,
    SideState,
    SideThread,
)

NOUNS = frozenset({"side_thread", "side_message", "side_party"})
LAST = SideMessage.objects.filter(thread=OuterRef("pk")).order_by("-happened_at", "-pk")


def threads_beside(case: Case, actor: Any) -> list[Any]:
    """Those that this actor may see: what is open first, then the newest; `last_at` is their last word's.

    Two queries, with those who are asked.
    """
    rows = SideThread.objects.visible_to(actor).filter(case=case)
    rows = rows.annotate(last_at=Subquery(LAST.values("happened_at")[:1])).prefetch_related(PARTIES)
    order = {SideState.OPEN: 0, SideState.WAITING: 1, SideState.ENDED: 2}
    return sorted(rows.order_by("-changed_at", "-pk"), key=lambda thread: order[SideState(thread.state)])


def messages_beside(case: Case, actor: Any, *, since: datetime | None, before: datetime | None) -> list[Any]:
    """What was written in the side threads of a case between two instants, oldest first, with `files`.

    None: from the beginning, up to now. Nothing for whoever may not see the side threads.
    """
    rows = messages_of(SideThread.objects.visible_to(actor).filter(case=case))
    if since:
        rows = rows.filter(happened_at__gte=since)
    if before:
        rows = rows.filter(happened_at__lt=before)
    return list(rows)


def messages_of(threads: QuerySet[SideThread]) -> QuerySet[Any]:
    """All that was written in these, oldest first, with what is shown of it; the same number of queries for
    one as for many."""
    rows = SideMessage.objects.filter(thread__in=threads).select_related("thread", "author", "party")
    rows = rows.annotate(files=attached(SideAttachment.objects.filter(message=OuterRef("pk"))))
    return rows.prefetch_related(DELIVERIES).order_by("happened_at", "pk")


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff who see cases read how side threads went; nobody else reads that there is one."""
    entries = Entry.objects.of_kinds(own_kinds())
    return entries if sees_all(actor) else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)


PARTIES = Prefetch("parties", queryset=SideParty.objects.order_by("pk"))
DELIVERIES = Prefetch("deliveries", queryset=Delivery.objects.select_related("party").order_by("pk"))
