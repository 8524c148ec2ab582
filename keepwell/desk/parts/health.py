"""Health: a tab of each account, and the portfolio that it orders."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, RailEntry, SettingsPage, register
from keepwell.desk.views.settings import scorecards
from keepwell.desk.views.success import back_test, health, portfolio

urlpatterns = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/foretold/", back_test.foretold, name="foretold"),
    path("accounts/<int:pk>/health/", health.account_health, name="account_health"),
    path("accounts/<int:pk>/health/look/", health.look_now, name="health_look"),
    path("accounts/<int:pk>/health/override/", health.override, name="health_override"),
    path("accounts/<int:pk>/health/override/end/", health.end_override, name="health_override_end"),
    path("accounts/<int:pk>/health/together/", health.roll_up, name="health_roll_up"),
    path("accounts/<int:pk>/health/feeling/", health.sentiment, name="health_sentiment"),
    path("settings/scorecards/", scorecards.scorecards, name="scorecards"),
    path("settings/scorecards/new/", scorecards.new_scorecard, name="new_scorecard"),
    path("settings/scorecards/<int:pk>/", scorecards.scorecard, name="scorecard"),
]

register(
    RailEntry(
        name="success",
        position=600,
        permit="health.judge",
        words=_("Portfolio"),
        icon="heart-pulse",
        url_name="desk:portfolio",
    ),
    SettingsPage(
        name="scorecards",
        position=50,
        permit="settings.health",
        group=_("What is promised"),
        words=_("Scorecards"),
        about=_("What the health of accounts is worked out from"),
        icon="heart-pulse",
        url_name="desk:scorecards",
    ),
    AccountTab(
        name="health", position=150, permit="health.see", words=_("Health"), url_name="desk:account_health"
    ),
)
