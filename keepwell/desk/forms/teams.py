"""What is filled in about teams."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.desk.forms.names import FreeName
from keepwell.staffing.models import LEVELS, Team
from keepwell.staffing.queries import staff


class TeamForm(forms.Form):
    name = FreeName(Team.objects.all())
    level = forms.TypedChoiceField(
        label=_("Level"), choices=LEVELS, coerce=int, help_text=_("The team works cases of this level.")
    )


class MemberForm(forms.Form):
    """Somebody of the staff who is not in the team yet."""

    user = forms.ModelChoiceField(label=_("Somebody"), queryset=None)

    def __init__(self, team: Team, *given: object) -> None:
        super().__init__(*given)
        self.fields["user"].queryset = staff().exclude(memberships__team=team)  # type: ignore[attr-defined]
