"""What is filled in about accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.models import (
    Account,
    Deployment,
    Environment,
    Lifecycle,
    Module,
    Product,
    Stewardship,
)
from keepwell.customers.queries import accounts_visible_to
from keepwell.desk.forms.zones import ZoneField
from keepwell.people.models import User
from keepwell.staffing.queries import staff


class AccountForm(forms.Form):
    """What is known of an account; also where it stands and what it belongs to."""

    name = forms.CharField(label=_("Name"), max_length=200)
    reference = forms.CharField(
        label=_("Customer number"),
        max_length=64,
        required=False,
        help_text=_("Its number in your other systems."),
    )
    lifecycle = forms.ChoiceField(label=_("Lifecycle"), choices=Lifecycle)
    segment = forms.CharField(
        label=_("Segment"), max_length=80, required=False, help_text=_("Such as: city, county, utility.")
    )
    region = forms.CharField(
        label=_("Region"), max_length=80, required=False, help_text=_("For user groups and conferences.")
    )
    time_zone = ZoneField(none_words=_("That of the support hours"))
    parent = forms.ModelChoiceField(
        label=_("Belongs to"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Its administrators see this account too."),
    )

    def __init__(self, data: Any = None, *, reader: User, account: Account | None = None) -> None:
        known = ("name", "reference", "lifecycle", "segment", "region", "time_zone", "parent")
        super().__init__(data, initial={name: getattr(account, name) for name in known} if account else {})
        others = accounts_visible_to(reader).order_by("name")
        parent: Any = self.fields["parent"]
        parent.queryset = others.exclude(pk=account.pk) if account else others

    def details(self) -> AccountDetails:
        named = ("reference", "segment", "region", "time_zone")
        return AccountDetails(**{name: self.cleaned_data[name] for name in named})


class StewardForm(forms.Form):
    """Who looks after the account, in each way; nobody is an answer too."""

    def __init__(self, data: Any = None, *, account: Account) -> None:
        super().__init__(data)
        current = {one.kind: one.user_id for one in account.stewardships.filter(to_at__isnull=True)}
        for kind, words in Stewardship.Kind.choices:
            self.fields[kind] = forms.ModelChoiceField(
                label=words,
                queryset=staff(),
                required=False,
                empty_label=_("Nobody"),
                initial=current.get(kind),
            )


class MailDomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Mail domain"), max_length=253, help_text=_("The part after the @, such as city.example.org.")
    )


class DeploymentForm(forms.Form):
    """A product as it runs at the account. Modules are those of all products; the verb holds them apart."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.filter(is_active=True))
    environment = forms.ChoiceField(label=_("Environment"), choices=Environment)
    version = forms.CharField(label=_("Version"), max_length=60, required=False)
    live_on = forms.DateField(
        label=_("Live since"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Empty while it is being implemented."),
    )
    external_key = forms.CharField(
        label=_("Key in usage data"),
        max_length=200,
        required=False,
        help_text=_("How the software there names itself when it tells of its use (groupId)."),
    )
    modules = forms.ModelMultipleChoiceField(
        label=_("Modules"),
        queryset=Module.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, deployment: Deployment | None = None) -> None:
        super().__init__(data, initial=_as_it_is(deployment) if deployment else {})
        modules: Any = self.fields["modules"]
        offered = Module.objects.select_related("product").order_by("product__name", "name")
        if deployment:
            del self.fields["product"]
            modules.queryset = offered.filter(product=deployment.product)
        else:
            modules.queryset = offered.filter(is_active=True, product__is_active=True)
            modules.label_from_instance = lambda module: f"{module.product}: {module.name}"

    def details(self) -> DeploymentDetails:
        wanted = self.cleaned_data
        return DeploymentDetails(
            version=wanted["version"],
            environment=wanted["environment"],
            live_on=wanted["live_on"],
            external_key=wanted["external_key"],
            modules=tuple(wanted["modules"]),
        )


def _as_it_is(deployment: Deployment) -> dict[str, Any]:
    fields = ("environment", "version", "live_on", "external_key")
    return {
        **{name: getattr(deployment, name) for name in fields},
        "modules": list(deployment.modules.all()),
    }
