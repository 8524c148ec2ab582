"""Solved, withdrawn, closed, reopened, merged, spam."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.merging import merge as merge_into
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.cases.verbs.withdrawing import withdraw_for_customer
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.ending import MergeForm, ResolutionForm, WithdrawalForm
from keepwell.desk.views.case.acting import Act, Nothing, act, sent

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs("case.resolve")
def resolution(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Resolve"),
        about=_("The customer is not written to by this. To tell him, send a reply that resolves it."),
        save=_("Resolve"),
        done=_("Resolved. The customer's next word reopens it."),
    )
    form = ResolutionForm(sent(request))
    return act(
        request, case, form, page, lambda _wanted, seen: resolve(case, form.resolution(), seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.resolve")
def withdrawal(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("The customer needs nothing any more"),
        about=_(
            "For a customer who said so by phone or in person. It counts as withdrawn by him: an initial "
            "contact that is still due does not count. He sees it, and may reopen it."
        ),
        save=_("Withdraw it for the customer"),
        done=_("Withdrawn. The customer's next word reopens it."),
    )
    form = WithdrawalForm(sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda wanted, seen: withdraw_for_customer(case, wanted["wish"], seen=seen, by=who),
    )


@require_http_methods(METHODS)
@needs("case.close")
def closure(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Close"),
        about=_("It is done with. Within its window it can still be reopened."),
        save=_("Close"),
        done=_("Closed."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: close(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("case.reopen")
def reopening(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Reopen"),
        about=_("Work goes on where it ended: same level, same people."),
        save=_("Reopen"),
        done=_("Open again."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: reopen(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("case.merge")
def merge(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Merge into another case"),
        about=_("This case goes on in the other one, with its messages and those who take part."),
        save=_("Merge"),
        done=_("Merged."),
    )
    form = MergeForm(case, who, sent(request))
    return act(
        request, case, form, page, lambda wanted, seen: merge_into(case, wanted["into"], seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.mark_spam")
def spam(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Mark as spam"),
        about=_("The case leaves the lists, and its promises do not count. It can be taken back."),
        save=_("It is spam"),
        kind="bad",
        done=_("Marked as spam."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: mark_spam(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("case.mark_spam")
def no_spam(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("No spam after all"),
        about=_("The case stands as it stood before it was marked."),
        save=_("It is no spam"),
        done=_("It stands as it stood."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: not_spam(case, seen=seen, by=who))
