"""How often the report of promises comes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.insight.models.subscription import Rhythm


class ByMailForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("When"), choices=Rhythm)
