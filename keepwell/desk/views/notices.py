"""What the reader is told: the bell, the list behind it, and what he chooses to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import reader, staff_only
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.notices import NoticesForm
from keepwell.kit.identities import id_in
from keepwell.kit.paging import page
from keepwell.kit.toasting import say_next
from keepwell.notices.models import Notice, PushDevice
from keepwell.notices.pushing.keys import public_key
from keepwell.notices.queries import notices_of
from keepwell.notices.reaching import wishes_of
from keepwell.notices.verbs.choosing import choose_notices
from keepwell.notices.verbs.reading import read_all_notices, read_notice
from keepwell.notices.words import address_of, place_of, said_of, title_of, words_of

ORDER = ("-pk",)


@require_safe
@staff_only
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; only the list when a live event fetches it. `?unread=1`: those not read."""
    rows = notices_of(reader(request))
    is_unread_only = request.GET.get("unread") == "1"
    found = page(rows.unread() if is_unread_only else rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    given = {
        "page": found,
        "lines": [_line(notice) for notice in found.rows],
        "newest": found.rows[0].pk if found.rows else 0,
        "is_unread_only": is_unread_only,
    }
    is_part = request.GET.get("part") == "list"
    return render(request, "desk/notices/_list.html" if is_part else "desk/notices/page.html", given)


@require_safe
@staff_only
def bell(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/shell/_bell.html")


@require_safe
@staff_only
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about; with that he has read it."""
    who = reader(request)
    notice = get_object_or_404(Notice.objects.visible_to(who), pk=pk)
    read_notice(notice, by=who)
    return redirect(place_of(notice))


@require_POST
@staff_only
def read_one(request: HttpRequest, pk: int) -> HttpResponse:
    who = reader(request)
    read_notice(get_object_or_404(Notice.objects.visible_to(who), pk=pk), by=who)
    return redirect("desk:notices")


@require_POST
@staff_only
def read_all(request: HttpRequest) -> HttpResponse:
    """All up to the newest one that the page showed."""
    read_all_notices(through=id_in(request.POST.get("through", "")) or 0, by=reader(request))
    return redirect("desk:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def choosing(request: HttpRequest) -> HttpResponse:
    """What the reader is told of, by which way and when."""
    who = reader(request)
    form = NoticesForm(wishes_of(who), posted(request))
    if request.method == "POST" and done(form, lambda _filled: choose_notices(form.chosen, by=who)):
        say_next(request, _("Saved."))
        return redirect("desk:my_notices")
    trail = [(_("My settings"), reverse("desk:me")), (_("Notices"), "")]
    given = {
        "form": form,
        "trail": trail,
        "devices": PushDevice.objects.filter(user=who),
        "push_key": public_key(),
    }
    return render(request, "desk/notices/choosing.html", given, status=422 if form.errors else 200)


def _line(notice: Notice) -> Mapping[str, Any]:
    return {
        "notice": notice,
        "words": words_of(notice),
        "title": title_of(notice),
        "said": said_of(notice),
        "address": address_of(notice),
    }
