"""Which deliveries a mail of ours was."""

from __future__ import annotations

from django.db.models import QuerySet

from keepwell.journal.models import Entry
from keepwell.side_threads.about import DELIVERY
from keepwell.side_threads.models import Delivery


def deliveries_carried(entry: Entry) -> QuerySet[Delivery]:
    """Those among the subjects of an entry about a mail."""
    rows = Delivery.objects.filter(pk__in=entry.ids_of(DELIVERY)).order_by("pk")
    return rows.select_related("message__thread__case")
