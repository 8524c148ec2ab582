"""What somebody sets of himself."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keepwell.desk.forms.zones import ZoneField


class MeForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As colleagues and customers read it.")
    )
    time_zone = ZoneField(none_words=_("That of this device"), help_text=_("Times are shown in this zone."))
    locale = forms.ChoiceField(
        label=_("Language"), choices=[("", _("That of the browser")), *settings.LANGUAGES], required=False
    )
