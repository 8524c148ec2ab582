"""Who may enter the desk, and what it takes to use one of its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from keepwell.people import permits
from keepwell.people.models import User

View = Callable[..., HttpResponseBase]


def staff_only(view: View) -> View:
    """Lets staff in. Strangers are asked to sign in; for a customer there is nothing here (404).

    A part of a page fetched by script is answered 401 after signing out, so that what was written stays.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request)
        if not getattr(request.user, "is_staff_member", False):
            raise Http404
        return view(request, *args, **given)

    return never_cache(guarded)


def needs(permit: str) -> Callable[[View], View]:
    """Staff with this permit; others of the staff get a page that says so (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def permitted(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
            permits.require(reader(request), permit)
            return view(request, *args, **given)

        return staff_only(permitted)

    return decorate


def reader(request: HttpRequest) -> User:
    """Who reads this page and acts on it; of the staff, on every page behind `staff_only`."""
    return cast(User, request.user)


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    if getattr(request, "htmx", False):
        return HttpResponse(status=401)
    return redirect_to_login(request.get_full_path())
