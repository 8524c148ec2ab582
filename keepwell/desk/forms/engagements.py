"""What is filled in about engagements."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keepwell.calendars.models import WorkingCalendar
from keepwell.contracts.models import Contract
from keepwell.customers.models import Account, Contact
from keepwell.customers.queries import contacts_visible_to
from keepwell.desk.forms.unchanged import UnchangedForm
from keepwell.kit import clock, wording
from keepwell.kit.moment_field import MomentField
from keepwell.people.models import User
from keepwell.staffing.queries import staff
from keepwell.success.engagements.models import Engagement, Kind, NoteKind, Outcome, Side, Way
from keepwell.success.engagements.new_engagement import LONGEST_MINUTES, SHORTEST_MINUTES
from keepwell.success.engagements.proposing import proposal, zone_of
from keepwell.success.engagements.queries import hosts
from keepwell.success.engagements.recurring import HALF_YEARLY, MONTHLY, QUARTERLY, YEARLY
from keepwell.success.engagements.verbs.writing import Details

# How long before the day that is wanted times are looked for.
BEFORE_WANTED = timedelta(days=3)
A_WEEK = timedelta(days=7)


def _minutes(**given: Any) -> forms.IntegerField:
    least, most = SHORTEST_MINUTES, LONGEST_MINUTES
    return forms.IntegerField(label=_("Minutes"), min_value=least, max_value=most, **given)


def _day(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **given)


class _OfAccount(forms.Form):
    """A form about people of one account; `of_account` are those who can be chosen."""

    def __init__(self, data: Any, *, account: Account, reader: User, **given: Any) -> None:
        super().__init__(data, **given)
        rows = contacts_visible_to(reader).filter(account=account, erased_at__isnull=True)
        self.of_account = rows.prefetch_related("addresses").order_by("name", "pk")


class NewEngagementForm(_OfAccount):
    """What we propose to a customer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    subject = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the kind.")
    )
    host = forms.ModelChoiceField(label=_("Held by"), queryset=User.objects.none(), required=False)
    wanted_on = _day(_("About when"), required=False)
    lasts_minutes = _minutes(initial=60)
    contacts = forms.ModelMultipleChoiceField(
        label=_("Who takes part"),
        queryset=Contact.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The customer reads it."),
    )

    def __init__(self, data: Any, *, account: Account, reader: User) -> None:
        super().__init__(data, account=account, reader=reader, initial={"host": reader.pk})
        fields: Any = self.fields
        fields["host"].queryset = hosts()
        fields["contacts"].queryset = self.of_account


class DetailsForm(UnchangedForm):
    texts = ("subject", "place", "agenda")
    subject = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the kind.")
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=300,
        required=False,
        help_text=_("A room, a number or the link to a call."),
    )
    wanted_on = _day(_("About when"), required=False)
    lasts_minutes = _minutes()
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The customer reads it, and it stands in the invitation."),
    )

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        names = ("subject", "place", "wanted_on", "lasts_minutes", "agenda")
        super().__init__(data, initial={name: getattr(engagement, name) for name in names})
        if engagement.starts_at is not None:
            # How long it takes goes with its time.
            del self.fields["lasts_minutes"], self.fields["wanted_on"]
        self.engagement = engagement

    def details(self) -> Details:
        wanted = self.cleaned_data
        return Details(
            subject=wanted["subject"],
            place=wanted["place"],
            agenda=wanted["agenda"],
            wanted_on=wanted.get("wanted_on", self.engagement.wanted_on),
            lasts_minutes=wanted.get("lasts_minutes", self.engagement.lasts_minutes),
        )


class TimesForm(_OfAccount):
    """Free times to offer, and whom to; the times are worked out anew each time."""

    times = forms.MultipleChoiceField(
        label=_("Which times"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one time at least.")},
    )
    contacts = forms.ModelMultipleChoiceField(
        label=_("Who may choose"),
        queryset=Contact.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one person at least.")},
    )

    def __init__(self, data: Any, *, engagement: Engagement, reader: User, after: datetime | None) -> None:
        asked = engagement.attendees.filter(removed_at=None, contact__isnull=False)
        initial = {"contacts": list(asked.values_list("contact", flat=True))}
        super().__init__(data, account=engagement.account, reader=reader, initial=initial)
        now = clock.now()
        self.found = proposal(engagement, now=now, earliest=after or _before_wanted(engagement))
        zone, here = zone_of(engagement.account), timezone.get_current_timezone()
        fields: Any = self.fields
        fields["times"].choices = [
            (begins.isoformat(), _both_walls(begins, now, here, zone)) for begins, _ends in self.found
        ]
        fields["times"].initial = [begins.isoformat() for begins, _ends in self.found]
        fields["contacts"].queryset = self.of_account

    def chosen(self) -> list[tuple[datetime, datetime]]:
        return [span for span in self.found if span[0].isoformat() in self.cleaned_data["times"]]


class TimeForm(forms.Form):
    """The time that was agreed, on the reader's wall."""

    starts_at = MomentField(label=_("Begins"))
    minutes = _minutes()

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        initial = {"starts_at": engagement.starts_at, "minutes": engagement.lasts_minutes}
        super().__init__(data, initial=initial)


class HostForm(forms.Form):
    host = forms.ModelChoiceField(label=_("Held by"), queryset=User.objects.none())

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        super().__init__(data, initial={"host": engagement.host_id or reader.pk})
        field: Any = self.fields["host"]
        field.queryset = hosts()


class PeopleForm(_OfAccount):
    """Somebody of either side who takes part."""

    contact = forms.ModelChoiceField(
        label=_("Of the customer"), queryset=Contact.objects.none(), required=False, empty_label=_("Nobody")
    )
    colleague = forms.ModelChoiceField(
        label=_("Of ours"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        super().__init__(data, account=engagement.account, reader=reader)
        fields: Any = self.fields
        fields["contact"].queryset = self.of_account
        fields["colleague"].queryset = staff()


class SharedNotesForm(UnchangedForm):
    texts = ("words",)
    words = forms.CharField(
        label=_("Notes"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The customer reads them."),
    )

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        super().__init__(data, initial={"words": engagement.shared_notes})


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("For us alone"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No customer ever sees it."),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=NoteKind, initial=NoteKind.NOTE)

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        is_before = engagement.is_ahead
        kind = NoteKind.PREPARATION if is_before else NoteKind.NOTE
        super().__init__(data, initial={"kind": kind})


class ActionForm(_OfAccount):
    """What is to be done; of the customer by a side or somebody, of ours by somebody."""

    what = forms.CharField(label=_("What"), max_length=500)
    who = forms.ChoiceField(label=_("Who"))
    due_on = _day(_("Until"))

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        today = timezone.localdate(clock.now())
        initial = {"who": f"user:{reader.pk}", "due_on": today + A_WEEK}
        super().__init__(data, account=engagement.account, reader=reader, initial=initial)
        self.people: dict[str, dict[str, Any]] = {"theirs:": {"side": Side.THEIRS}}
        self.people |= {f"user:{one.pk}": {"side": Side.OURS, "user": one} for one in staff()}
        self.people |= {f"contact:{one.pk}": {"side": Side.THEIRS, "contact": one} for one in self.of_account}
        ours = [(key, str(given["user"])) for key, given in self.people.items() if "user" in given]
        theirs = [(key, str(given["contact"])) for key, given in self.people.items() if "contact" in given]
        field: Any = self.fields["who"]
        field.choices = [(_("We"), ours), (_("The customer"), [("theirs:", _("Not said who")), *theirs])]

    def owner(self) -> dict[str, Any]:
        return self.people[self.cleaned_data["who"]]


class ClosingForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome, widget=forms.RadioSelect)
    is_nothing_next = forms.BooleanField(
        label=_("Nothing is to be done next"),
        required=False,
        help_text=_("Otherwise an action stands open here."),
    )
    minutes_used = forms.IntegerField(
        label=_("Minutes that count"),
        required=False,
        min_value=0,
        max_value=24 * 60,
        help_text=_("Of hours that were paid for ahead; empty where none do."),
    )
    contract = forms.ModelChoiceField(
        label=_("Taken from the hours of"),
        queryset=Contract.objects.none(),
        required=False,
        empty_label=_("No contract"),
    )

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        super().__init__(data)
        field: Any = self.fields["contract"]
        field.queryset = Contract.objects.visible_to(reader).filter(account=engagement.account)


class SureForm(forms.Form):
    """Nothing to fill in: that it is sent is the answer."""

    def __init__(self, data: Any, *, engagement: Engagement, reader: User) -> None:
        super().__init__(data)


class LogForm(_OfAccount):
    """A call, a meeting or a note in a few words: one line of fields, sent with Enter."""

    way = forms.ChoiceField(label=_("What it was"), choices=Way)
    contact = forms.ModelChoiceField(
        label=_("With whom"), queryset=Contact.objects.none(), required=False, empty_label=_("Not said")
    )
    happened_at = MomentField(label=_("When"), required=False, help_text=_("Empty: just now."))
    words = forms.CharField(label=_("In a few words"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, account: Account, reader: User) -> None:
        super().__init__(data, account=account, reader=reader)
        field: Any = self.fields["contact"]
        field.queryset = self.of_account


class CadenceForm(forms.Form):
    """How often; a rule in the words of calendars where none of the four will do."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    often = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (MONTHLY, _("Every month")),
            (QUARTERLY, _("Every three months")),
            (HALF_YEARLY, _("Every six months")),
            (YEARLY, _("Every year")),
            ("", _("By a rule of its own")),
        ],
        initial=QUARTERLY,
        required=False,
    )
    rule = forms.CharField(
        label=_("Its own rule"),
        required=False,
        max_length=200,
        help_text=_("As in FREQ=MONTHLY;BYDAY=2TU: the second Tuesday of each month."),
    )
    starts_on = _day(_("First about"))
    lasts_minutes = _minutes(initial=60)
    host = forms.ModelChoiceField(label=_("Held by"), queryset=User.objects.none())

    def __init__(self, data: Any, *, reader: User) -> None:
        super().__init__(data, initial={"host": reader.pk})
        field: Any = self.fields["host"]
        field.queryset = hosts()


class MeetingHoursForm(forms.Form):
    calendar = forms.ModelChoiceField(
        label=_("Week and closed days"),
        queryset=WorkingCalendar.objects.order_by("name"),
        required=False,
        empty_label=_("Monday to Friday, 8 to 17"),
        help_text=_("A calendar of the settings, read on the customer's own wall."),
    )


class BusyCalendarForm(forms.Form):
    address = forms.CharField(
        label=_("Its address"),
        max_length=2000,
        help_text=_("The secret address that your calendar gives out, ending with .ics. We keep it sealed."),
        widget=forms.URLInput({"autocomplete": "off"}),
    )


def _before_wanted(engagement: Engagement) -> datetime | None:
    if engagement.wanted_on is None:
        return None
    return datetime.combine(engagement.wanted_on - BEFORE_WANTED, time(0), zone_of(engagement.account))


def _both_walls(at: datetime, now: datetime, here: Any, there: Any) -> str:
    ours, theirs = wording.moment(at, now, here), wording.moment(at, now, there)
    if ours == theirs:
        return ours
    return _("%(ours)s (there %(theirs)s)") % {"ours": ours, "theirs": theirs}
