"""Settings: teams."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import teams

urlpatterns = [
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/new/", teams.new_team, name="new_team"),
    path("settings/teams/<int:pk>/", teams.team, name="team"),
    path("settings/teams/<int:pk>/members/", teams.join, name="team_members"),
    path("settings/teams/<int:pk>/members/<int:user>/leaving/", teams.leave, name="team_leaving"),
    path("settings/teams/<int:pk>/dissolution/", teams.dissolve, name="team_dissolution"),
]

register(
    SettingsPage(
        name="teams",
        position=20,
        permit="settings.teams",
        group=_("Who works here"),
        words=_("Teams"),
        about=_("Who works cases of which level together"),
        icon="users-round",
        url_name="desk:teams",
    )
)
