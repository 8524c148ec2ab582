"""System reviews: a tab of the account, the draft, delivery; configuration rules under Settings."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, SettingsPage, register
from keepwell.desk.views.reviews import findings, page, writing
from keepwell.desk.views.settings import configuration_rules


def _at(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"reviews/<int:pk>/{address}", view, name=name)


urlpatterns = [
    path("accounts/<int:pk>/reviews/", page.of_account, name="account_reviews"),
    path("accounts/<int:pk>/reviews/new/", page.begin, name="new_review"),
    _at("", page.review, "review"),
    _at("preview/", page.preview, "review_preview"),
    _at("paper/", page.paper, "review_paper"),
    _at("summary/", writing.summary, "review_summary"),
    _at("sections/<slug:key>/", writing.section, "review_section"),
    _at("anew/", writing.anew, "review_anew"),
    _at("handing-in/", writing.handing_in, "review_handing_in"),
    _at("taking-back/", writing.taking_back, "review_taking_back"),
    _at("delivery/", writing.delivery, "review_delivery"),
    _at("discarding/", writing.discarding, "review_discarding"),
    _at("findings/new/", findings.new_finding, "new_finding"),
    _at("findings/<int:finding>/", findings.finding, "finding"),
    _at("findings/<int:finding>/removal/", findings.removal, "finding_removal"),
    _at("findings/<int:finding>/action/", findings.action, "finding_action"),
    _at("findings/<int:finding>/ending/", findings.ending, "finding_ending"),
    path("settings/configuration-rules/", configuration_rules.rules, name="configuration_rules"),
    path("settings/configuration-rules/new/", configuration_rules.new_rule, name="new_configuration_rule"),
    path("settings/configuration-rules/<int:pk>/", configuration_rules.rule, name="configuration_rule"),
    path(
        "settings/configuration-rules/<int:pk>/holding/",
        configuration_rules.holding,
        name="configuration_rule_holding",
    ),
]

register(
    AccountTab(
        name="reviews",
        position=320,
        permit=page.PERMIT,
        words=_("Reviews"),
        url_name="desk:account_reviews",
    ),
    SettingsPage(
        name="configuration_rules",
        position=35,
        permit=configuration_rules.PERMIT,
        group=_("What is supported"),
        words=_("Configuration rules"),
        about=_("What is good practice in the configuration of our products; reviews are held to it"),
        icon="list-checks",
        url_name="desk:configuration_rules",
    ),
)
