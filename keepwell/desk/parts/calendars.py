"""Settings: calendars."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import calendar_editor, calendars

urlpatterns = [
    path("settings/calendars/", calendars.calendars, name="calendars"),
    path("settings/calendars/new/", calendars.new_calendar, name="new_calendar"),
    path("settings/calendars/subdivisions/", calendar_editor.subdivision_choices, name="subdivisions"),
    path("settings/calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("settings/calendars/<int:pk>/default/", calendars.default_calendar, name="default_calendar"),
    path("settings/calendars/<int:pk>/versions/new/", calendar_editor.edit_calendar, name="edit_calendar"),
]

register(
    SettingsPage(
        name="calendars",
        position=40,
        permit="settings.calendars",
        group=_("What is promised"),
        words=_("Calendars"),
        about=_("Support hours, holidays and other hours, with every version"),
        icon="calendar-days",
        url_name="desk:calendars",
    )
)
