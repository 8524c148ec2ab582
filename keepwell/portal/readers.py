"""Who reads the portal: a customer's person who is signed in, or whoever follows one case by a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from keepwell.customers.models import Contact
from keepwell.customers.queries import administers, contact_of
from keepwell.kit import clock
from keepwell.people.models import User

View = Callable[..., HttpResponseBase]
# What the page that takes the code leaves in the session: the case, the contact, and until when.
FOLLOWED = "followed"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`actor` is a User or a Contact; `only` is the one case that a follower sees, None for everybody else.

    `contact` is the person of the customer's side; None for a sign-in that has lost its contact.
    """

    actor: Any
    contact: Contact | None
    only: int | None = None

    @property
    def user(self) -> User | None:
        return self.actor if isinstance(self.actor, User) else None

    @property
    def is_administrator(self) -> bool:
        return administers(self.actor)

    @property
    def holder(self) -> str:
        """Who holds the files that are chosen and not sent yet."""
        return ":".join(str(part) for part in self.actor.actor_ref)


def reader_of(request: HttpRequest) -> Reader | None:
    """Who reads; None for somebody who is nobody here."""
    user = request.user
    if isinstance(user, User) and user.is_customer:
        return Reader(actor=user, contact=contact_of(user))
    return _follower(request)


def customers_only(view: View) -> View:
    """Customers who are signed in. Strangers are asked to sign in; for staff there is nothing here (404)."""
    return _guarded(view, lets_in=lambda reader: reader.only is None)


def case_readers(view: View) -> View:
    """The same, and whoever follows a case by a code."""
    return _guarded(view, lets_in=lambda _reader: True)


def read_by(request: HttpRequest) -> Reader:
    """Who reads this page and acts on it, behind one of the guards above."""
    reader: Reader = request.portal_reader  # type: ignore[attr-defined]
    return reader


def _guarded(view: View, *, lets_in: Callable[[Reader], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        reader = reader_of(request)
        if reader is None or not lets_in(reader):
            return _turned_away(request)
        request.portal_reader = reader  # type: ignore[attr-defined]
        return view(request, *args, **given)

    return never_cache(guarded)


def _turned_away(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        raise Http404
    if getattr(request, "htmx", False):
        return HttpResponse(status=401)
    return redirect_to_login(request.get_full_path())


def _follower(request: HttpRequest) -> Reader | None:
    grant = request.session.get(FOLLOWED)
    if not grant or datetime.fromisoformat(grant["until"]) <= clock.now():
        return None
    contact = Contact.objects.filter(pk=grant["contact"], erased_at__isnull=True).first()
    return Reader(actor=contact, contact=contact, only=grant["case"]) if contact else None
