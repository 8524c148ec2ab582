"""What may be agreed in a contract."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from keepwell.contracts.models import Contract
from keepwell.contracts.money import is_currency
from keepwell.contracts.new_contract import Agreed
from keepwell.contracts.refusals import ContractRefused
from keepwell.contracts.terms import Renews

MOST_MONTHS = 240
MOST_DAYS = 3 * 366
MOST_MINUTES = 100_000 * 60


def checked(agreed: Agreed, *, of: Contract | None = None) -> Agreed:
    """What is agreed as it is kept; `of` is the contract it is for, None for a new one.

    Errors: ContractRefused.
    """
    number = " ".join(agreed.number.split())
    _require(
        0 < len(number) <= 64, _("A contract needs a number of at most 64 characters. Nothing was saved.")
    )
    known = Contract.objects.filter(number__iexact=number)
    if other := (known.exclude(pk=of.pk) if of else known).select_related("account").first():
        raise ContractRefused(
            _("%(name)s has a contract %(number)s already. Nothing was saved.")
            % {"name": other.account, "number": other.number}
        )
    title = " ".join(agreed.title.split())
    _require(len(title) <= 200, _("A title has 200 characters at most. Nothing was saved."))
    currency = agreed.currency.strip().upper()
    _require(is_currency(currency), _("A currency has three letters, such as USD or EUR. Nothing was saved."))
    _require_bounds(agreed)
    return replace(agreed, number=number, title=title, currency=currency, renews=Renews(agreed.renews).value)


def _require_bounds(agreed: Agreed) -> None:
    _require(
        1 <= agreed.term_months <= MOST_MONTHS and 0 <= agreed.minimum_months <= MOST_MONTHS,
        _("A term has from 1 to %(most)s months. Nothing was saved.") % {"most": MOST_MONTHS},
    )
    _require(
        all(0 <= days <= MOST_DAYS for days in (agreed.notice_days, agreed.budget_lead_days)),
        _("Notice and budget have from 0 to %(most)s days. Nothing was saved.") % {"most": MOST_DAYS},
    )
    _require(
        0 <= agreed.hours_a_year_minutes <= MOST_MINUTES,
        _("These are more prepaid hours than a year can have. Nothing was saved."),
    )


def _require(holds: bool, words: str) -> None:
    if not holds:
        raise ContractRefused(words)
