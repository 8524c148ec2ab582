"""Teams and who belongs to them."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.teams import MemberForm, TeamForm
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.staffing.models import Team
from keepwell.staffing.queries import members
from keepwell.staffing.verbs.teaming import dissolve_team, form_team, join_team, leave_team

PERMIT = "settings.teams"


@require_safe
@needs(PERMIT)
def teams(request: HttpRequest) -> HttpResponse:
    active = Q(memberships__user__is_active=True)
    rows = Team.objects.filter(is_active=True).annotate(people=Count("memberships", filter=active))
    return render(request, "desk/settings/teams.html", {"teams": rows.order_by("level", "name")})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_team(request: HttpRequest) -> HttpResponse:
    back = reverse("desk:teams")
    page = FormPage(
        title=_("New team"),
        save=_("Form the team"),
        back=back,
        done=_("Team formed."),
        trail=[(_("Teams"), back), (_("New team"), "")],
        template="desk/settings/form_page.html",
    )
    form = TeamForm(posted(request))
    return form_page(request, form, page, lambda wanted: form_team(**wanted, by=reader(request)))


@require_safe
@needs(PERMIT)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    return _team_page(request, get_object_or_404(Team, pk=pk))


@require_POST
@needs(PERMIT)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Team, pk=pk, is_active=True)
    form = MemberForm(found, request.POST)
    if done(form, lambda wanted: join_team(found, wanted["user"], by=reader(request))):
        return redirect("desk:team", pk=pk)
    return _team_page(request, found, form)


@require_POST
@needs(PERMIT)
def leave(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    member = get_object_or_404(User, pk=user, memberships__team=pk)
    leave_team(get_object_or_404(Team, pk=pk), member, by=reader(request))
    return redirect("desk:team", pk=pk)


@require_POST
@needs(PERMIT)
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    dissolve_team(get_object_or_404(Team, pk=pk), by=reader(request))
    say_next(request, _("Team closed. Its past stays readable."))
    return redirect("desk:teams")


def _team_page(request: HttpRequest, found: Team, form: MemberForm | None = None) -> HttpResponse:
    given = {
        "team": found,
        "members": members(found).select_related("profile"),
        "form": form or MemberForm(found),
        "trail": [(_("Teams"), reverse("desk:teams")), (found.name, "")],
    }
    return render(request, "desk/settings/team.html", given, status=422 if form else 200)
