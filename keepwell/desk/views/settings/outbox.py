"""The outbox: every mail, how it stands, what the server said, and what it says where that may be read."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filtering import Filter, chips, menus, words_of
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.kit.toasting import say_next
from keepwell.outbox.masking import masked
from keepwell.outbox.models import WITH_A_CODE, Outgoing, Purpose, State
from keepwell.outbox.queries import condition
from keepwell.outbox.verbs.withdrawing import TooLate, cancel, try_again

PERMIT = "outbox.read"
ORDER = ("-pk",)
ACTS = {"cancellation": cancel, "retry": try_again}
DONE = {
    "cancellation": gettext_lazy("Cancelled. It will not leave."),
    "retry": gettext_lazy("It is tried again now."),
}


@require_safe
@needs(PERMIT)
def outbox(request: HttpRequest) -> HttpResponse:
    filters = _filters()
    rows = Outgoing.objects.visible_to(reader(request)).listed()
    if address := words_of(request):
        rows = rows.to(address)
    for one in filters:
        if value := one.chosen(request):
            rows = rows.filter(**{one.name: value})
    now = clock.now()
    house = condition(now)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    for mail in found.rows:
        mail.shown_subject = _readable(mail, mail.subject)
    given = {
        "page": found,
        "address": address,
        "condition": house,
        "is_well": house.is_well(now),
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "kept": [(one.name, one.chosen(request)) for one in filters if one.chosen(request)],
    }
    return render(request, "desk/settings/outbox.html", given)


@require_safe
@needs(PERMIT)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Outgoing.objects.visible_to(reader(request)), pk=pk)
    subject = _readable(found, found.subject)
    given = {
        "mail": found,
        "subject": subject,
        "text": _text(found),
        "is_masked": not settings.KEEPWELL_DEMO,
        "tries": found.tries.all(),
        "trail": [(_("Outbox"), reverse("desk:outbox")), (subject or found.to_address, "")],
    }
    return render(request, "desk/settings/mail.html", given)


@require_POST
@needs(PERMIT)
def mail_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Cancels a mail that waits, or tries one again that failed."""
    if act not in ACTS:
        raise Http404
    found = get_object_or_404(Outgoing.objects.visible_to(reader(request)), pk=pk)
    try:
        ACTS[act](found, by=reader(request))
    except TooLate as refusal:
        say_next(request, str(refusal), tone="bad")
    else:
        say_next(request, str(DONE[act]))
    return redirect("desk:mail", pk=pk)


def _filters() -> list[Filter]:
    return [
        Filter(name="state", words=_("State"), choices=[(v, str(w)) for v, w in State.choices]),
        Filter(name="purpose", words=_("Purpose"), choices=[(v, str(w)) for v, w in Purpose.choices]),
    ]


def _readable(mail: Outgoing, text: str) -> str:
    """The text, with codes and secret links hidden outside the demonstration."""
    return text if settings.KEEPWELL_DEMO else masked(text, is_code=mail.purpose in WITH_A_CODE)


def _text(mail: Outgoing) -> str:
    """The words of the mail; "" once it was forgotten."""
    raw = bytes(mail.raw or b"")
    if not raw:
        return ""
    message = message_from_bytes(raw, policy=policy.default)
    body: Any = message.get_body(("plain",))
    return _readable(mail, body.get_content()) if body else ""
