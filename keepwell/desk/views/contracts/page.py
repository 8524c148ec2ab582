"""The contracts of an account, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from keepwell.contracts.models import Contract, HoursEntry, Subscription, Term
from keepwell.contracts.queries import contracts_of, current_term, hours_of, sees_prices
from keepwell.contracts.terms import Phase, contract_year, dates_of, goes_on_by_itself
from keepwell.customers.models import Account
from keepwell.desk.access import needs, reader
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.kit import clock
from keepwell.people.models import User

PERMIT = "contract.see"
PHASES = {
    Phase.UPCOMING: (gettext_lazy("To come"), "on"),
    Phase.IN_TERM: (gettext_lazy("In term"), "good"),
    Phase.NOTICE_WINDOW: (gettext_lazy("Renewal is due"), "warn"),
    Phase.EXPIRED: (gettext_lazy("Over"), ""),
}
LEDGER_SHOWN = 50


@require_safe
@needs(PERMIT)
def contracts(request: HttpRequest, pk: int) -> HttpResponse:
    """The contracts of an account, the youngest first."""
    found = get_account(request, pk)
    on = today()
    rows = [standing(contract, on) for contract in contracts_of(reader(request), found)]
    given = {**head(request, found, "contracts"), "rows": rows, "today": on, **_seen(request)}
    return render(request, "desk/contracts/list.html", given)


@require_safe
@needs(PERMIT)
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: its term and dates, what may be used, prepaid hours, its renewals."""
    found = get_contract(request, pk)
    on = today()
    given = {
        **standing(found, on),
        "trail": trail(found, ""),
        "today": on,
        "subscriptions": _subscriptions(found),
        "history": _history(found),
        **_hours(found, on),
        **_seen(request),
    }
    return render(request, "desk/contracts/page.html", given)


def count_contracts(who: User, found: Account) -> int:
    return Contract.objects.visible_to(who).filter(account=found).count()


def get_contract(request: HttpRequest, pk: int) -> Contract:
    """The one that the reader may see, with its terms; else 404."""
    rows = Contract.objects.visible_to(reader(request)).select_related("account").with_terms()
    found: Contract = get_object_or_404(rows, pk=pk)
    return found


def today() -> date:
    """The day at the reader."""
    return clock.now().astimezone(timezone.get_current_timezone()).date()


def trail(found: Contract, title: str) -> list[tuple[str, str]]:
    """Where the reader is; `title` is that of a page under the contract, "" for the contract itself."""
    account = found.account
    steps = [
        (_("Accounts"), reverse("desk:accounts")),
        (account.name, reverse("desk:account", args=[account.pk])),
        (_("Contracts"), reverse("desk:account_contracts", args=[account.pk])),
    ]
    if not title:
        return [*steps, (found.number, "")]
    return [*steps, (found.number, reverse("desk:contract", args=[found.pk])), (title, "")]


def standing(found: Contract, on: date) -> dict[str, Any]:
    """A contract as it stands on a day, as its card and its page show it."""
    term = current_term(found, on)
    phase = found.phase_on(on)
    words, tone = PHASES[phase]
    return {
        "contract": found,
        "term": term,
        "renewal": term.renewal,
        "dates": dates_of(term.span, found.conditions),
        "phase": phase.value,
        "phase_words": words,
        "phase_tone": tone,
        "goes_on": term.renewal.is_open and goes_on_by_itself(term.span, found.conditions, on),
        "lost": term.renewal.outcome == "lost",
    }


def _subscriptions(found: Contract) -> Sequence[Subscription]:
    rows = found.subscriptions.select_related("product", "module", "deployment__product")
    return list(rows.order_by("product__name", "module__name", "starts_on", "pk"))


def _history(found: Contract) -> list[Term]:
    rows = Term.objects.filter(contract=found).select_related("renewal__decided_by")
    return list(rows.order_by("-starts_on"))


def _hours(found: Contract, on: date) -> dict[str, Any]:
    year = contract_year(found.began_on, max(on, found.began_on))
    rows = HoursEntry.objects.filter(contract=found).select_related("by", "reversed_by")
    lines = list(rows.order_by("-pk")[:LEDGER_SHOWN])
    balance = hours_of(found, on)
    share = balance.used / balance.granted if balance.granted else float(balance.used > 0)
    return {"year": year, "balance": balance, "hours_share": share, "ledger": lines}


def _seen(request: HttpRequest) -> dict[str, bool]:
    return {"sees_prices": sees_prices(reader(request))}
