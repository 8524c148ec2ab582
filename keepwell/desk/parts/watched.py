"""Settings: which promises are watched."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import watched

urlpatterns = [
    path("settings/watched/", watched.watched, name="watched"),
    path("settings/watched/new/", watched.new_watched_promise, name="new_watched_promise"),
    path("settings/watched/preview/", watched.watched_preview, name="watched_preview"),
    path("settings/watched/<int:pk>/", watched.watched_promise, name="watched_promise"),
    path(
        "settings/watched/<int:pk>/versions/new/", watched.edit_watched_promise, name="edit_watched_promise"
    ),
    path("settings/watched/<int:pk>/end/", watched.end_watched_promise, name="watched_promise_end"),
]

register(
    SettingsPage(
        name="watched",
        position=55,
        permit="settings.policies",
        group=_("What is promised"),
        words=_("Watched promises"),
        about=_("Whose figures are shown, over which windows, and who hears when one burns"),
        icon="eye",
        url_name="desk:watched",
    )
)
