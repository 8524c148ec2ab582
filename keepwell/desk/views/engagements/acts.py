"""What can be done with an engagement: each act its form, its words and its verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.desk.access import reader
from keepwell.desk.forms import engagements as filled
from keepwell.journal.recording import caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.moment_field import FIRST_YEAR, LAST_YEAR
from keepwell.people.models import User
from keepwell.success.engagements.models import Engagement, State
from keepwell.success.engagements.refusals import EngagementRefused
from keepwell.success.engagements.states import may_be_done
from keepwell.success.engagements.verbs.acting import NewAction, add_action
from keepwell.success.engagements.verbs.attending import add_colleague, add_contact
from keepwell.success.engagements.verbs.beginning import give_to
from keepwell.success.engagements.verbs.booking import offer_times, revoke_links
from keepwell.success.engagements.verbs.ending import cancel, decline
from keepwell.success.engagements.verbs.holding import close, hold, miss
from keepwell.success.engagements.verbs.prepaid_hours import take_from_prepaid
from keepwell.success.engagements.verbs.scheduling import move, schedule
from keepwell.success.engagements.verbs.writing import change_details, note_for_us, share_notes

Words = str | Promise
Form = Callable[[Any, Engagement, HttpRequest], Any]
Do = Callable[[Engagement, Any, User], object]
Offered = Callable[[Engagement], bool]


@dataclass(frozen=True, kw_only=True)
class Act:
    """`is_offered` says whether the page has a button for it; those without stand in the page itself.

    `again` is what it is called once a time is set, where that is something else.
    """

    words: Words
    again: Words = ""
    form: Form
    do: Do
    done: Words
    icon: str = ""
    is_offered: Offered = lambda engagement: False
    is_main: bool = False
    about: Words = ""
    save: Words = ""
    kind: str = "main"
    template: str = "desk/form_page.html"


def offered_acts(engagement: Engagement) -> list[dict[str, Any]]:
    """The buttons of its page, in their order."""
    return [
        {"name": name, "act": act, "words": act.again if act.again and engagement.starts_at else act.words}
        for name, act in ACTS.items()
        if act.is_offered(engagement)
    ]


def _form(kind: Callable[..., Any]) -> Form:
    return lambda data, engagement, request: kind(data, engagement=engagement, reader=reader(request))


def _times_form(data: Any, engagement: Engagement, request: HttpRequest) -> Any:
    after = _instant(request.GET.get("after", ""))
    return filled.TimesForm(data, engagement=engagement, reader=reader(request), after=after)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo and FIRST_YEAR <= at.year <= LAST_YEAR else None


def _offer(engagement: Engagement, form: Any, by: User) -> None:
    offer_times(engagement, form.chosen(), form.cleaned_data["contacts"], by=by)


def _set_time(engagement: Engagement, form: Any, by: User) -> None:
    verb = move if engagement.state == State.SCHEDULED else schedule
    verb(engagement, form.cleaned_data["starts_at"], minutes=form.cleaned_data["minutes"], by=by)


@all_or_nothing()
def _add_people(engagement: Engagement, form: Any, by: User) -> None:
    contact, colleague = form.cleaned_data["contact"], form.cleaned_data["colleague"]
    if not contact and not colleague:
        raise EngagementRefused(_now("Choose somebody. Nothing was changed."))
    with caused_by():
        if contact:
            add_contact(engagement, contact, by=by)
        if colleague:
            add_colleague(engagement, colleague, by=by)


def _add_action(engagement: Engagement, form: Any, by: User) -> None:
    wanted = form.cleaned_data
    add_action(engagement, NewAction(what=wanted["what"], due_on=wanted["due_on"], **form.owner()), by=by)


@all_or_nothing()
def _close(engagement: Engagement, form: Any, by: User) -> None:
    wanted = dict(form.cleaned_data)
    contract = wanted.pop("contract")
    with caused_by():
        close(engagement, by=by, **wanted)
        if contract:
            take_from_prepaid(engagement, contract, by=by)


def _possible(act: str) -> Offered:
    return lambda engagement: may_be_done(act, engagement.state)


def _has_begun(engagement: Engagement) -> bool:
    begins = engagement.starts_at
    return may_be_done("hold", engagement.state) and begins is not None and begins <= clock.now()


ACTS: Mapping[str, Act] = {
    "times": Act(
        words=_("Offer times"),
        icon="calendar-plus",
        form=_times_form,
        do=_offer,
        done=_("Sent. Whoever chooses first has it."),
        is_offered=lambda engagement: (
            may_be_done("offer", engagement.state) and engagement.host_id is not None
        ),
        is_main=True,
        about=_("Each gets a link of his own by mail, and the first to choose a time has it."),
        save=_("Send"),
        template="desk/engagements/times.html",
    ),
    "time": Act(
        words=_("Set a time"),
        again=_("Move it"),
        icon="calendar-clock",
        form=_form(filled.TimeForm),
        do=_set_time,
        done=_("Set. Whoever takes part is invited by mail."),
        is_offered=lambda engagement: engagement.is_ahead and engagement.host_id is not None,
        about=_("Whoever takes part gets an invitation for his calendar, or the change of it."),
        save=_("Set and invite"),
    ),
    "holding": Act(
        words=_("It was held"),
        icon="check",
        form=_form(filled.SureForm),
        do=lambda engagement, _form, by: hold(engagement, by=by),
        done=_("Held. Close it once it is written up."),
        is_offered=_has_begun,
        is_main=True,
        about=_("Notes, actions and what came of it can be added afterwards."),
    ),
    "closing": Act(
        words=_("Close"),
        icon="circle-check",
        form=_form(filled.ClosingForm),
        do=_close,
        done=_("Closed."),
        is_offered=_possible("close"),
        is_main=True,
    ),
    "details": Act(
        words=_("Title, place and agenda"),
        icon="pencil",
        form=_form(filled.DetailsForm),
        do=lambda engagement, form, by: change_details(engagement, form.details(), by=by),
        done=_("Saved."),
        is_offered=lambda engagement: True,
        save=_("Save"),
    ),
    "host": Act(
        words=_("Who holds it"),
        icon="handshake",
        form=_form(filled.HostForm),
        do=lambda engagement, form, by: give_to(engagement, form.cleaned_data["host"], by=by),
        done=_("Saved."),
        is_offered=lambda engagement: engagement.is_ahead,
        save=_("Save"),
    ),
    "people": Act(
        words=_("Add somebody"),
        icon="user-plus",
        form=_form(filled.PeopleForm),
        do=_add_people,
        done=_("Added."),
        is_offered=lambda engagement: engagement.is_ahead,
        save=_("Add"),
    ),
    "shared-notes": Act(
        words=_("Notes for both sides"),
        icon="notebook-pen",
        form=_form(filled.SharedNotesForm),
        do=lambda engagement, form, by: share_notes(engagement, form.cleaned_data["words"], by=by),
        done=_("Saved."),
        is_offered=lambda engagement: True,
        save=_("Save"),
    ),
    "note": Act(
        words=_("Note for us"),
        form=_form(filled.NoteForm),
        do=lambda engagement, form, by: note_for_us(
            engagement, form.cleaned_data["words"], kind=form.cleaned_data["kind"], by=by
        ),
        done=_("Noted."),
        save=_("Save"),
    ),
    "action": Act(
        words=_("Add an action"),
        form=_form(filled.ActionForm),
        do=_add_action,
        done=_("Added."),
        save=_("Add"),
    ),
    "revoking": Act(
        words=_("Withdraw the links"),
        icon="link-2-off",
        form=_form(filled.SureForm),
        do=lambda engagement, _form, by: revoke_links(engagement, by=by),
        done=_("The links lead nowhere any more."),
        is_offered=lambda engagement: engagement.state == State.PROPOSED and engagement.told_at is not None,
        about=_("Nobody can choose a time any more by what he was sent."),
    ),
    "missing": Act(
        words=_("Nobody came"),
        icon="user-x",
        form=_form(filled.SureForm),
        do=lambda engagement, _form, by: miss(engagement, by=by),
        done=_("Noted."),
        is_offered=_possible("miss"),
    ),
    "declining": Act(
        words=_("Decline"),
        icon="x",
        form=_form(filled.SureForm),
        do=lambda engagement, _form, by: decline(engagement, by=by),
        done=_("Declined."),
        is_offered=_possible("decline"),
        about=_("It does not take place. Tell the customer why."),
    ),
    "cancelling": Act(
        words=_("Call it off"),
        icon="calendar-x",
        form=_form(filled.SureForm),
        do=lambda engagement, _form, by: cancel(engagement, by=by),
        done=_("Called off."),
        is_offered=lambda engagement: engagement.state == State.SCHEDULED,
        about=_("Whoever was invited is told by mail, and it leaves the calendars."),
        kind="bad-main",
    ),
}
