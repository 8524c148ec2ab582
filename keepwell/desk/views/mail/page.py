"""Mail that needs attention: what waits, why, what it says, and the original to be saved."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.channels.email.understanding.wording import authenticity_words
from keepwell.channels.email.verbs.corresponding import HELD as HELD_ANSWER
from keepwell.channels.models import InboundMail, MailState
from keepwell.desk.access import needs, reader
from keepwell.desk.filtering import Filter, chips, menus
from keepwell.files.reading import open_attachment
from keepwell.files.refusals import FileGone
from keepwell.files.serving import headers_for_saving
from keepwell.files.verbs.keeping import MEDIA_TYPE
from keepwell.kit.paging import page
from keepwell.people import permits
from keepwell.people.models import User

PERMIT = "triage.place"
ORDER = ("-changed_at", "-pk")
SHOWN = (MailState.HELD, MailState.QUARANTINED, MailState.UNPARSED, MailState.PARKED, MailState.SPAM)
BESIDE = ("raw__mailbox", "raw__file__blob", "case", "message", "side_thread")


@require_safe
@needs(PERMIT)
def mails(request: HttpRequest) -> HttpResponse:
    """What somebody has to look at; what was put aside where it is asked for."""
    state = _states()
    rows = InboundMail.objects.visible_to(reader(request)).for_list()
    asked = state.chosen(request)
    rows = rows.not_forgotten().filter(state=asked) if asked else rows.needing_attention()
    given = {
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "chips": chips(request, [state]),
        "menus": menus(request, [state]),
    }
    return render(request, "desk/mail/list.html", given)


@require_safe
@needs(PERMIT)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_mail(request, pk)
    said = found.said
    subject = (said.subject if said else "") or _("(no subject)")
    given = {
        "mail": found,
        "said": said,
        "subject": subject,
        "authenticity": authenticity_words(found.proof),
        "may": _acts(found, reader(request)),
        "trail": [(_("Mail"), reverse("desk:inbound_mails")), (subject, "")],
    }
    return render(request, "desk/mail/page.html", given)


@require_safe
@needs("case.see")
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The mail as it came, to be saved: whatever is in it acts nowhere."""
    raw = get_mail(request, pk).raw
    if raw.content is not None:
        response: HttpResponseBase = HttpResponse(bytes(raw.content))
    elif raw.file is not None:
        try:
            response = FileResponse(open_attachment(raw.file))
        except FileGone:
            raise Http404 from None
    else:
        raise Http404
    # Set afterwards, for the answer makes up a name and a type of its own.
    for name, value in headers_for_saving(f"mail-{pk}.eml", MEDIA_TYPE, raw.size).items():
        response.headers[name] = value
    return response


def get_mail(request: HttpRequest, pk: int) -> InboundMail:
    """The mail that the reader may see; else 404."""
    rows = InboundMail.objects.visible_to(reader(request)).select_related(*BESIDE)
    return get_object_or_404(rows, pk=pk)


def _states() -> Filter:
    return Filter(name="state", words=_("State"), choices=[(str(one), str(one.label)) for one in SHOWN])


def _acts(mail: InboundMail, who: User) -> dict[str, Any]:
    """What can be done with it just now by this reader."""
    is_kept = mail.raw.forgotten_at is None
    return {
        "release": is_kept and mail.is_waiting and mail.side_thread is None,
        "release_aside": is_kept and mail.is_waiting and mail.side_thread is not None,
        "release_answer": is_kept and mail.is_waiting and mail.decision == HELD_ANSWER,
        "retry": is_kept and (mail.is_waiting or mail.state == MailState.UNPARSED),
        "spam": mail.is_waiting and mail.state != MailState.SPAM and permits.may(who, "case.mark_spam"),
        "forget": is_kept and mail.is_waiting and permits.may(who, "message.redact"),
    }
