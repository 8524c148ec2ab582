"""Where somebody who came in is taken."""

from __future__ import annotations

from typing import NoReturn

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from keepwell.people.models import User


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Staff to the desk, customers to the portal; whoever holds no role is told so."""
    assert isinstance(request.user, User)
    if request.user.is_staff_member:
        return redirect("/desk/")
    if request.user.is_customer:
        return redirect("/portal/")
    return render(request, "account/no_role.html", status=403)


def closed(request: HttpRequest, **_given: str) -> NoReturn:
    """A door that allauth has and this house has not."""
    raise Http404
