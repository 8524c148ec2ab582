"""What it is about and how bad it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.cases.details import LONGEST_SUBJECT
from keepwell.cases.models import Case
from keepwell.cases.verbs.severity import Reassessment
from keepwell.cases.words import SEVERITY_WORDS
from keepwell.customers.models import Deployment, Product
from keepwell.kit.forms import Explained

EXPLANATIONS = {
    "high": _("System down, or something as dire."),
    "normal": _("Important; the major functions work."),
    "low": _("Minor; the major functions work."),
}


class SeverityForm(forms.Form):
    severity = forms.ChoiceField(
        label=_("How bad it is"),
        choices=SEVERITY_WORDS,
        widget=Explained(explanations=EXPLANATIONS, marks=True),
    )
    situation = forms.CharField(
        label=_("What makes it so"),
        required=False,
        max_length=500,
        help_text=_("The customer reads it. Empty: as it is."),
    )
    is_correction = forms.BooleanField(
        label=_("It was entered wrongly"),
        required=False,
        help_text=_("The promises are counted anew from the start, and the correction is listed."),
    )
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=500, help_text=_("A correction needs it.")
    )

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, initial={"severity": case.severity})

    def reassessment(self) -> Reassessment:
        return Reassessment(**self.cleaned_data)


class SubjectForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"), max_length=LONGEST_SUBJECT, help_text=_("The customer reads it, too.")
    )

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, initial={"subject": case.subject})


class TagsForm(forms.Form):
    tags = forms.CharField(
        label=_("Tags"), required=False, help_text=_("Separated by commas: printing, night-shift.")
    )

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, initial={"tags": ", ".join(case.tags)})

    def chosen(self) -> list[str]:
        return [tag for tag in str(self.cleaned_data["tags"]).split(",") if tag.strip()]


class ProductForm(forms.Form):
    about = forms.ChoiceField(label=_("What it is about"), required=False)

    def __init__(self, case: Case, data: Any = None) -> None:
        running = Deployment.objects.filter(account=case.account_id, retired_at__isnull=True)
        self.deployments = {f"d{one.pk}": one for one in running.select_related("product")}
        self.products = {f"p{one.pk}": one for one in Product.objects.filter(is_active=True)}
        now = f"d{case.deployment_id}" if case.deployment_id else f"p{case.product_id}"
        super().__init__(data, initial={"about": now})
        about: Any = self.fields["about"]
        about.choices = [
            ("", _("Not said")),
            (_("Runs at the customer"), [(key, str(one)) for key, one in self.deployments.items()]),
            (_("Products"), [(key, one.name) for key, one in self.products.items()]),
        ]

    def chosen(self) -> tuple[Product | None, Deployment | None]:
        key = str(self.cleaned_data["about"])
        deployment = self.deployments.get(key)
        return (deployment.product if deployment else self.products.get(key)), deployment
