"""What is filled in about calendars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import holidays
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from holidays.registry import COUNTRIES

from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.proposals import ClosedDay
from keepwell.desk.forms.hours import HoursField
from keepwell.desk.forms.names import FreeName
from keepwell.desk.forms.zones import ZoneField
from keepwell.kit.moment_field import MomentField

WEEK = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)
EMPTY_ROWS = 2
OFFICE = [["07:00", "19:00"]]


class WeekForm(forms.Form):
    """The zone and the hours of a week."""

    timezone = ZoneField(help_text=_("Daylight saving is included: 07:00 is 07:00 there, all year."))

    def __init__(self, data: Any = None, *, mapping: Mapping[str, Any] | None = None) -> None:
        said = mapping or {"hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE)}
        hours = {f"hours_{day}": said["hours"].get(day, []) for day, _words in WEEK}
        super().__init__(data, initial={"timezone": said.get("timezone", ""), **hours})
        for day, words in WEEK:
            self.fields[f"hours_{day}"] = HoursField(label=words)

    def days(self) -> list[forms.BoundField]:
        return [self[f"hours_{day}"] for day, _words in WEEK]

    def hours(self) -> dict[str, Any]:
        found = {day: self.cleaned_data.get(f"hours_{day}", []) for day, _words in WEEK}
        return {day: intervals for day, intervals in found.items() if intervals}


class NewCalendarForm(WeekForm):
    name = FreeName(WorkingCalendar.objects.all())
    field_order = ("name", "timezone")


class DayForm(forms.Form):
    """One date that differs: closed, or other hours."""

    on = forms.DateField(label=_("Date"), widget=forms.DateInput({"type": "date"}))
    hours = HoursField(label=_("Hours"))
    name = forms.CharField(label=_("What it is"), max_length=120, required=False)


class OneDateOnce(forms.BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        dates = [row.cleaned_data["on"] for row in self.kept()]
        twice = sorted({on for on in dates if dates.count(on) > 1})
        if twice:
            words = _("%(date)s stands twice. Keep one of them.")
            raise forms.ValidationError(words, params={"date": twice[0]})

    def kept(self) -> list[DayForm]:
        """The rows that were filled in and not taken away."""
        return [
            row for row in self.forms if row.cleaned_data.get("on") and not row.cleaned_data.get("DELETE")
        ]

    def exceptions(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The dates with their hours, and with their names."""
        rows = [row.cleaned_data for row in self.kept()]
        by_date = {row["on"].isoformat(): row["hours"] for row in sorted(rows, key=lambda row: row["on"])}
        return by_date, {row["on"].isoformat(): row["name"] for row in rows if row["name"]}


def days_formset(data: Any, *, mapping: Mapping[str, Any], names: Mapping[str, str], since: date) -> Any:
    """The dates from `since` on as rows, with some empty ones after them."""
    initial = [
        {"on": date.fromisoformat(on), "hours": hours, "name": names.get(on, "")}
        for on, hours in sorted(mapping.get("exceptions", {}).items())
        if on >= since.isoformat()
    ]
    formset = forms.formset_factory(
        DayForm, formset=OneDateOnce, extra=EMPTY_ROWS, can_delete=True, max_num=400, absolute_max=500
    )
    return formset(data, initial=initial, prefix="days")


def with_proposals(filled: Any, proposed: Iterable[ClosedDay], since: date) -> Any:
    """The rows as they were filled in, with the proposed days that are not among them added as closed."""
    by_date, names = filled.exceptions()
    for day in proposed:
        if day.on >= since and day.on.isoformat() not in by_date:
            by_date[day.on.isoformat()] = []
            names[day.on.isoformat()] = day.name
    return days_formset(None, mapping={"exceptions": by_date}, names=names, since=since)


class WhenForm(forms.Form):
    """From when a new version holds, and why."""

    effective_at = MomentField(
        label=_("Holds from"),
        required=False,
        help_text=_("Empty: from now on. Promises that run keep the hours they began under."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def clean_effective_at(self) -> datetime | None:
        return self.cleaned_data["effective_at"] or None


class ProposalForm(forms.Form):
    """Where closed days come from: the public holidays of a place, or a calendar file."""

    country = forms.ChoiceField(label=_("Public holidays of"), required=False)
    subdivision = forms.ChoiceField(label=_("State or province"), required=False)
    file = forms.FileField(
        label=_("Or a calendar file (.ics)"),
        required=False,
        help_text=_("Its all-day events become closed days."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="propose")
        self._choices("country", [("", _("Choose a country")), *countries()])
        self.fields["country"].widget.attrs |= {
            "hx-get": reverse_lazy("desk:subdivisions"),
            "hx-target": "#subdivisions",
        }
        asked = self.data.get("propose-country", "")
        self._choices("subdivision", [("", _("The whole country")), *subdivisions(asked)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


@lru_cache(maxsize=1)
def countries() -> list[tuple[str, str]]:
    """Codes and English names, by name, as the holidays package has them."""
    named = ((codes[1], re.sub(r"(?<=[a-z])(?=[A-Z])", " ", codes[0])) for codes in COUNTRIES.values())
    return sorted(named, key=lambda one: one[1])


@lru_cache(maxsize=64)
def subdivisions(country: str) -> list[tuple[str, str]]:
    """Codes and names of a country's parts, by name; none for a country that has none, or is not known."""
    if country not in dict(countries()):
        return []
    place = holidays.country_holidays(country)
    names = {code: name for name, code in getattr(place, "subdivisions_aliases", {}).items()}
    return sorted(((code, names.get(code, code)) for code in place.subdivisions), key=lambda one: one[1])
