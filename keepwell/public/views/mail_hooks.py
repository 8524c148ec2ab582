"""Where mail providers deliver."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from keepwell.channels.email.hooks.taking import take
from keepwell.channels.models import MailHook


@csrf_exempt
@require_POST
def mail_hook(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever calls proves that he is the provider; what is kept is answered with 200, nothing else is."""
    answer = take(get_object_or_404(MailHook, key=key), request.META, request)
    return HttpResponse(f"{answer.words}\n", status=answer.status, content_type="text/plain; charset=utf-8")
