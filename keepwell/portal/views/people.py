"""Who takes part in a case, and whether the account's administrators see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.cases.changing import subjects_of
from keepwell.cases.models import Case
from keepwell.cases.verbs.privacy import make_private, make_shared
from keepwell.conversations.models import Participant
from keepwell.conversations.verbs.participating import (
    add_participant,
    confirm_participant,
    decides_who_takes_part,
    remove_participant,
)
from keepwell.customers.models import Contact
from keepwell.customers.queries import contact_by_address
from keepwell.kit.toasting import say_next
from keepwell.people.permits import NotPermitted
from keepwell.portal.finding import get_case
from keepwell.portal.forms import ParticipantForm
from keepwell.portal.readers import Reader, case_readers, read_by
from keepwell.portal.views.case import whole_page
from keepwell.portal.views.ending import done


@require_POST
@case_readers
def participants(request: HttpRequest, number: int) -> HttpResponse:
    """Lets a colleague of the same account take part."""
    reader = read_by(request)
    case, form = get_case(reader, number), ParticipantForm(request.POST)
    colleague = _colleague(case, reader, form)
    if colleague is None:
        return whole_page(request, case, reader, participant=form, status=422)
    add_participant(case.conversation, colleague, about=subjects_of(case), by=reader.actor)
    say_next(request, _("%(name)s takes part now.") % {"name": colleague})
    return redirect("portal:case", number=number)


@require_POST
@case_readers
def confirmation(request: HttpRequest, number: int, contact: int) -> HttpResponse:
    """Somebody who wrote may read on."""
    return _change(request, number, contact, confirm_participant, _("%(name)s takes part now."))


@require_POST
@case_readers
def removal(request: HttpRequest, number: int, contact: int) -> HttpResponse:
    """Somebody does not take part any more."""
    return _change(request, number, contact, remove_participant, _("%(name)s takes no part any more."))


@require_POST
@case_readers
def privacy(request: HttpRequest, number: int) -> HttpResponse:
    """`private` set: those who take part alone; empty: the account's administrators, too."""
    if request.POST.get("private"):
        return done(request, number, make_private, _("Only those who take part see it now."))
    return done(request, number, make_shared, _("Your administrators see it now, too."))


def _colleague(case: Case, reader: Reader, form: ParticipantForm) -> Contact | None:
    """Nobody learns here whether an address of another account exists. Errors: NotPermitted."""
    if not decides_who_takes_part(case.conversation, by=reader.actor):
        raise NotPermitted("case.reply")
    if not form.is_valid():
        return None
    found = contact_by_address(form.cleaned_data["email"])
    if found is None or case.account_id is None or found.account_id != case.account_id:
        form.add_error("email", _("We know nobody of your organisation with this address. Nobody was added."))
        return None
    return found


def _change(request: HttpRequest, number: int, contact: int, change: Any, words: str) -> HttpResponse:
    reader = read_by(request)
    case = get_case(reader, number)
    parts = Participant.objects.filter(conversation=case.conversation_id).select_related("contact")
    whom = get_object_or_404(parts, contact=contact).contact

    def act(_case: Case, *, by: Any) -> None:
        change(case.conversation, whom, about=subjects_of(case), by=by)

    answer = done(request, number, act, words % {"name": whom})
    return redirect("portal:home") if _is_out(reader, case) else answer


def _is_out(reader: Reader, case: Case) -> bool:
    """Whether the reader has just taken himself out of what he could see."""
    return reader.only is None and not Case.objects.visible_to(reader.actor).filter(pk=case.pk).exists()
