"""Usage: a tab of an account, and the sources it comes from."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, SettingsPage, register
from keepwell.desk.views.accounts import usage as account
from keepwell.desk.views.settings import usage

urlpatterns = [
    path("accounts/<int:pk>/usage/", account.usage, name="account_usage"),
    path("settings/usage/", usage.sources, name="usage_sources"),
    path("settings/usage/new/", usage.new_source, name="new_usage_source"),
    path("settings/usage/forget/", usage.forget_person, name="usage_forget"),
    path("settings/usage/<int:pk>/", usage.source, name="usage_source"),
    path("settings/usage/<int:pk>/key/", usage.source_key, name="usage_source_key"),
    path("settings/usage/<int:pk>/use/", usage.source_use, name="usage_source_use"),
    path("settings/usage/<int:pk>/file/", usage.source_file, name="usage_source_file"),
]

register(
    AccountTab(
        name="usage", position=300, permit="account.see", words=_("Usage"), url_name="desk:account_usage"
    ),
    SettingsPage(
        name="usage",
        position=75,
        permit="settings.usage",
        group=_("This installation"),
        words=_("Usage data"),
        about=_("What tells how customers use your products, and whether it does"),
        icon="activity",
        url_name="desk:usage_sources",
    ),
)
