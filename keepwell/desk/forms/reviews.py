"""What is filled in about system reviews and configuration rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.terms import Span
from keepwell.customers.models import Product
from keepwell.desk.forms.road_maps import OneActionForm
from keepwell.success.reviews.models import Finding, Review, RuleVersion, Section
from keepwell.success.reviews.models.configuration_rule import EXPECTS, SEVERITIES
from keepwell.success.reviews.models.finding import AREAS
from keepwell.success.reviews.states import End
from keepwell.success.reviews.verbs.findings import FindingWords
from keepwell.success.reviews.verbs.ruling import RuleWords
from keepwell.success.reviews.verbs.writing import SectionWords


def _text(rows: int, **given: Any) -> forms.CharField:
    return forms.CharField(max_length=8000, widget=forms.Textarea({"rows": rows}), **given)


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}), **given)


class SummaryForm(forms.Form):
    summary = _text(
        10,
        label=_("Summary"),
        required=False,
        help_text=_("What is read first, and often alone: how it stands, and what matters now."),
    )
    notes = _text(5, label=_("Notes for us"), required=False, help_text=_("No customer reads them."))


class SectionForm(forms.Form):
    words = _text(6, label=_("What we say about it"), required=False)
    is_shown = forms.BooleanField(label=_("The customer sees this section"), required=False)

    def __init__(self, data: Any = None, *, section: Section) -> None:
        super().__init__(data, initial={"words": section.words, "is_shown": section.is_shown})

    def said(self) -> SectionWords:
        return SectionWords(**self.cleaned_data)


class PeriodForm(forms.Form):
    """Over which days a review goes."""

    first_on = _day(label=_("From"))
    last_on = _day(label=_("To"))

    def __init__(self, data: Any = None, *, review: Review) -> None:
        super().__init__(data, initial={"first_on": review.first_on, "last_on": review.last_on})

    def clean(self) -> dict[str, Any]:
        wanted: dict[str, Any] = super().clean() or {}
        first, last = wanted.get("first_on"), wanted.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day lies before the first."))
        return wanted

    def span(self) -> Span:
        return Span(first=self.cleaned_data["first_on"], last=self.cleaned_data["last_on"])


class FindingForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"), choices=AREAS)
    severity = forms.ChoiceField(label=_("Weight"), choices=SEVERITIES, initial="medium")
    evidence = _text(3, label=_("What is seen"))
    recommendation = _text(3, label=_("What we recommend"), required=False)
    is_shown = forms.BooleanField(label=_("The customer reads it"), required=False, initial=True)

    def __init__(self, data: Any = None, *, finding: Finding | None = None) -> None:
        initial = {name: getattr(finding, name) for name in self.base_fields} if finding else {}
        super().__init__(data, initial=initial)

    def said(self) -> FindingWords:
        return FindingWords(**self.cleaned_data)


class TakeUpForm(OneActionForm):
    """A finding as an action on the road map."""

    def __init__(self, data: Any = None, *, finding: Finding) -> None:
        words = finding.recommendation or finding.evidence
        initial = {"title": " ".join(words.split())[:300], "is_shared": True}
        super().__init__(data, account=finding.review.account, initial=initial)


class EndingForm(forms.Form):
    """A finding that does not become an action."""

    end = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[
            (End.ACCEPTED_RISK.value, _("Both sides live with the risk")),
            (End.REJECTED.value, _("It is no matter after all")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _text(3, label=_("Why"), help_text=_("For us: the next review opens with it."))


class RuleForm(forms.Form):
    """What is good practice in the configuration of a product."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())
    title = forms.CharField(
        label=_("What is checked"), max_length=200, help_text=_("Such as: Nightly backup.")
    )
    fact = forms.CharField(
        label=_("Fact"),
        max_length=120,
        help_text=_("As the software sends it with group, such as configuration.backup."),
    )
    expects = forms.ChoiceField(label=_("Good practice: it"), choices=EXPECTS)
    values = forms.CharField(
        label=_("What is expected"),
        required=False,
        max_length=12_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One; for “is one of” one a line; for “is there” nothing."),
    )
    severity = forms.ChoiceField(label=_("Weight"), choices=SEVERITIES, initial="medium")
    advice = forms.CharField(
        label=_("What we advise where it is not so"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, version: RuleVersion | None = None) -> None:
        initial: dict[str, Any] = {}
        if version:
            names = ("title", "fact", "expects", "severity", "advice")
            initial = {name: getattr(version, name) for name in names}
            initial["values"] = "\n".join(version.values)
        super().__init__(data, initial=initial)
        if version:
            del self.fields["product"]
        else:
            fields: Any = self.fields
            fields["product"].queryset = Product.objects.filter(is_active=True)

    def said(self) -> RuleWords:
        wanted = {name: value for name, value in self.cleaned_data.items() if name != "product"}
        values = tuple(line.strip() for line in wanted.pop("values").splitlines() if line.strip())
        return RuleWords(values=values, **wanted)
