"""Handing a case to another level or team, and back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.verbs.escalating import Destination
from keepwell.cases.words import LEVEL_WORDS
from keepwell.staffing.models import Team


def _part(label: Any, example: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=example, required=False, widget=forms.Textarea({"rows": 2}))


class EscalationForm(forms.Form):
    """The three parts go along, so that nobody asks the customer twice."""

    to = forms.ChoiceField(label=_("To"))
    known = _part(_("What is known"), _("What happens, since when, for whom."))
    tried = _part(_("What was tried"), _("And what came of it."))
    needed = _part(_("What is needed"), _("What you ask of whoever takes it."))

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data)
        self.teams = {team.pk: team for team in Team.objects.filter(is_active=True)}
        to: Any = self.fields["to"]
        to.choices = _places(case, list(self.teams.values()))

    def destination(self) -> Destination:
        level, _colon, team = str(self.cleaned_data["to"]).partition(":")
        return Destination(level=int(level), team=self.teams[int(team)] if team else None)

    def hand_off(self) -> HandOff:
        return HandOff(**{part: self.cleaned_data[part] for part in ("known", "tried", "needed")})


def _places(case: Case, teams: list[Team]) -> list[tuple[str, str]]:
    """The next level first, for that is where most go."""
    places = []
    levels = sorted(dict(LEVEL_WORDS).items(), key=lambda one: (one[0] <= case.level, one[0]))
    for level, words in levels:
        if level != case.level:
            places.append((str(level), _now("%(level)s: whoever takes it") % {"level": words}))
        at_level = [team for team in teams if team.level == level and team.pk != case.team_id]
        places += [(f"{level}:{team.pk}", f"{words}: {team.name}") for team in at_level]
    return places


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it goes back"),
        help_text=_("Whoever gets it reads this first."),
        widget=forms.Textarea({"rows": 3}),
    )
