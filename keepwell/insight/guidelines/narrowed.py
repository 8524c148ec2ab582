"""What figures are narrowed to, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from keepwell.cases.words import LEVEL_WORDS
from keepwell.conversations.models import Channel
from keepwell.customers.models import Product
from keepwell.service_levels.measuring import Narrowing
from keepwell.staffing.models import Team


def narrowing_words(narrowing: Narrowing) -> tuple[str, ...]:
    """One for each thing it is narrowed by: Product: Roadworks; none for all cases."""
    shown = _("%(filter)s: %(value)s")
    return tuple(shown % {"filter": name, "value": value} for name, value in _pairs(narrowing))


def _pairs(narrowing: Narrowing) -> Iterator[tuple[str, str]]:
    if narrowing.product is not None:
        yield _("Product"), _name(Product, narrowing.product)
    if narrowing.segment:
        yield _("Segment"), narrowing.segment
    if narrowing.channel:
        yield _("Channel"), str(dict(Channel.choices)[narrowing.channel])
    if narrowing.level is not None:
        yield _("Level"), str(dict(LEVEL_WORDS)[narrowing.level])
    if narrowing.team is not None:
        yield _("Team"), _name(Team, narrowing.team)


def _name(kind: type[Model], pk: int) -> str:
    return str(kind._default_manager.get(pk=pk))
