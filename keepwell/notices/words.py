"""A notice in a sentence, with its icon, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from keepwell.notices.happenings import Happening, Way
from keepwell.notices.matters import PLACES
from keepwell.notices.models import Notice
from keepwell.service_levels.models.policy import Metric

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said when it happens, and what it is called where one chooses; tone as of a chip."""

    words: Words
    chosen_as: Words
    icon: str
    tone: str = ""


SAID: Mapping[Happening, Said] = {
    Happening.CALLED: Said(
        words=_("You are on call: look at it"),
        chosen_as=_("I am on call and a case of High asks for me (always, at night too)"),
        icon="phone-call",
        tone="bad",
    ),
    Happening.CALL_UNANSWERED: Said(
        words=_("Nobody on call answered"),
        chosen_as=_("Nobody on call answered for a case of High, or nobody is on call (leads)"),
        icon="phone-missed",
        tone="bad",
    ),
    Happening.HIGH_ARRIVED: Said(
        words=_("A case of High"),
        chosen_as=_("A case of High arrives at my team, or one becomes High"),
        icon="siren",
        tone="bad",
    ),
    Happening.ASSIGNED: Said(
        words=_("Yours to work on"), chosen_as=_("A case is given to me"), icon="user-check"
    ),
    Happening.ANSWERED: Said(
        words=_("The customer wrote"), chosen_as=_("A customer writes on my case"), icon="message-square"
    ),
    Happening.ANSWERED_ASIDE: Said(
        words=_("Somebody outside answered"),
        chosen_as=_("Somebody whom I asked outside, or who was asked on my case, answers"),
        icon="messages-square",
    ),
    Happening.NOTED: Said(
        words=_("Somebody noted"), chosen_as=_("A colleague notes on my case"), icon="sticky-note"
    ),
    Happening.HAND_OFF_ASKED: Said(
        words=_("Your team is asked to take it over"),
        chosen_as=_("My team is asked to take a case over"),
        icon="arrow-up-right",
        tone="warn",
    ),
    Happening.HAND_OFF_RETURNED: Said(
        words=_("It comes back to you"),
        chosen_as=_("A case that I handed over comes back"),
        icon="corner-down-left",
        tone="warn",
    ),
    Happening.DUE_SOON: Said(
        words=_("Due soon"),
        chosen_as=_("A promise on my case is about to be missed"),
        icon="timer",
        tone="warn",
    ),
    Happening.MISSED: Said(
        words=_("Missed"), chosen_as=_("A promise on my case was missed"), icon="timer-off", tone="bad"
    ),
    Happening.NOT_DELIVERED: Said(
        words=_("What you wrote could not be delivered"),
        chosen_as=_("A message of mine could not be delivered"),
        icon="mail-x",
        tone="bad",
    ),
    Happening.MAIL_HELD: Said(
        words=_("A mail needs somebody to look at it"),
        chosen_as=_("A mail needs somebody to look at it"),
        icon="mail-question-mark",
    ),
    Happening.WROTE: Said(
        words=_("The customer wrote"),
        chosen_as=_("A customer answers a letter or an enquiry of mine, or writes about a road map"),
        icon="message-square",
    ),
    Happening.DID: Said(
        words=_("The customer did his part"),
        chosen_as=_("A customer answers an invitation, agrees, confirms, or does what was his to do"),
        icon="user-check",
        tone="good",
    ),
    Happening.SIGNALLED: Said(
        words=_("A signal"), chosen_as=_("A signal is opened that I am to look at"), icon="radar", tone="warn"
    ),
    Happening.HAND_OVER_ASKED: Said(
        words=_("An account is to be yours"),
        chosen_as=_("I am asked to take an account over"),
        icon="arrow-up-right",
        tone="warn",
    ),
    Happening.HAND_OVER_RETURNED: Said(
        words=_("A hand-over comes back"),
        chosen_as=_("An account that I hand over comes back"),
        icon="corner-down-left",
        tone="warn",
    ),
}
# What exactly a customer did.
DID: Mapping[str, Words] = {
    "road_map.commented": _("Wrote about the road map"),
    "road_map.agreed": _("Agreed to the road map"),
    "value_claim.confirmed": _("Confirmed what a goal was worth"),
    "value_claim.disputed": _("Does not confirm what a goal was worth"),
    "action_item.moved": _("Moved an action of the road map"),
    "review.accepted": _("Accepted the system review"),
    "engagement.scheduled": _("Chose a time for a meeting"),
    "engagement.declined": _("Does not want a meeting"),
    "engagement.rated": _("Rated a meeting"),
    "engagement_action.done": _("Did what was to be done after a meeting"),
    "attendee.answered": _("Answered an invitation"),
}
WAY_WORDS: Mapping[Way, Words] = {
    Way.BELL: _("Bell"),
    Way.MAIL: _("Mail"),
    Way.PUSH: _("Devices"),
}
METRICS = dict(Metric.choices)


def said_of(notice: Notice) -> Said:
    return SAID[Happening(notice.happening)]


def words_of(notice: Notice) -> Words:
    """What happened: Due soon: Initial contact."""
    said, metric = DID.get(notice.entry.kind, said_of(notice).words), METRICS.get(notice.entry.fact("metric"))
    return format_lazy("{said}: {metric}", said=said, metric=metric) if metric else said


def title_of(notice: Notice) -> str:
    """The case by number and subject, else the account; "" for what is about neither."""
    if notice.case:
        return f"#{notice.case.number} {notice.case.subject}"
    return notice.account.name if notice.account else ""


def address_of(notice: Notice) -> str:
    """Where to look at it, or to answer where one is asked, as a path."""
    if notice.happening == Happening.CALLED:
        return f"/desk/call-outs/{notice.entry.fact('call_out')}/"
    if notice.happening == Happening.MAIL_HELD:
        return "/desk/mail/"
    if notice.noun:
        return f"/desk/notices/{notice.pk}/"
    if notice.case is None:
        return "/desk/today/"
    aside = notice.entry.fact("side_thread")
    return f"/desk/cases/{notice.case.number}/" + (f"side-threads/{aside}/" if aside else "")


def place_of(notice: Notice) -> str:
    """Where the thing itself is looked at, as a path: past it goes whoever is to have read the notice."""
    place = PLACES.get(notice.noun)
    return place.format(notice.thing) if place else address_of(notice)
