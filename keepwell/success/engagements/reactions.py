"""What engagements do when something is recorded: wishes, answers by mail, people merged or erased."""

from __future__ import annotations

from keepwell.channels.email.calendar_answers import CalendarAnswer, answers_taken_by
from keepwell.customers.models import Contact
from keepwell.enquiries.models import Enquiry
from keepwell.enquiries.models import State as EnquiryState
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded
from keepwell.success.engagements.answering import take_answer
from keepwell.success.engagements.asked_for import (
    begin_what_was_asked,
    call_off_what_was_asked,
    settle_the_wish,
    take_the_wish,
)
from keepwell.success.engagements.forgetting import forget_contacts, forget_person, join_contacts
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.verbs.cadences import plan_next


@on("enquiry.asked")
def a_wish_becomes_an_engagement(entry: Entry) -> None:
    begin_what_was_asked(Enquiry.objects.get(pk=entry.fact("enquiry")), at=entry.occurred_at)


@on("enquiry.withdrawn")
def a_wish_is_taken_back(entry: Entry) -> None:
    call_off_what_was_asked(entry.fact("enquiry"), at=entry.occurred_at)


@on("engagement.offered")
def the_wish_is_in_hand(entry: Entry) -> None:
    take_the_wish(_of(entry), at=entry.occurred_at)


@on("engagement.scheduled")
def the_wish_is_met(entry: Entry) -> None:
    settle_the_wish(_of(entry), EnquiryState.DONE, at=entry.occurred_at)


@on("engagement.declined", "engagement.cancelled")
def the_wish_is_declined(entry: Entry) -> None:
    settle_the_wish(_of(entry), EnquiryState.DECLINED, at=entry.occurred_at)


@on("engagement.held", "engagement.missed", "engagement.declined", "engagement.cancelled")
def the_next_of_its_cadence_is_planned(entry: Entry) -> None:
    cadence = _of(entry).cadence
    if cadence is not None:
        plan_next(cadence, at=entry.occurred_at)


@on("contact.merged")
def both_are_one_wherever_they_take_part(entry: Entry) -> None:
    join_contacts(entry.facts["merged"], entry.facts["into"])


@on("contact.erased")
def the_words_of_a_contact_go(entry: Entry) -> None:
    forget_contacts(entry.facts["identities"], by=Recorded(entry.actor_ref), at=entry.occurred_at)


@on("person.erased", "person.deactivated")
def his_calendars_go(entry: Entry) -> None:
    for person in entry.ids_of("person"):
        forget_person(person)


@answers_taken_by
def an_answer_by_calendar(answer: CalendarAnswer, contact: Contact | None) -> bool:
    return take_answer(answer, contact)


def _of(entry: Entry) -> Engagement:
    return Engagement.objects.select_related("cadence", "host").get(pk=entry.fact("engagement"))
