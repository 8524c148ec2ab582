"""What is filled in about the vendor's people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.calendars.models import WorkingCalendar
from keepwell.customers.models import Product
from keepwell.people.models import Role, User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.staffing.models import LEVELS, Skill, StaffProfile, Team, TimeOff
from keepwell.staffing.queries import teams_of

ROLE_CHOICES = [(role.value, role.label) for role in Role if role in STAFF_ROLES]
LEVEL_CHOICES = [("", _("None: no cases")), *LEVELS]


class PersonForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("Signs in with this."))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple
    )


class RolesForm(forms.Form):
    """Held together, the roles allow what any of them allows."""

    roles = forms.MultipleChoiceField(
        label=_("May do what these may"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Somebody of the staff has at least one role. To close his sign-in, see below.")
        },
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"roles": sorted(user.roles & STAFF_ROLES)})


class WorkForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    level = forms.TypedChoiceField(
        label=_("Level"), choices=LEVEL_CHOICES, coerce=int, empty_value=None, required=False
    )
    capacity = forms.IntegerField(
        label=_("Open cases at most"),
        min_value=0,
        max_value=999,
        help_text=_("From here on somebody else is proposed first."),
    )
    calendar = forms.ModelChoiceField(
        label=_("Hours"),
        queryset=WorkingCalendar.objects.order_by("name"),
        required=False,
        empty_label=_("The support hours"),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        profile = StaffProfile.objects.filter(user=user).first() or StaffProfile()
        fields = ("title", "level", "capacity", "calendar")
        super().__init__(data, initial={name: getattr(profile, name) for name in fields})


class SkillsForm(forms.Form):
    products = forms.ModelMultipleChoiceField(
        label=_("Products"),
        queryset=Product.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.CharField(
        label=_("Languages"),
        required=False,
        max_length=300,
        help_text=_("Separated by commas, such as: English, Spanish."),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        skills = list(Skill.objects.filter(user=user))
        products = [skill.value for skill in skills if skill.kind == Skill.Kind.PRODUCT]
        languages = sorted(skill.value for skill in skills if skill.kind == Skill.Kind.LANGUAGE)
        known = Product.objects.filter(name__in=products)
        super().__init__(data, initial={"products": known, "languages": ", ".join(languages)})

    def pairs(self) -> list[tuple[str, str]]:
        """The skills as (kind, value)."""
        words = (word.strip() for word in self.cleaned_data["languages"].split(","))
        return [
            *((Skill.Kind.PRODUCT, product.name) for product in self.cleaned_data["products"]),
            *((Skill.Kind.LANGUAGE, word[:120]) for word in words if word),
        ]


class TeamsForm(forms.Form):
    teams = forms.ModelMultipleChoiceField(
        label=_("Belongs to"),
        queryset=Team.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"teams": teams_of(user)})


class DaysOffForm(forms.Form):
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}))
    kind = forms.ChoiceField(label=_("Why"), choices=TimeOff.Kind)

    def __init__(self, _user: User, data: Any = None) -> None:
        super().__init__(data)


class ErasureForm(forms.Form):
    """Erasing cannot be undone: the address is typed, so that nobody is erased by a slip."""

    confirmation = forms.CharField(label=_("Type the e-mail address to confirm"), max_length=254)

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_confirmation(self) -> str:
        typed = str(self.cleaned_data["confirmation"]).strip()
        if typed.lower() != self.user.email.lower():
            raise forms.ValidationError(_("This is not the address. Nobody was erased."))
        return typed
