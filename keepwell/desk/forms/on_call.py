"""What is filled in about being on call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.desk.forms.notices import WallTimeField
from keepwell.desk.forms.zones import ZoneField
from keepwell.kit.moment_field import MomentField
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import Rota, Team
from keepwell.staffing.queries import staff
from keepwell.staffing.verbs.rotas import PERMIT, RotaTerms

PLACES = 8
TERMS = (
    "name",
    "time_zone",
    "starts_on",
    "hands_over_at",
    "weeks_each",
    "from_at",
    "until_at",
    "answer_within_minutes",
)

# All day, a week each; the minutes are what a call at night takes.
USUAL = {
    "hands_over_at": "09:00",
    "from_at": "00:00",
    "until_at": "00:00",
    "weeks_each": 1,
    "answer_within_minutes": 15,
}


class RotaForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.filter(is_active=True))
    starts_on = forms.DateField(
        label=_("The first turn begins on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    hands_over_at = WallTimeField(label=_("Turns change at"))
    weeks_each = forms.IntegerField(label=_("Weeks of each turn"), min_value=1, max_value=12)
    time_zone = ZoneField()
    from_at = WallTimeField(label=_("Covers from"))
    until_at = WallTimeField(
        label=_("Covers until"), help_text=_("The same as from: day and night. Earlier: over midnight.")
    )
    answer_within_minutes = forms.IntegerField(
        label=_("Minutes to answer"),
        min_value=1,
        max_value=240,
        help_text=_("Then the next one in line is asked."),
    )

    def __init__(self, rota: Rota | None, data: Any = None, *, zone: str = "UTC") -> None:
        """`zone` is proposed for a new one."""
        standing = [place.user_id for place in rota.places.all()] if rota else []
        super().__init__(data, initial=_kept(rota) if rota else {**USUAL, "time_zone": zone})
        for place in range(PLACES):
            self.fields[f"person_{place}"] = forms.ModelChoiceField(
                label=_("Turn %(number)s") % {"number": place + 1},
                queryset=staff(),
                required=place == 0,
                initial=standing[place] if place < len(standing) else None,
            )

    @property
    def terms(self) -> RotaTerms:
        """What a valid form asks for, but for team and people."""
        return RotaTerms(**{name: self.cleaned_data[name] for name in TERMS})

    @property
    def people(self) -> list[User]:
        """In the order of their turns."""
        chosen = (self.cleaned_data[f"person_{place}"] for place in range(PLACES))
        return [user for user in chosen if user is not None]


def _kept(rota: Rota) -> dict[str, Any]:
    return {"team": rota.team_id, **{name: getattr(rota, name) for name in TERMS}}


class StandInForm(forms.Form):
    """Oneself, or somebody of the staff where the reader may choose."""

    user = forms.ModelChoiceField(label=_("Who stands in"), queryset=User.objects.none())
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def __init__(self, reader: User, data: Any = None) -> None:
        super().__init__(data, initial={"user": reader.pk})
        people: Any = self.fields["user"]
        people.queryset = staff() if permits.may(reader, PERMIT) else staff().filter(pk=reader.pk)
