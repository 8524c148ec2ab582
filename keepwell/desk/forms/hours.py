"""Opening hours as people write them: 07:00-12:00, 13:00-17:00; nothing for closed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Intervals = list[list[str]]

_BETWEEN = re.compile(r"\s*(?:,|;|\s)\s*(?=\d)")
_INTERVAL = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d\d))?\Z")


class HoursField(forms.CharField):
    """Several intervals a day; "7-12, 13-17:30" is understood. What overlaps is refused later, in words."""

    default_error_messages = {
        "unreadable": _("“%(text)s” are no hours. Write 07:00-12:00, 13:00-17:00; empty means closed."),
    }

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.TextInput({"placeholder": _("closed"), "autocomplete": "off"}))
        super().__init__(required=False, max_length=120, **given)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> Any:
        text = re.sub(r"\s*(-|–|to)\s*", "-", str(super().clean(value)).strip())
        return [self._interval(part) for part in _BETWEEN.split(text)] if text else []

    def _interval(self, text: str) -> list[str]:
        found = _INTERVAL.match(text)
        if not found:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable", params={"text": text[:40]}
            )
        opens_hour, opens_minute, closes_hour, closes_minute = found.groups(default="00")
        return [f"{int(opens_hour):02}:{opens_minute}", f"{int(closes_hour):02}:{closes_minute}"]


def written(intervals: Any) -> str:
    """The intervals as one writes them; "" for a closed day."""
    return ", ".join(f"{opens}-{closes}" for opens, closes in intervals)
