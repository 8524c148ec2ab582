"""When: put off, gone on with, promised, spoken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keepwell.kit.moment_field import MomentField

MORNING = 8
SATURDAY = 5


def tomorrow_morning(now: datetime) -> datetime:
    return _morning(now, 1)


def _morning(now: datetime, days: int) -> datetime:
    local = timezone.localtime(now) + timedelta(days=days)
    return local.replace(hour=MORNING, minute=0, second=0, microsecond=0)


class SnoozeForm(forms.Form):
    until_at = MomentField(
        label=_("Out of the lists until"),
        help_text=_("It comes back then, or when the customer writes. The promises run on."),
    )

    def __init__(self, now: datetime, data: Any = None) -> None:
        super().__init__(data, initial={"until_at": tomorrow_morning(now)})


class ScheduleForm(forms.Form):
    until_at = MomentField(
        label=_("Work goes on at"), help_text=_("As agreed with the customer. The promises run on.")
    )

    def __init__(self, now: datetime, data: Any = None) -> None:
        super().__init__(data, initial={"until_at": tomorrow_morning(now)})


class UpdatePromiseForm(forms.Form):
    due_at = MomentField(
        label=_("The customer hears from us again by"),
        help_text=_("Your next answer or call keeps it. It is shown to the customer, too."),
    )

    def __init__(self, now: datetime, data: Any = None) -> None:
        super().__init__(data, initial={"due_at": tomorrow_morning(now)})


class ContactForm(forms.Form):
    happened_at = MomentField(label=_("When it was"), help_text=_("At most one business day back."))
    is_live = forms.BooleanField(
        label=_("I spoke with the customer"),
        help_text=_("Without this it is an attempt."),
        required=False,
    )
    said = forms.CharField(label=_("What was said"), widget=forms.Textarea({"rows": 3}))
    reason = forms.CharField(
        label=_("Why it is entered by hand"),
        max_length=500,
        help_text=_("It is marked so in every figure. Example: call on another phone."),
    )

    def __init__(self, now: datetime, data: Any = None) -> None:
        super().__init__(data, initial={"happened_at": timezone.localtime(now), "is_live": True})
