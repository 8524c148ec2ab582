"""What is filled in about teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.desk.forms.names import FreeName
from keepwell.people.models import User
from keepwell.staffing.models import LEVELS, Team
from keepwell.staffing.queries import staff


class TeamForm(forms.Form):
    name = FreeName(Team.objects.all())
    level = forms.TypedChoiceField(
        label=_("Level"), choices=LEVELS, coerce=int, help_text=_("The team works cases of this level.")
    )


class MemberForm(forms.Form):
    """Somebody of the staff who is not in the team yet."""

    user = forms.ModelChoiceField(label=_("Somebody"), queryset=User.objects.none())

    def __init__(self, team: Team, data: Any = None) -> None:
        super().__init__(data)
        people: Any = self.fields["user"]
        people.queryset = staff().exclude(memberships__team=team)
