"""One account: its head, and the tabs that this part brings."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.cases.models import Case
from keepwell.customers.models import Account, ContactRole
from keepwell.customers.queries import accounts_visible_to, contacts_visible_to, people_map
from keepwell.desk.access import needs, reader
from keepwell.desk.account_rows import current_stewardships, running_deployments, shown_deployments
from keepwell.desk.people_map import seat_of
from keepwell.desk.registry import AccountTab, entries_for
from keepwell.insight.timeline import ABOUT, Wanted, account_timeline
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.people.models import User
from keepwell.service_levels.queries import standings_of

PERMIT = "account.see"
PEOPLE_ORDER = ("name", "pk")
CASES_ORDER = ("-changed_at", "-pk")


@require_safe
@needs(PERMIT)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """The account's timeline."""
    found = get_account(request, pk)
    return _tab(request, "timeline", found, _timeline(request, found))


@require_safe
@needs(PERMIT)
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The timeline alone, as a live page fetches it again."""
    found = get_account(request, pk)
    given = {"account": found, **_timeline(request, found)}
    return render(request, "desk/accounts/_timeline.html", given)


@require_safe
@needs("case.see")
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The account's cases, those that changed last first."""
    found = get_account(request, pk)
    shows_all = request.GET.get("state") == "all"
    rows = Case.objects.visible_to(reader(request)).filter(account=found).for_list()
    rows = rows if shows_all else rows.open()
    listed = page(rows, order=CASES_ORDER, cursor=request.GET.get("cursor", ""))
    standings = standings_of(case.pk for case in listed.rows)
    for case in listed.rows:
        case.next_clock = standings.get(case.pk)
    return _tab(request, "cases", found, {"page": listed, "shows_all": shows_all})


@require_safe
@needs("contact.see")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The account's contacts, by name."""
    found = get_account(request, pk)
    now_roles = ContactRole.objects.filter(to_at__isnull=True)
    rows = (
        contacts_visible_to(reader(request))
        .filter(account=found, erased_at__isnull=True)
        .select_related("user")
        .prefetch_related("addresses", "phones", Prefetch("roles", now_roles, to_attr="held"))
    )
    listed = page(rows, order=PEOPLE_ORDER, cursor=request.GET.get("cursor", ""))
    given = {"page": listed, "seats": [seat_of(one) for one in people_map(found, reader(request))]}
    return _tab(request, "people", found, given)


@require_safe
@needs(PERMIT)
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """What runs there, its mail domains, and the accounts under it."""
    found = get_account(request, pk)
    given = {
        "deployments": shown_deployments(
            found, clock.now().astimezone(timezone.get_current_timezone()).date()
        ),
        "domains": found.mail_domains.all(),
        "children": accounts_visible_to(reader(request)).filter(parent=found),
        "guidelines": found.policy_assignments.filter(ends_at=None).select_related("policy").first(),
    }
    return _tab(request, "details", found, given)


def get_account(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(accounts_visible_to(reader(request)).select_related("parent"), pk=pk)


def count_cases(who: User, found: Account) -> int:
    return Case.objects.visible_to(who).open().filter(account=found).count()


def count_people(who: User, found: Account) -> int:
    rows: Any = contacts_visible_to(who).filter(account=found, erased_at__isnull=True)
    return rows.count()


def _timeline(request: HttpRequest, found: Account) -> dict[str, Any]:
    about = request.GET.get("about", "")
    wanted = Wanted(
        now=clock.now(),
        zone=timezone.get_current_timezone(),
        about=about if about in ABOUT else "",
        cursor=request.GET.get("cursor", ""),
    )
    return {"timeline": account_timeline(reader(request), found, wanted), "about": wanted.about}


def _tab(request: HttpRequest, name: str, found: Account, given: dict[str, Any]) -> HttpResponse:
    return render(request, f"desk/accounts/{name}.html", {**head(request, found, name), **given})


def head(request: HttpRequest, found: Account, tab: str) -> dict[str, Any]:
    """What stands above every tab of an account."""
    who = reader(request)
    above = [(found.parent.name, reverse("desk:account", args=[found.parent.pk]))] if found.parent else []
    return {
        "account": found,
        "trail": [(_("Accounts"), reverse("desk:accounts")), *above, (found.name, "")],
        "stewards": current_stewardships().filter(account=found),
        "running": running_deployments().filter(account=found),
        "tabs": [_tab_link(who, found, entry, tab) for entry in entries_for(who, AccountTab)],
        "now": clock.now(),
    }


def _tab_link(who: User, found: Account, entry: AccountTab, tab: str) -> dict[str, Any]:
    return {
        "words": entry.words,
        "href": reverse(entry.url_name, args=[found.pk]),
        "is_current": entry.name == tab,
        "count": entry.count(who, found) if entry.count else None,
    }
