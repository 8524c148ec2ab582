"""A mail as it was laid out: in a frame where nothing runs, and nothing is fetched from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from keepwell.channels.email.look.pictures import pictures_of
from keepwell.channels.email.look.within_limits import cleaned_within_limits
from keepwell.channels.models import InboundMail
from keepwell.desk.access import needs
from keepwell.desk.case_page.asides import address_of_side
from keepwell.desk.case_page.finding import address_of
from keepwell.desk.views.mail.page import get_mail

# Of this origin, so that its pictures come with the reader's session and the page can measure it; without
# scripts, forms, plug-ins and ways to the page around it.
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; form-action 'none'; "
    f"base-uri 'none'; frame-ancestors 'self'; sandbox {SANDBOX}"
)


@require_safe
@needs("case.see")
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The page around the frame."""
    mail = _with_html(request, pk)
    subject = (mail.said.subject if mail.said else "") or _("(no subject)")
    given = {"mail": mail, "subject": subject, "sandbox": SANDBOX, "trail": [_place(mail), (subject, "")]}
    return render(request, "desk/mail/look.html", given)


@xframe_options_sameorigin
@require_safe
@needs("case.see")
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the frame, with a policy of its own."""
    mail = _with_html(request, pk)
    found = cleaned_within_limits(mail.said.body_html, _pictures(mail)) if mail.said else None
    given: dict[str, Any] = {
        "subject": mail.said.subject if mail.said else "",
        "html": mark_safe(found.html) if found else "",
        "left_out": found.left_out if found else 0,
        "is_too_much": found is None,
    }
    response = render(request, "desk/mail/frame.html", given)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _with_html(request: HttpRequest, pk: int) -> InboundMail:
    mail = get_mail(request, pk)
    if mail.said is None or not mail.said.body_html:
        raise Http404
    return mail


def _pictures(mail: InboundMail) -> dict[str, str]:
    """The files of its message, at their addresses there. A mail that waits has none yet."""
    if mail.case is None:
        return {}
    if mail.side_message_id is None:
        name, place = "desk:case_message_file", [mail.case.number, mail.message_id]
    else:
        name, place = "desk:case_side_file", [mail.case.number, mail.side_thread_id, mail.side_message_id]
    pictures = pictures_of(mail)
    return {identity: reverse(name, args=[*place, attachment]) for identity, attachment in pictures.items()}


def _place(mail: InboundMail) -> tuple[str, str]:
    if mail.message is not None and mail.case is not None:
        return _("Case %(number)s") % {"number": mail.case.number}, address_of(mail.case)
    if mail.side_thread is not None and mail.side_message_id and mail.case is not None:
        return mail.side_thread.subject, address_of_side(mail.case, mail.side_thread.pk)
    return _("Mail"), reverse("desk:inbound_mail", args=[mail.pk])
