"""Contracts: a tab of the account, and a page for each."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, register
from keepwell.desk.views.contracts import agreeing, hours, page, redacting, renewing, subscribing

urlpatterns = [
    path("accounts/<int:pk>/contracts/", page.contracts, name="account_contracts"),
    path("accounts/<int:pk>/contracts/new/", agreeing.new_contract, name="new_contract"),
    path("contracts/<int:pk>/", page.contract, name="contract"),
    path("contracts/<int:pk>/edit/", agreeing.edit, name="edit_contract"),
    path("contracts/<int:pk>/terms/<int:term>/end/", renewing.term_end, name="contract_term_end"),
    path("contracts/<int:pk>/renewals/<int:renewal>/", renewing.renewal, name="contract_renewal"),
    path(
        "contracts/<int:pk>/renewals/<int:renewal>/redaction/",
        redacting.renewal,
        name="contract_renewal_redaction",
    ),
    path("contracts/<int:pk>/subscriptions/new/", subscribing.new_subscription, name="new_subscription"),
    path(
        "contracts/<int:pk>/subscriptions/<int:subscription>/end/",
        subscribing.end,
        name="subscription_end",
    ),
    path("contracts/<int:pk>/hours/grant/", hours.grant, name="contract_hours_grant"),
    path("contracts/<int:pk>/hours/use/", hours.use, name="contract_hours_use"),
    path("contracts/<int:pk>/hours/<int:entry>/reversal/", hours.reversal, name="contract_hours_reversal"),
    path("contracts/<int:pk>/hours/<int:entry>/redaction/", redacting.hours, name="contract_hours_redaction"),
]

register(
    AccountTab(
        name="contracts",
        position=500,
        permit="contract.see",
        words=_("Contracts"),
        url_name="desk:account_contracts",
        count=page.count_contracts,
    )
)
