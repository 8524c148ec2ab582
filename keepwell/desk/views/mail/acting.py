"""What is done with a mail that waits."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.cases.models import Case
from keepwell.channels.email.aside.verbs.releasing import release_aside
from keepwell.channels.email.verbs.forgetting import forget_mail
from keepwell.channels.email.verbs.marking import mark_mail_as_spam
from keepwell.channels.email.verbs.releasing import release
from keepwell.channels.email.verbs.releasing_answers import release_answer
from keepwell.channels.email.verbs.retrying import try_anew
from keepwell.desk import house
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import address_of
from keepwell.desk.views.mail.page import PERMIT, get_mail
from keepwell.kit.identities import id_in
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next


@require_POST
@needs(PERMIT)
def letting_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the case whose number is sent; without one it begins a case."""
    mail, who, wanted = get_mail(request, pk), reader(request), request.POST.get("case", "").strip()
    number = id_in(wanted.removeprefix("#"))
    case = Case.objects.visible_to(who).filter(number=number).first() if number else None
    if wanted and case is None:
        return _back(request, pk, _("There is no case of that number. Nothing was changed."))
    try:
        mail = release(mail, case, by=who)
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    house.look_again()
    if mail.case is None:
        return redirect("desk:inbound_mail", pk=pk)
    say_next(request, _("The mail stands in case %(number)s now.") % {"number": mail.case.number})
    return redirect(f"{address_of(mail.case)}#message-{mail.message_id}")


@require_POST
@needs(PERMIT)
def letting_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the side thread that it answers, and nowhere else."""
    try:
        mail = release_aside(get_mail(request, pk), by=reader(request))
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    house.look_again()
    if mail.case is None or mail.side_thread is None:
        return redirect("desk:inbound_mail", pk=pk)
    say_next(request, _("It stands in its side thread now. The customer does not see it."))
    return redirect("desk:case_side", number=mail.case.number, side=mail.side_thread.pk)


@require_POST
@needs(PERMIT)
def letting_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Among the words of ours that it answers, which serve no case."""
    words = _("It stands with what it answers now.")
    return _done(request, pk, release_answer, words)


@require_POST
@needs(PERMIT)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, try_anew, _("It is read and decided about once more, in a moment."))


@require_POST
@needs("case.mark_spam")
def spam(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, mark_mail_as_spam, _("Marked as spam. It is kept under that state."))


@require_POST
@needs("message.redact")
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, forget_mail, _("Forgotten. Nothing is left of what it said."))


def _done(request: HttpRequest, pk: int, act: Callable[..., object], words: str) -> HttpResponse:
    try:
        act(get_mail(request, pk), by=reader(request))
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    house.look_again()
    say_next(request, words)
    return redirect("desk:inbound_mails")


def _back(request: HttpRequest, pk: int, words: str) -> HttpResponse:
    say_next(request, words, tone="bad")
    return redirect("desk:inbound_mail", pk=pk)
