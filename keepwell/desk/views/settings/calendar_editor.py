"""The editor of a calendar: what is filled in stands in the form, and nothing holds until it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.effects import year_ahead
from keepwell.calendars.models import CalendarVersion, WorkingCalendar
from keepwell.calendars.proposals import ClosedDay, days_of_calendar_file, public_holidays
from keepwell.calendars.verbs.publishing import publish_version
from keepwell.calendars.working_time import CalendarError, WorkingTime, WorkingTimeError
from keepwell.desk.access import needs, reader
from keepwell.desk.forms.calendars import ProposalForm, WeekForm, WhenForm, days_formset, with_proposals
from keepwell.desk.views.settings.calendars import PERMIT, calendar_error_words
from keepwell.desk.year_picture import hours_words, year_picture
from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.service_levels.calendar_effects import effect_of

FILE_BYTES_AT_MOST = 1_000_000


@dataclass
class Draft:
    """A version as it is being filled in; `said` stands above the form, `preview` is what it would do."""

    calendar: WorkingCalendar
    base: CalendarVersion
    since: date
    week: WeekForm
    days: Any
    when: WhenForm
    propose: ProposalForm
    said: str = ""
    error: str = ""
    preview: dict[str, Any] | None = None

    def is_valid(self) -> bool:
        return all([self.week.is_valid(), self.days.is_valid(), self.when.is_valid()])

    def mapping(self) -> dict[str, Any]:
        """What would be published. Dates that are over are carried along as they were."""
        past = {on: h for on, h in self._exceptions().items() if on < self.since.isoformat()}
        by_date, names = self.days.exceptions()
        return {
            "timezone": self.week.cleaned_data["timezone"],
            "hours": self.week.hours(),
            "exceptions": {**past, **by_date},
            "names": {**{on: self.base.names[on] for on in past if on in self.base.names}, **names},
        }

    def _exceptions(self) -> dict[str, Any]:
        return dict(self.base.mapping.get("exceptions", {}))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def edit_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Fills in, proposes, shows what would change, or publishes: as the button pressed says."""
    now = clock.now()
    draft = _draft(request, get_object_or_404(WorkingCalendar, pk=pk), now)
    if request.method != "POST":
        return _editor(request, draft, status=200)
    is_valid = draft.is_valid()
    act = ACTS.get(request.POST.get("act", ""), _preview)
    if is_valid and act(request, draft, now):
        say_next(request, _("Published. Promises that run keep the hours they began under."))
        return redirect("desk:calendar", pk=pk)
    return _editor(request, draft, status=422 if draft.error or not is_valid else 200)


@require_safe
@needs(PERMIT)
def subdivision_choices(request: HttpRequest) -> HttpResponse:
    """The parts of the country in the address, as the select of the proposal form."""
    return render(request, "desk/settings/_subdivisions.html", {"propose": ProposalForm(request.GET)})


def _draft(request: HttpRequest, found: WorkingCalendar, now: datetime) -> Draft:
    base = found.versions.latest("number")
    since = now.astimezone(working_time_of(base).zone).date()
    data = request.POST if request.method == "POST" else None
    return Draft(
        calendar=found,
        base=base,
        since=since,
        week=WeekForm(data, mapping=base.mapping),
        days=days_formset(data, mapping=base.mapping, names=base.names, since=since),
        when=WhenForm(data),
        propose=ProposalForm(data, request.FILES or None),
    )


def _propose(request: HttpRequest, draft: Draft, now: datetime) -> bool:
    """Adds the proposed days to the rows; people take away what does not hold for them."""
    before = len(draft.days.kept())
    try:
        proposed = _proposed(draft, request)
    except Refused as refusal:
        draft.error = str(refusal)
        return False
    draft.days = with_proposals(draft.days, proposed, draft.since)
    added = draft.days.initial_form_count() - before
    words = ngettext("%(count)s day added below.", "%(count)s days added below.", added)
    draft.said = words % {"count": added} if added else _("Nothing to add: these days stand below already.")
    return False


def _proposed(draft: Draft, request: HttpRequest) -> list[ClosedDay]:
    years = range(draft.since.year, draft.since.year + 2)
    if file := request.FILES.get("propose-file"):
        return days_of_calendar_file(file.read(FILE_BYTES_AT_MOST), years)
    if not draft.propose.is_valid() or not draft.propose.cleaned_data["country"]:
        raise Refused(_("Choose a country, or a calendar file. Nothing was added."))
    place = draft.propose.cleaned_data
    return public_holidays(place["country"], place["subdivision"] or None, years)


def _preview(request: HttpRequest, draft: Draft, now: datetime) -> bool:
    """Shows the coming year under the draft, and what would move."""
    mapping = draft.mapping()
    names = mapping.pop("names")
    try:
        after = WorkingTime.parse(mapping)
        after.next_opening(now)
        effect = effect_of(draft.calendar, working_time_of(draft.base), after, at=now)
    except WorkingTimeError as error:
        draft.error = calendar_error_words(error)  # type: ignore[arg-type]
        return False
    changed = [new.on for _old, new in effect.days]
    days = year_ahead(after, draft.since)
    draft.preview = {
        "months": year_picture(days, names=names, zone=after.zone, changed=changed),
        "days": [_changed_day(old, new, after.zone, names) for old, new in effect.days],
        "effect": effect,
    }
    return False


def _changed_day(old: Any, new: Any, zone: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "on": new.on,
        "before": hours_words(old, zone),
        "after": hours_words(new, zone),
        "name": names.get(new.on.isoformat(), ""),
    }


def _publish(request: HttpRequest, draft: Draft, now: datetime) -> bool:
    when = draft.when.cleaned_data
    try:
        publish_version(
            draft.calendar,
            draft.mapping(),
            by=reader(request),
            effective_at=when["effective_at"],
            reason=when["reason"],
        )
    except CalendarError as error:
        draft.error = calendar_error_words(error)
    except Refused as refusal:
        draft.error = str(refusal)
    return not draft.error


ACTS = {"propose": _propose, "preview": _preview, "publish": _publish}


def _editor(request: HttpRequest, draft: Draft, *, status: int) -> HttpResponse:
    calendar_url = reverse("desk:calendar", args=[draft.calendar.pk])
    trail = [
        (_("Calendars"), reverse("desk:calendars")),
        (draft.calendar.name, calendar_url),
        (_("Edit"), ""),
    ]
    given = {"draft": draft, "calendar": draft.calendar, "trail": trail, "back": calendar_url}
    return render(request, "desk/settings/calendar_editor.html", given, status=status)
