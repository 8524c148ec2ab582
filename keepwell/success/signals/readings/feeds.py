"""How long a source of usage data is silent; one that was stopped by hand asks for nothing any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from fractions import Fraction

from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Reading
from keepwell.usage.models import Source


def read(as_of: datetime, asked: Collection[Asked]) -> Mapping[int, Mapping[Asked, Reading]]:
    """Of every source that was ever heard. One query."""
    rows = Source.objects.filter(heard_at__isnull=False)
    return {source.pk: dict.fromkeys(asked, _silent(source, as_of)) for source in rows}


def _silent(source: Source, as_of: datetime) -> Reading:
    is_silent = source.is_in_use and source.heard_at is not None and source.silent_since is not None
    days = (as_of - source.heard_at).days if is_silent and source.heard_at else 0
    return Reading(value=Fraction(max(days, 0)))
