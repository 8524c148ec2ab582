"""Ending letters that go to several, by the link in one: looking changes nothing, one press ends them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from keepwell.success.letters.letter import contact_who_ends
from keepwell.success.letters.verbs.ending import want_no_more


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    contact = contact_who_ends(token)
    if contact is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        want_no_more(contact)
    return render(request, "public/no_more.html", {"is_done": is_done})
