from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.terms import Conditions, Phase, Renews, TermState, phase_on
from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all

RENEWS = [
    (Renews.BY_AGREEMENT.value, _("Only if both agree")),
    (Renews.AFTER_NOTICE.value, _("By itself, once the last day for notice is over")),
    (Renews.AT_END.value, _("By itself, when the term ends")),
]


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, actor: Any) -> ContractQuerySet:
        """Staff who may see that there is a contract; customers have no page of it."""
        return self.all() if sees_all(actor, "contract.see") else self.none()

    def with_terms(self) -> ContractQuerySet:
        """With all terms and their renewals at hand, for phases and dates of many."""
        return self.prefetch_related("terms__renewal")


class Contract(models.Model):
    """What is agreed with an account, from term to term. Dates for notice and budget are never kept here.

    `began_on` is its first day: contract years and the minimum term count from there. `hours_a_year` are
    prepaid minutes that each contract year brings. `currency` is that of what is subscribed to next.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(_("number"), max_length=64)
    title = models.CharField(_("title"), max_length=200, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    began_on = models.DateField(_("first day"))
    renews = models.CharField(_("goes on"), max_length=12, choices=RENEWS)
    term_months = models.PositiveSmallIntegerField(_("months of a term"), default=12)
    minimum_months = models.PositiveSmallIntegerField(_("minimum term in months"), default=0)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=0)
    budget_lead_days = models.PositiveSmallIntegerField(_("days for the budget"), default=0)
    hours_a_year_minutes = models.PositiveIntegerField(_("prepaid time a year"), default=0)
    opened_at = models.DateTimeField()

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["account", "began_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Upper("number"), name="contract_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="contract_has_a_number"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="contract_currency_code"),
            models.CheckConstraint(
                condition=Q(renews__in=[each.value for each in Renews]), name="contract_renews_known"
            ),
            models.CheckConstraint(condition=Q(term_months__gte=1), name="contract_term_has_months"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def conditions(self) -> Conditions:
        return Conditions(
            began_on=self.began_on,
            term_months=self.term_months,
            renews=self.renews,
            minimum_months=self.minimum_months,
            notice_days=self.notice_days,
            budget_lead_days=self.budget_lead_days,
        )

    def term_states(self) -> list[TermState]:
        """Its terms as the rules know them, oldest first."""
        return [term.state for term in sorted(self.terms.all(), key=lambda term: term.starts_on)]

    def phase_on(self, on: date) -> Phase:
        return phase_on(on, self.term_states(), self.conditions)
