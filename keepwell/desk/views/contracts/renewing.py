"""What becomes of a contract after its term."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.contracts.models import Renewal, Term
from keepwell.contracts.new_contract import Decision
from keepwell.contracts.terms import following
from keepwell.contracts.verbs.changing import change_term_end
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.contracts import DecisionForm, TermEndForm
from keepwell.desk.views.contracts.page import get_contract, trail

PERMIT = "contract.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def renewal(request: HttpRequest, pk: int, renewal: int) -> HttpResponse:
    """Says what comes of it. It cannot be taken back, so the page says first what follows."""
    contract = get_contract(request, pk)
    found = get_object_or_404(Renewal.objects.select_related("term"), pk=renewal, term__contract=contract)
    after = following(found.term.span, contract.term_months)
    title = _("Renewal")
    around = FormPage(
        title=title,
        back=reverse("desk:contract", args=[pk]),
        done=_("Decided."),
        save=_("Decide"),
        about=_(
            "The term ends on %(day)s. Renewed, the next one runs until %(next)s, unless you say otherwise; "
            "lost, what is subscribed to ends with this term. A decision stays."
        )
        % {"day": found.term.ends_on.isoformat(), "next": after.last.isoformat()},
        trail=trail(contract, title),
    )

    def decide(wanted: Any) -> None:
        decision = Decision(
            outcome=wanted["outcome"],
            reason=wanted["reason"],
            is_avoidable=wanted["avoidable"],
            ends_on=wanted["ends_on"],
        )
        decide_renewal(found, decision, by=reader(request))

    return form_page(request, DecisionForm(posted(request)), around, decide)


@require_http_methods(METHODS)
@needs(PERMIT)
def term_end(request: HttpRequest, pk: int, term: int) -> HttpResponse:
    contract = get_contract(request, pk)
    found = get_object_or_404(Term, pk=term, contract=contract)
    title = _("End of the term")
    around = FormPage(
        title=title, back=reverse("desk:contract", args=[pk]), done=_("Saved."), trail=trail(contract, title)
    )
    form = TermEndForm(posted(request), initial={"ends_on": found.ends_on})
    return form_page(
        request, form, around, lambda wanted: change_term_end(found, wanted["ends_on"], by=reader(request))
    )
