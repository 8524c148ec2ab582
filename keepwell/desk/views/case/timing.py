"""Whose turn it is and until when: waiting, scheduled, put off, promised, spoken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.models import Case
from keepwell.cases.verbs import waiting
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.snoozing import snooze as put_off
from keepwell.cases.verbs.snoozing import wake
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.timing import ContactForm, ScheduleForm, SnoozeForm, UpdatePromiseForm
from keepwell.desk.views.case.acting import Act, Nothing, act, sent
from keepwell.kit import clock
from keepwell.service_levels.history import history_of
from keepwell.service_levels.verbs.promising import promise_update

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs("case.wait")
def customer_wait(request: HttpRequest, number: int) -> HttpResponse:
    page = Act(
        title=_("Wait for the customer"),
        about=_("Promises stand still until he writes, or you take it back. He is not written to by this."),
        save=_("Wait"),
        done=_("It waits for the customer."),
    )
    return _turn(request, number, page, waiting.wait_for_customer)


@require_http_methods(METHODS)
@needs("case.wait")
def engineering_wait(request: HttpRequest, number: int) -> HttpResponse:
    page = Act(
        title=_("Wait for engineering"),
        about=_("Engineers have to do something first. The promises to the customer run on."),
        save=_("Wait"),
        done=_("It waits for engineering."),
    )
    return _turn(request, number, page, waiting.wait_for_engineering)


@require_http_methods(METHODS)
@needs("case.wait")
def work_going_on(request: HttpRequest, number: int) -> HttpResponse:
    page = Act(
        title=_("Work goes on"),
        about=_("It is our turn again, and the promises run."),
        save=_("Go on"),
        done=_("It is our turn again."),
    )
    return _turn(request, number, page, waiting.take_back)


def _turn(request: HttpRequest, number: int, page: Act, verb: Callable[..., object]) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: verb(case, seen=seen, by=who))


@require_http_methods(METHODS)
@needs("case.wait")
def schedule(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Schedule"), save=_("Schedule"), done=_("Scheduled."))
    form = ScheduleForm(clock.now(), sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda wanted, seen: waiting.schedule(case, wanted["until_at"], seen=seen, by=who),
    )


@require_http_methods(METHODS)
@needs("case.snooze")
def snooze(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Snooze"), save=_("Snooze"), done=_("Out of the lists until then."))
    form = SnoozeForm(clock.now(), sent(request))
    return act(
        request, case, form, page, lambda wanted, seen: put_off(case, wanted["until_at"], seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.snooze")
def waking(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Back into the lists"),
        about=_("It is no longer put off."),
        save=_("Put it back"),
        done=_("Back in the lists."),
    )
    return act(request, case, Nothing(sent(request)), page, lambda _wanted, _seen: wake(case, by=who))


@require_http_methods(METHODS)
@needs("case.reply")
def update_promise(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Promise an update"),
        about=_("Say so to the customer yourself: nothing is sent by this."),
        save=_("Promise"),
        done=_("Promised."),
    )
    form = UpdatePromiseForm(clock.now(), sent(request))
    return act(
        request, case, form, page, lambda wanted, _seen: promise_update(case, wanted["due_at"], by=who)
    )


@require_http_methods(METHODS)
@needs("case.log_contact")
def contact_log(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Log a contact"),
        about=_("A call on another phone, a word in the corridor. It counts when it happened."),
        save=_("Enter"),
        done=_("Entered."),
    )
    form = ContactForm(clock.now(), sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda wanted, seen: log_contact(case, _entry(case, wanted), seen=seen, by=who),
    )


def _entry(case: Case, wanted: Any) -> HandEntry:
    happened_at: datetime = clock.instant(wanted["happened_at"])
    return HandEntry(
        happened_at=happened_at,
        said=wanted["said"],
        reason=wanted["reason"],
        is_live=wanted["is_live"],
        enter_until_at=_enter_until(case, happened_at),
    )


def _enter_until(case: Case, happened_at: datetime) -> datetime:
    """One business day after it happened, by the calendar of the case's promises."""
    history = history_of(case.pk)
    if history is None or not case.opened_at <= happened_at <= clock.now():
        # The verb refuses it whatever the calendar says, which need not know such a year.
        return happened_at
    return history.terms_at(happened_at).working_time.due(happened_at, 1, "business_days")
