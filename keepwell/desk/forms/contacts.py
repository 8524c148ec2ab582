"""What is filled in about contacts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account, Contact, ContactPhone, ContactRole
from keepwell.people.models import Role

LANGUAGES = [("", _("Not known")), *settings.LANGUAGES]
ACCESS = [
    ("", _("No access")),
    (Role.CUSTOMER_USER.value, _("User: his own cases")),
    (Role.CUSTOMER_ADMINISTRATOR.value, _("Administrator: all cases of the account and those under it")),
]


class NewContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    locale = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)

    def __init__(self, contact: Contact, data: Any = None) -> None:
        super().__init__(data, initial={"name": contact.name, "locale": contact.locale})


class AddressForm(forms.Form):
    email = forms.EmailField(label=_("Another e-mail address"), max_length=254)

    def __init__(self, _contact: Contact, data: Any = None) -> None:
        super().__init__(data)


class PhoneForm(forms.Form):
    number = forms.CharField(label=_("Phone"), max_length=40)
    kind = forms.ChoiceField(label=_("Which"), choices=ContactPhone.Kind)

    def __init__(self, _contact: Contact, data: Any = None) -> None:
        super().__init__(data)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Is at the account"),
        choices=ContactRole.Kind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Somebody is user or administrator, not both."),
    )

    def __init__(self, contact: Contact, data: Any = None) -> None:
        held = contact.roles.filter(to_at__isnull=True).values_list("role", flat=True)
        super().__init__(data, initial={"roles": list(held)})

    def clean_roles(self) -> list[str]:
        wanted = list(self.cleaned_data["roles"])
        if {ContactRole.Kind.USER, ContactRole.Kind.ADMINISTRATOR} <= set(wanted):
            raise forms.ValidationError(
                _("Choose one of user and administrator: the second can all of the first.")
            )
        return wanted


class AccessForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Sees in the portal"), choices=ACCESS, required=False, widget=forms.RadioSelect
    )

    def __init__(self, contact: Contact, data: Any = None) -> None:
        roles = contact.user.roles if contact.user and contact.user.is_active else frozenset()
        held = next((role for role, _words in reversed(ACCESS) if role in roles), "")
        super().__init__(data, initial={"role": held})


class PlaceForm(forms.Form):
    account = forms.ModelChoiceField(
        label=_("Account"),
        queryset=Account.objects.order_by("name"),
        required=False,
        empty_label=_("None that we know"),
    )

    def __init__(self, contact: Contact, data: Any = None) -> None:
        super().__init__(data, initial={"account": contact.account_id})


class MergeForm(forms.Form):
    """Found by address: names are not unique, addresses are."""

    email = forms.EmailField(
        label=_("E-mail address of the other contact"),
        help_text=_("That one stands for both from then on, with the addresses, phones and roles of both."),
    )

    def __init__(self, contact: Contact, data: Any = None) -> None:
        super().__init__(data)
        self.contact = contact

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        self.into = Contact.objects.filter(addresses__email__iexact=email).first()
        if self.into is None:
            raise forms.ValidationError(_("No contact has this address. Nothing was changed."))
        return email


class ErasureForm(forms.Form):
    """Erasing cannot be undone: the name is typed, so that nobody is erased by a slip."""

    confirmation = forms.CharField(label=_("Type the name to confirm"), max_length=254)

    def __init__(self, contact: Contact, data: Any = None) -> None:
        super().__init__(data)
        self.contact = contact

    def clean_confirmation(self) -> str:
        typed = " ".join(str(self.cleaned_data["confirmation"]).split())
        if typed.lower() != str(self.contact).lower():
            raise forms.ValidationError(_("This is not the name. Nobody was erased."))
        return typed
