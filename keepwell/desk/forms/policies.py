"""What is filled in about guidelines."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.calendars.models import WorkingCalendar
from keepwell.customers.models import Account
from keepwell.desk.forms.names import FreeName
from keepwell.kit.moment_field import MomentField
from keepwell.kit.wording import written_out
from keepwell.service_levels.models import Policy, PolicyVersion
from keepwell.service_levels.models.policy import Metric, Population, Unit
from keepwell.service_levels.published import ACROSS, DOWN, Promised
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, CommitmentTerms
from keepwell.service_levels.terms import PAUSING
from keepwell.service_levels.verbs.policies import PolicyTerms

PLACES = [*((metric, severity) for metric in DOWN for severity in ACROSS), (Metric.OVERALL, Population.ANY)]


class PromiseForm(forms.Form):
    """One promise; without an amount nothing is promised there."""

    amount = forms.DecimalField(
        label=_("How much"), min_value=0, max_digits=8, decimal_places=3, required=False
    )
    unit = forms.ChoiceField(label=_("Of what"), choices=Unit)
    objective = forms.DecimalField(
        label=_("In what share of cases, in percent"),
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def terms(self, metric: str, severity: str) -> CommitmentTerms | None:
        amount = self.cleaned_data.get("amount")
        if amount is None:
            return None
        return CommitmentTerms(
            metric=metric,
            severity=severity,
            amount=amount,
            unit=self.cleaned_data["unit"],
            objective=self.cleaned_data.get("objective") or Decimal(100),
        )


class TermsForm(forms.Form):
    """What a version says besides its promises."""

    calendar = forms.ModelChoiceField(
        label=_("Business time"), queryset=WorkingCalendar.objects.order_by("-is_default", "name")
    )
    pauses = forms.MultipleChoiceField(
        label=_("Stand still while we wait for the customer"),
        choices=[(metric.value, metric.label) for metric in Metric if metric in PAUSING],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    warns_at = forms.IntegerField(
        label=_("Warn our people at, in percent of the time"), min_value=1, max_value=99
    )
    reopen_days = forms.IntegerField(
        label=_("A case that ended can be reopened for, in days"),
        min_value=1,
        max_value=366,
        help_text=_("Of 24 hours. A case that has ended by then keeps the time it was given."),
    )
    effective_at = MomentField(
        label=_("Holds from"),
        required=False,
        help_text=_("Empty: from now on. Promises that run keep what they began under."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class PolicyForm:
    """The whole form of a version: a promise for each place of the table, and the terms."""

    def __init__(self, data: Any, *, version: PolicyVersion | None) -> None:
        self.version = version
        known = list(version.commitments.all()) if version else list(REFERENCE_COMMITMENTS)
        self.promises = {
            place: PromiseForm(data, prefix="-".join(place), initial=_initial(known, place))
            for place in PLACES
        }
        self.about = TermsForm(data, initial=_about(version))

    def is_valid(self) -> bool:
        return all([self.about.is_valid(), *(form.is_valid() for form in self.promises.values())])

    def commitments(self) -> tuple[CommitmentTerms, ...]:
        found = (form.terms(*place) for place, form in self.promises.items())
        return tuple(one for one in found if one)

    def terms(self) -> PolicyTerms:
        said = self.about.cleaned_data
        return PolicyTerms(
            calendar=said["calendar"],
            commitments=self.commitments(),
            pauses=frozenset(said["pauses"]),
            warns_at=said["warns_at"],
            reopen_days=said["reopen_days"],
            effective_at=said["effective_at"],
            reason=said["reason"],
        )

    def window(self) -> dict[str, int | None]:
        """For how many days a case could be reopened, and until now if that is another number."""
        days, before = self.about.cleaned_data["reopen_days"], self.version and self.version.reopen_days
        return {"days": days, "before": before if before != days else None}

    def table(self) -> list[tuple[str, list[tuple[str, PromiseForm]]]]:
        """Rows of (promise, [(severity, form)]) as the page shows them."""
        return [
            (str(metric.label), [(str(one.label), self.promises[metric, one]) for one in ACROSS])
            for metric in DOWN
        ]

    def overall(self) -> PromiseForm:
        return self.promises[Metric.OVERALL, Population.ANY]


def _initial(known: Iterable[Promised], place: tuple[str, str]) -> dict[str, Any]:
    found = next((one for one in known if (one.metric, one.severity) == place), None)
    if found is None:
        return {"unit": Unit.HOURS, "objective": 100}
    return {
        "amount": written_out(found.amount),
        "unit": found.unit,
        "objective": written_out(found.objective),
    }


def _about(version: PolicyVersion | None) -> dict[str, Any]:
    if version is None:
        default = WorkingCalendar.objects.filter(is_default=True).first()
        return {"calendar": default, "pauses": sorted(PAUSING), "warns_at": 75, "reopen_days": 14}
    return {
        "calendar": version.calendar_id,
        "pauses": version.pauses,
        "warns_at": version.warns_at,
        "reopen_days": version.reopen_days,
    }


class NameForm(forms.Form):
    name = FreeName(Policy.objects.all())


class AssignForm(forms.Form):
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=Account.objects.order_by("name"), empty_label=_("Choose an account")
    )
