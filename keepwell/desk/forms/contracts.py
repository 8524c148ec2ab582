"""What is filled in about contracts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.models import Contract
from keepwell.contracts.models.contract import RENEWS
from keepwell.contracts.models.renewal import OUTCOMES
from keepwell.contracts.models.subscription import PERIODS
from keepwell.contracts.money import cents_of
from keepwell.contracts.new_contract import Agreed, NewSubscription
from keepwell.customers.models import Deployment, Module, Product

MOST_MONTHS, MOST_DAYS, MOST_HOURS = 240, 1098, 100_000


def _days(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}), **given)


class ContractForm(forms.Form):
    """What stays agreed from term to term."""

    number = forms.CharField(label=_("Number"), max_length=64)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    currency = forms.RegexField(
        r"^\s*[A-Za-z]{3}\s*$",
        label=_("Currency"),
        help_text=_("Three letters, such as USD."),
        error_messages={"invalid": _("A currency has three letters, such as USD or EUR.")},
    )
    renews = forms.ChoiceField(label=_("After its term it goes on"), choices=RENEWS)
    term_months = forms.IntegerField(label=_("Months of a term"), min_value=1, max_value=MOST_MONTHS)
    minimum_months = forms.IntegerField(
        label=_("Minimum term in months"),
        min_value=0,
        max_value=MOST_MONTHS,
        help_text=_("From the contract's first day; 0 where there is none."),
    )
    notice_days = forms.IntegerField(
        label=_("Days of notice"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Before the end of a term."),
    )
    budget_lead_days = forms.IntegerField(
        label=_("Days the customer needs to ask for the budget"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Before the end of a term; 0 where that does not matter."),
    )
    hours = forms.IntegerField(
        label=_("Prepaid hours a year"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=_("0 where there are none."),
    )

    def __init__(self, data: Any = None, *, contract: Contract | None = None, **given: Any) -> None:
        known: Any = contract or Agreed(number="")
        names = (name for name in self.base_fields if hasattr(known, name))
        initial = {name: getattr(known, name) for name in names}
        super().__init__(data, initial={**initial, "hours": known.hours_a_year_minutes // 60}, **given)

    def agreed(self) -> Agreed:
        wanted = self.cleaned_data
        named = Agreed.__dataclass_fields__.keys() & wanted.keys()
        return Agreed(**{name: wanted[name] for name in named}, hours_a_year_minutes=wanted["hours"] * 60)


class NewContractForm(ContractForm):
    """The same, and the term that it is in."""

    starts_on = _days(label=_("The term begins on"))
    ends_on = _days(
        label=_("The term ends on"), required=False, help_text=_("Empty: after the months of a term.")
    )
    began_on = _days(label=_("The contract began on"), required=False, help_text=_("If before this term."))
    field_order = ("number", "title", "starts_on", "ends_on", "began_on")


class TermEndForm(forms.Form):
    ends_on = _days(label=_("The term ends on"))


class SubscriptionEndForm(forms.Form):
    ends_on = _days(label=_("Last day"), help_text=_("It is used and paid for until then."))


class DecisionForm(forms.Form):
    """How a renewal ends."""

    outcome = forms.ChoiceField(label=_("What comes of it"), choices=OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed for what is lost or gets less."),
    )
    avoidable = forms.NullBooleanField(
        label=_("Could we have avoided it?"),
        required=False,
        widget=forms.NullBooleanSelect,
        help_text=_("Of what is lost or gets less."),
    )
    ends_on = _days(
        label=_("The next term ends on"), required=False, help_text=_("Empty: after the months of a term.")
    )


class SubscriptionForm(forms.Form):
    """What may be used, by how many, for what price."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.filter(is_active=True))
    module = forms.ModelChoiceField(
        label=_("Module"), queryset=Module.objects.none(), required=False, empty_label=_("All of the product")
    )
    deployment = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Deployment.objects.none(),
        required=False,
        empty_label=_("Wherever it runs at the account"),
    )
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, help_text=_("Empty: as many as want to.")
    )
    price = forms.DecimalField(label=_("Price"), min_value=0, max_digits=15, decimal_places=3)
    period = forms.ChoiceField(label=_("For"), choices=PERIODS, initial="year")
    starts_on = _days(label=_("From"))
    ends_on = _days(label=_("To"), required=False, help_text=_("Empty: as long as the contract goes on."))

    def __init__(self, data: Any = None, *, contract: Contract, today: date) -> None:
        super().__init__(data, initial={"starts_on": today})
        self.currency = contract.currency
        fields: Any = self.fields
        modules = Module.objects.filter(is_active=True, product__is_active=True).select_related("product")
        fields["module"].queryset = modules.order_by("product__name", "name")
        fields["module"].label_from_instance = lambda module: f"{module.product}: {module.name}"
        running = Deployment.objects.filter(account=contract.account_id, retired_at__isnull=True)
        fields["deployment"].queryset = running.select_related("product")
        fields["price"].help_text = _("Of the whole line, in %(currency)s.") % {"currency": self.currency}

    def clean_price(self) -> int:
        """In the smallest unit of the currency."""
        try:
            return cents_of(self.cleaned_data["price"], self.currency)
        except ValueError:
            raise forms.ValidationError(_("That is finer than the currency is.")) from None

    def subscription(self) -> NewSubscription:
        wanted = dict(self.cleaned_data)
        return NewSubscription(price_cents=wanted.pop("price"), **wanted)


class HoursForm(forms.Form):
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0,
        max_digits=7,
        decimal_places=2,
        help_text=_("1.5 are an hour and a half."),
    )
    on = _days(label=_("On"), help_text=_("It counts in the contract year that has this day."))
    reason = forms.CharField(
        label=_("What for"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def minutes(self) -> int:
        return round(self.cleaned_data["hours"] * 60)


class UseForm(HoursForm):
    """`may_approve`: whether the reader can book more than is left."""

    beyond_because = forms.CharField(
        label=_("More than is left, because"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only where that is approved."),
    )

    def __init__(self, data: Any = None, *, may_approve: bool, **given: Any) -> None:
        super().__init__(data, **given)
        if not may_approve:
            del self.fields["beyond_because"]
