"""One act on many ticked cases: each by itself, and each refusal said."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from keepwell.cases.many import Outcome, to_each
from keepwell.cases.models import Case
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.spam import mark_spam
from keepwell.desk.access import needs, reader
from keepwell.kit.identities import id_in
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.staffing.queries import staff

AT_MOST = 100

Act = Callable[[Case], object]


@require_POST
@needs("case.see")
def bulk(request: HttpRequest) -> HttpResponse:
    """Does the chosen act to the ticked cases, and says what came of it above the same list."""
    who = reader(request)
    numbers = map(id_in, request.POST.getlist("case")[:AT_MOST])
    ticked = Case.objects.visible_to(who).filter(number__in=filter(None, numbers)).order_by("number")
    outcomes = to_each(ticked, _act(request, who))
    _say(request, outcomes)
    return redirect(_back(request))


def _act(request: HttpRequest, who: User) -> Act:
    name, _colon, value = request.POST.get("act", "").partition(":")
    acts: dict[str, Callable[[str], Act]] = {
        "take": lambda value: lambda case: assign(case, Assignment(to=who), by=who),
        "assign": lambda value: _assigning(value, who),
        "severity": lambda value: lambda case: change_severity(case, Reassessment(severity=value), by=who),
        "resolve": lambda value: lambda case: resolve(case, Resolution(), by=who),
        "spam": lambda value: lambda case: mark_spam(case, by=who),
    }
    if name not in acts or (name == "severity" and value not in ("high", "normal", "low")):
        raise Http404
    return acts[name](value)


def _assigning(value: str, who: User) -> Act:
    to = staff().filter(pk=id_in(value) or 0).first()
    if to is None:
        raise Http404
    return lambda case: assign(case, Assignment(to=to), by=who)


def _say(request: HttpRequest, outcomes: list[Outcome]) -> None:
    done = sum(outcome.is_done for outcome in outcomes)
    if done:
        say_next(request, ngettext("%(count)s case done.", "%(count)s cases done.", done) % {"count": done})
    for outcome in outcomes:
        if not outcome.is_done:
            say_next(request, outcome.refusal, tone="bad")
    if not outcomes:
        say_next(request, _("No case was ticked, so nothing was changed."), tone="bad")


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_ours else "desk:cases"
