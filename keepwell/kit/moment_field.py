"""Choosing a day and a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Nothing at a desk was before, or is planned after. At the ends of the calendar an instant cannot even be
# told in another zone, and a year of three digits is a slip of the hand.
FIRST_YEAR, LAST_YEAR = 1970, 2199


class MomentField(forms.DateTimeField):
    """An instant, in the reader's zone, within years that make sense."""

    default_error_messages = {
        "strange_year": _("Choose a year from %(first)s to %(last)s."),
    }

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**given)

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(self.error_messages["strange_year"], code="strange_year", params=years)
        return moment
