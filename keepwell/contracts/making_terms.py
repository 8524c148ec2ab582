"""Terms come with their renewal: there is no term without one."""

from __future__ import annotations

from datetime import datetime

from keepwell.contracts.models import Contract, Renewal, Term
from keepwell.contracts.terms import Span


def make_term(contract: Contract, span: Span, *, at: datetime) -> Term:
    """The term and its open renewal. The caller holds the contract's lock and has judged the span."""
    term = Term.objects.create(contract=contract, starts_on=span.first, ends_on=span.last)
    Renewal.objects.create(term=term, opened_at=at)
    return term


def overlaps(contract: Contract, span: Span, *, beside: Term | None = None) -> bool:
    """Whether one of its terms, but for `beside`, shares a day with this span."""
    others = Term.objects.filter(contract=contract, starts_on__lte=span.last, ends_on__gte=span.first)
    return (others.exclude(pk=beside.pk) if beside else others).exists()
