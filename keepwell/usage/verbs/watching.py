"""A source that fell silent is told from customers who do nothing: it is said, and so is that it is heard
again.
"""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System
from keepwell.usage.models import Source
from keepwell.usage.queries import silent_sources

BY = System("usage")


def watch(*, at: datetime | None = None) -> None:
    """Looks which sources fell silent, and which are heard again."""
    at = clock.instant(at)
    silent = {source.pk: source for source in silent_sources(at)}
    for source in silent.values():
        if source.silent_since is None:
            fall_silent(source, at=at)
    for source in Source.objects.filter(silent_since__isnull=False).exclude(pk__in=silent):
        hear_again(source, at=at)


@all_or_nothing()
def fall_silent(source: Source, *, at: datetime | None = None) -> None:
    """Nothing came for longer than is usual. Effects: source.fell_silent, the first time."""
    at = clock.instant(at)
    if Source.objects.filter(pk=source.pk, silent_since__isnull=True).update(silent_since=at):
        facts = {"heard_at": source.heard_at}
        record("source.fell_silent", by=BY, at=at, subjects=[("source", source.pk)], facts=facts)


@all_or_nothing()
def hear_again(source: Source, *, at: datetime | None = None) -> None:
    """Something came from it. Effects: source.heard_again, the first time."""
    if Source.objects.filter(pk=source.pk, silent_since__isnull=False).update(silent_since=None):
        record("source.heard_again", by=BY, at=at, subjects=[("source", source.pk)])
