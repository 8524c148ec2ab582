"""What figures are narrowed to, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from keepwell.cases.words import LEVEL_WORDS
from keepwell.conversations.models import Channel
from keepwell.customers.models import Product
from keepwell.service_levels.measuring import Narrowing
from keepwell.staffing.models import Team


def narrowing_words(narrowing: Narrowing) -> tuple[str, ...]:
    """One for each thing it is narrowed by: Product: Roadworks; none for all cases."""
    product = Product.objects.get(pk=narrowing.product) if narrowing.product else None
    team = Team.objects.get(pk=narrowing.team) if narrowing.team else None
    return words_of(narrowing, product=product, team=team)


def words_of(narrowing: Narrowing, *, product: Product | None, team: Team | None) -> tuple[str, ...]:
    """The same where product and team are at hand."""
    shown = _("%(filter)s: %(value)s")
    pairs = _pairs(narrowing, product, team)
    return tuple(shown % {"filter": name, "value": value} for name, value in pairs)


def _pairs(narrowing: Narrowing, product: Product | None, team: Team | None) -> Iterator[tuple[str, str]]:
    if product:
        yield _("Product"), str(product)
    if narrowing.segment:
        yield _("Segment"), narrowing.segment
    if narrowing.channel:
        yield _("Channel"), str(dict(Channel.choices)[narrowing.channel])
    if narrowing.level is not None:
        yield _("Level"), str(dict(LEVEL_WORDS)[narrowing.level])
    if team:
        yield _("Team"), str(team)
