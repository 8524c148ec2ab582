"""`{% load contracts %}`: amounts and prepaid hours as they are read."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from keepwell.contracts.money import amount_words

register = template.Library()

register.filter("amount", amount_words)


@register.filter
def prepaid(minutes: int) -> str:
    """Hours and minutes: 7 h 30; also what was booked beyond what is left."""
    words = _("%(hours)s h") % {"hours": abs(minutes) // 60}
    if rest := abs(minutes) % 60:
        words = _("%(hours)s h %(minutes)02d") % {"hours": abs(minutes) // 60, "minutes": rest}
    return _("minus %(words)s") % {"words": words} if minutes < 0 else words
