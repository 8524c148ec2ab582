"""The vendor's people: the list, somebody new, and each one's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.filtering import words_of
from keepwell.desk.forms.people import (
    DaysOffForm,
    ErasureForm,
    PersonForm,
    RolesForm,
    SkillsForm,
    TeamsForm,
    WorkForm,
)
from keepwell.desk.staff_rows import ORDER, staff_rows
from keepwell.desk.views.settings.person_parts import PARTS
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.people.models.role_grant import STAFF_ROLES
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.deactivating import deactivate, reactivate
from keepwell.staffing.models import TimeOff
from keepwell.staffing.verbs.absence import give_back_time_off

PERMIT = "settings.people"
FORMS: dict[str, type[Any]] = {
    "roles": RolesForm,
    "work": WorkForm,
    "skills": SkillsForm,
    "teams": TeamsForm,
    "time-off": DaysOffForm,
    "erasure": ErasureForm,
}


@require_safe
@needs(PERMIT)
def people(request: HttpRequest) -> HttpResponse:
    words = words_of(request)
    closed = request.GET.get("state") == "closed"
    rows = staff_rows(words=words, is_active=not closed)
    if closed:
        rows = rows.filter(erased_at__isnull=True)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    given = {"page": found, "words": words, "closed": closed}
    return render(request, "desk/settings/people.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_person(request: HttpRequest) -> HttpResponse:
    def add(wanted: Any) -> None:
        added.append(add_person(**wanted, by=reader(request)))

    added: list[User] = []
    form = PersonForm(posted(request))
    people_url = reverse("desk:people")
    around = FormPage(
        title=_("Somebody new"),
        about=_(
            "Tell the person to choose “I forgot my password” at the sign-in: a link to set one is sent."
        ),
        save=_("Add"),
        back=people_url,
        done=_("Added."),
        trail=[(_("People"), people_url), (_("Somebody new"), "")],
        template="desk/settings/form_page.html",
    )
    response = form_page(request, form, around, add)
    return redirect("desk:person", pk=added[0].pk) if added else response


@require_safe
@needs(PERMIT)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, _staff_member(pk), {})


@require_POST
@needs(PERMIT)
def person_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Saves one part of the page; what could not be saved is shown with everything else around it."""
    if part not in FORMS:
        raise Http404
    user = _staff_member(pk)
    form = FORMS[part](user, request.POST)
    if done(form, lambda _wanted: PARTS[part](user, form, reader(request))):
        say_next(request, _("Saved."))
        return redirect("desk:people" if part == "erasure" else _href(user))
    return _person_page(request, user, {part: form})


@require_POST
@needs(PERMIT)
def person_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the person's sign-in, or opens it again."""
    user = _staff_member(pk)
    if request.POST.get("open"):
        reactivate(user, by=reader(request))
        say_next(request, _("Can sign in again."))
    else:
        deactivate(user, by=reader(request))
        say_next(request, _("Cannot sign in any more."))
    return redirect(_href(user))


@require_POST
@needs(PERMIT)
def time_off_back(request: HttpRequest, pk: int, time_off: int) -> HttpResponse:
    user = _staff_member(pk)
    give_back_time_off(get_object_or_404(TimeOff, pk=time_off, user=user), by=reader(request))
    say_next(request, _("Removed."))
    return redirect(_href(user))


def _staff_member(pk: int) -> User:
    rows = User.objects.filter(grants__role__in=STAFF_ROLES, erased_at__isnull=True).distinct()
    return get_object_or_404(rows, pk=pk)


def _href(user: User) -> str:
    return reverse("desk:person", args=[user.pk])


def _person_page(request: HttpRequest, user: User, bound: dict[str, forms.Form]) -> HttpResponse:
    today = clock.now().date()
    shown = {name.replace("-", "_"): bound.get(name) or form(user) for name, form in FORMS.items()}
    given = {
        "person": user,
        "forms": shown,
        "time_off": user.time_off.filter(ends_on__gte=today),
        "trail": [(_("People"), reverse("desk:people")), (user.name or user.email, "")],
    }
    return render(request, "desk/settings/person.html", given, status=422 if bound else 200)
