"""Settings: guidelines."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import policies

urlpatterns = [
    path("settings/guidelines/", policies.policies, name="policies"),
    path("settings/guidelines/new/", policies.new_policy, name="new_policy"),
    path("settings/guidelines/<int:pk>/", policies.policy, name="policy"),
    path("settings/guidelines/<int:pk>/versions/new/", policies.edit_policy, name="edit_policy"),
    path("settings/guidelines/<int:pk>/default/", policies.default_policy, name="default_policy"),
    path("settings/guidelines/<int:pk>/accounts/", policies.assign, name="policy_accounts"),
    path(
        "settings/guidelines/<int:pk>/accounts/<int:account>/withdrawal/",
        policies.withdraw,
        name="policy_withdrawal",
    ),
]

register(
    SettingsPage(
        name="policies",
        position=50,
        permit="settings.policies",
        group=_("What is promised"),
        words=_("Guidelines"),
        about=_("First contact, follow-up and resolution, as published to customers"),
        icon="scroll-text",
        url_name="desk:policies",
    )
)
