"""What it is about, how bad it is, who may read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.verbs.detailing import change_product, change_subject, change_tags
from keepwell.cases.verbs.placing import Placement, confirm_sender, place
from keepwell.cases.verbs.privacy import make_private, make_shared
from keepwell.cases.verbs.severity import change_severity
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.details import ProductForm, SeverityForm, SubjectForm, TagsForm
from keepwell.desk.forms.case.placing import PlacementForm
from keepwell.desk.views.case.acting import Act, Nothing, act, sent

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs("case.change_severity")
def severity(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Change the severity"),
        about=_("Raised, the shorter promise holds from now. Lowered, what was promised is kept."),
        save=_("Change"),
        done=_("Severity changed."),
    )
    form = SeverityForm(case, sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda _wanted, seen: change_severity(case, form.reassessment(), seen=seen, by=who),
    )


@require_http_methods(METHODS)
@needs("case.change_details")
def subject(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Another subject"), save=_("Change"), done=_("Changed."))
    form = SubjectForm(case, sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda wanted, seen: change_subject(case, wanted["subject"], seen=seen, by=who),
    )


@require_http_methods(METHODS)
@needs("case.change_details")
def tags(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Tags"), save=_("Save"), done=_("Saved."))
    form = TagsForm(case, sent(request))
    return act(
        request, case, form, page, lambda _wanted, seen: change_tags(case, form.chosen(), seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.change_details")
def product(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("What it is about"), save=_("Save"), done=_("Saved."))
    form = ProductForm(case, sent(request))

    def change(_wanted: object, seen: int | None) -> object:
        chosen, deployment = form.chosen()
        return change_product(case, chosen, deployment=deployment, seen=seen, by=who)

    return act(request, case, form, page, change)


@require_http_methods(METHODS)
@needs("case.reply")
def privacy(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Make it private"),
        about=_("On the customer's side only those who take part see it, not the account's administrators."),
        save=_("Make it private"),
        done=_("Private to those who take part."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: make_private(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("case.reply")
def sharing(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("No longer private"),
        about=_("The account's administrators see it, too, with everything said before."),
        save=_("Share it"),
        done=_("The account's administrators see it, too."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: make_shared(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("triage.place")
def sender(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("The sender is who he says"),
        about=_("You have made sure of it. His account's portal shows the case from now on."),
        save=_("Confirm the sender"),
        done=_("Confirmed."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: confirm_sender(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("triage.place")
def placement(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Place at an account"),
        about=_("What is promised from then on is what this account was promised."),
        save=_("Place it there"),
        done=_("Placed."),
    )
    form = PlacementForm(case, who, sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda wanted, seen: place(case, Placement(account=wanted["account"]), seen=seen, by=who),
    )
