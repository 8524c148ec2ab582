"""Settings: a place in the rail for whoever has a page there."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import RailEntry, SettingsPage, entries_for, register
from keepwell.desk.views.settings.home import settings_home

urlpatterns = [path("settings/", settings_home, name="settings")]

register(
    RailEntry(
        name="settings",
        position=900,
        words=_("Settings"),
        icon="settings",
        url_name="desk:settings",
        is_shown=lambda reader: bool(entries_for(reader, SettingsPage)),
    )
)
