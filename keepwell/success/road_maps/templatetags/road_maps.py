"""`{% load road_maps %}`: measures, shares and amounts as either side reads them."""

from __future__ import annotations

from fractions import Fraction

from django import template
from django.utils.translation import gettext as _

from keepwell.contracts.money import amount_words
from keepwell.success.road_maps.paper import measure_words, number_words, ratio_words
from keepwell.success.road_maps.progress import Completion

register = template.Library()

register.filter("number_words", number_words)
register.filter("measure_words", measure_words)
register.filter("ratio_words", ratio_words)
register.filter("amount_words", amount_words)


@register.filter
def part(share: Fraction | float | None) -> str:
    """A share as styles read it: from 0 to 1, with a point."""
    return f"{min(max(float(share or 0), 0.0), 1.0):.4f}"


@register.filter
def percent(share: Fraction | None) -> str:
    return _("%s %%") % round(float(share) * 100) if share is not None else "–"


@register.filter
def done_words(found: Completion) -> str:
    """2 of 5 done; what is late is said as well."""
    words = _("%(done)s of %(total)s done") % {"done": found.done, "total": found.total}
    return _("%(words)s, %(late)s late") % {"words": words, "late": found.late} if found.late else words
