"""What is filled in to see the same history under other promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.queries import version_in_force
from keepwell.calendars.working_time import WorkingTimeError
from keepwell.cases.words import SEVERITY_WORDS
from keepwell.kit import clock
from keepwell.kit.wording import written_out
from keepwell.service_levels.models import Commitment, PolicyVersion
from keepwell.service_levels.models.policy import Unit
from keepwell.service_levels.terms import INITIAL_CONTACT, Allowance
from keepwell.service_levels.what_if import Edited


class WhatIfForm(forms.Form):
    """Another allowance, objective, calendar or reading of severities; begins with what is promised."""

    amount = forms.DecimalField(
        label=_("How much"), min_value=Decimal("0.001"), max_digits=8, decimal_places=3
    )
    unit = forms.ChoiceField(label=_("Of what"), choices=Unit)
    objective = forms.DecimalField(
        label=_("Share of cases, in percent"),
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    calendar = forms.ModelChoiceField(
        label=_("Business time"), queryset=WorkingCalendar.objects.order_by("-is_default", "name")
    )
    pauses = forms.BooleanField(label=_("Stands still while we wait for the customer"), required=False)
    high = forms.ChoiceField(label=_("What came in as High"), choices=SEVERITY_WORDS)
    normal = forms.ChoiceField(label=_("What came in as Normal"), choices=SEVERITY_WORDS)
    low = forms.ChoiceField(label=_("What came in as Low"), choices=SEVERITY_WORDS)

    def __init__(self, data: Any, *, commitment: Commitment) -> None:
        self.commitment = commitment
        version = commitment.version
        begun = {
            "amount": written_out(commitment.amount),
            "unit": commitment.unit,
            "objective": written_out(commitment.objective),
            "calendar": version.calendar_id,
            "pauses": commitment.metric in version.pauses,
            **{severity: severity for severity, _words in SEVERITY_WORDS},
        }
        super().__init__(data, initial=begun)
        if commitment.metric == INITIAL_CONTACT:
            del self.fields["pauses"]

    def clean(self) -> dict[str, Any]:
        """An allowance that the calendar cannot give is said beside it."""
        wanted = super().clean() or {}
        if not self.errors:
            hours = working_time_of(version_in_force(wanted["calendar"], clock.now()))
            try:
                hours.due(clock.now(), wanted["amount"], wanted["unit"])
            except WorkingTimeError as error:
                self.add_error("amount", error.template % error.facts)
        return wanted

    def edited(self) -> Edited:
        """All other promises stay as they are in the version that is in force."""
        wanted, version = self.cleaned_data, self.commitment.version
        allowances = {
            (one.metric, one.severity): Allowance(amount=one.amount, unit=one.unit)
            for one in Commitment.objects.filter(version=version)
        }
        own = Allowance(amount=wanted["amount"], unit=wanted["unit"])
        allowances[self.commitment.metric, self.commitment.severity] = own
        return Edited(
            allowances=allowances,
            hours=version_in_force(wanted["calendar"], clock.now()).mapping,
            pauses=self._pauses(version),
            severities={severity: wanted[severity] for severity, _words in SEVERITY_WORDS},
        )

    def _pauses(self, version: PolicyVersion) -> frozenset[str]:
        others = frozenset(version.pauses) - {self.commitment.metric}
        return others | {self.commitment.metric} if self.cleaned_data.get("pauses") else others
