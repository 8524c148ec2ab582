"""Accounts: the list, and each one with its tabs."""

import re
from collections.abc import Iterable

from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.customers.queries import accounts_visible_to
from keepwell.desk.registry import AccountTab, Answer, PaletteSource, RailEntry, register
from keepwell.desk.views.accounts import editing, listing, page
from keepwell.people.models import User

FOUND_AT_MOST = 8

urlpatterns = [
    path("accounts/", listing.accounts, name="accounts"),
    path("accounts/new/", listing.new_account, name="new_account"),
    path("accounts/<int:pk>/", page.account, name="account"),
    path("accounts/<int:pk>/timeline/", page.timeline, name="account_timeline"),
    path("accounts/<int:pk>/cases/", page.cases, name="account_cases"),
    path("accounts/<int:pk>/people/", page.people, name="account_people"),
    path("accounts/<int:pk>/details/", page.details, name="account_details"),
    path("accounts/<int:pk>/edit/", editing.account, name="edit_account"),
    path("accounts/<int:pk>/stewards/", editing.stewards, name="account_stewards"),
    path("accounts/<int:pk>/deployments/new/", editing.new_deployment, name="new_deployment"),
    path("accounts/<int:pk>/deployments/<int:deployment>/", editing.deployment, name="deployment"),
    path(
        "accounts/<int:pk>/deployments/<int:deployment>/retirement/",
        editing.retire,
        name="deployment_retirement",
    ),
    path("accounts/<int:pk>/mail-domains/new/", editing.new_domain, name="new_domain"),
    path("accounts/<int:pk>/mail-domains/<int:domain>/verification/", editing.verify, name="domain_verified"),
    path("accounts/<int:pk>/mail-domains/<int:domain>/removal/", editing.remove, name="domain_removal"),
]


def _find(reader: User, words: str) -> Iterable[Answer]:
    # Accounts are few: the beginning of any word of the name is looked for.
    rows = accounts_visible_to(reader).filter(name__iregex=rf"\m{re.escape(words)}")
    for account in rows.order_by("name", "pk")[:FOUND_AT_MOST]:
        href = reverse("desk:account", args=[account.pk])
        yield Answer(group=_now("Accounts"), label=account.name, href=href, hint=account.region)


register(
    RailEntry(
        name="accounts",
        position=500,
        permit="account.see",
        words=_("Accounts"),
        icon="building-2",
        url_name="desk:accounts",
    ),
    AccountTab(name="timeline", position=100, words=_("Timeline"), url_name="desk:account"),
    AccountTab(
        name="cases",
        position=200,
        permit="case.see",
        words=_("Cases"),
        url_name="desk:account_cases",
        count=page.count_cases,
    ),
    AccountTab(
        name="people",
        position=600,
        permit="contact.see",
        words=_("People"),
        url_name="desk:account_people",
        count=page.count_people,
    ),
    AccountTab(name="details", position=900, words=_("What they run"), url_name="desk:account_details"),
    PaletteSource(name="accounts", position=500, permit="account.see", find=_find),
)
