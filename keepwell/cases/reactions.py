"""What a message that came in, left or failed does to its case, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from keepwell.cases.at_hand import case_at_hand
from keepwell.cases.changing import tell, write
from keepwell.cases.ending import count_turns_again
from keepwell.cases.locking import allows
from keepwell.cases.models import Case, Intention
from keepwell.cases.resolution import Resolution
from keepwell.cases.states import AFTER, ENDED_STATES, State, after_contact, after_customers_word
from keepwell.cases.verbs.erasing import erase_words_of_contacts
from keepwell.cases.verbs.placing import confirm_sender
from keepwell.cases.verbs.reopening import reopen_locked
from keepwell.cases.verbs.replying import ACTS
from keepwell.cases.verbs.resolving import resolve_locked
from keepwell.cases.verbs.snoozing import wake_locked
from keepwell.cases.verbs.waiting import take_back_locked, wait_for_customer_locked
from keepwell.cases.windows import is_within
from keepwell.cases.words import IntendedAct
from keepwell.conversations.models import Direction, Message
from keepwell.conversations.models.message import READABLE_STATES
from keepwell.customers.models import Contact
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded, System

BY_MAIL = System("email").actor_ref


@on("message.received")
def the_customer_wrote(entry: Entry) -> None:
    """A wait has an end, a sleeping case wakes, an ended one within its window is reopened."""
    case = _case_of(entry)
    if case is None:
        return
    by, at = Recorded(entry.actor_ref), entry.occurred_at
    if case.state in ENDED_STATES:
        count_turns_again(case, since=at)
    _note_word(case, Direction.IN, at, after_customers_word(case.state))
    if case.is_spam or case.is_merged:
        return
    wake_locked(case, by=by, at=at)
    if case.state in ENDED_STATES and is_within(at, case.reopenable_until_at):
        reopen_locked(case, by=by, at=at, message=entry.fact("message"))


@on("message.sent")
def we_answered(entry: Entry) -> None:
    """A new case is open, and what was to follow the answer is done. What the product wrote is no answer."""
    case = None if entry.fact("automatic") else _case_of(entry)
    if case is None:
        return
    _note_word(case, Direction.OUT, entry.occurred_at, after_contact(case.state))
    for intention in Intention.objects.filter(message=entry.fact("message")):
        _carry_out(intention, case, entry)
        intention.delete()


@on("message.undone")
def the_answer_was_taken_back(entry: Entry) -> None:
    Intention.objects.filter(message=entry.fact("message")).delete()


@on("message.failed")
def the_answer_did_not_arrive(entry: Entry) -> None:
    """A wait for what it asked is over. Whoever read the case before has to look again."""
    case = _case_of(entry)
    if case is None:
        return
    message = entry.fact("message")
    if _question_waited_for(case) == message:
        take_back_locked(case, by=Recorded(entry.actor_ref), at=entry.occurred_at, message=message)
    else:
        write(case, entry.occurred_at, {})


@on("address.confirmed")
def the_sender_is_who_he_says(entry: Entry) -> None:
    """Somebody showed that an address is his: the cases he sent from it unproven are his.

    A proven mail shows that of itself alone: what others sent in his name before does not become his.
    """
    if entry.actor_ref == BY_MAIL:
        return
    contacts = entry.ids_of("contact")
    his = Q(contact__in=contacts) | Q(contact__merged_into__in=contacts)
    unverified = Case.objects.filter(his, is_verified_sender=False, merged_into=None)
    for case in unverified.select_related("contact").order_by("pk"):
        confirm_sender(case, by=Contact.objects.get(pk=case.contact_id), at=entry.occurred_at)


@on("message.moved")
def the_last_word_is_another(entry: Entry) -> None:
    """Where it was, and where it is now."""
    for case in (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .filter(conversation__in=entry.ids_of("conversation"))
        .order_by("pk")
    ):
        said = Message.objects.filter(conversation=case.conversation_id, state__in=READABLE_STATES)
        last = said.order_by("happened_at", "pk").last()
        columns = {
            "last_message_at": last.happened_at if last else None,
            "last_message_direction": last.direction if last else "",
        }
        write(case, entry.occurred_at, columns)


@on("contact.erased")
def the_words_of_a_contact_go(entry: Entry) -> None:
    erase_words_of_contacts(entry.facts["identities"], by=Recorded(entry.actor_ref), at=entry.occurred_at)


def _case_of(entry: Entry) -> Case | None:
    """The locked case whose conversation the message is in; None for messages of something else."""
    conversations = entry.ids_of("conversation")
    if case := case_at_hand(conversations):
        return case
    cases = Case.objects.select_for_update(of=("self",), no_key=True)
    return cases.filter(conversation__in=conversations).first()


def _question_waited_for(case: Case) -> int | None:
    """The message whose answer the case waits for; None if it does not wait, or nothing was asked with it."""
    if case.state != State.WAITING_ON_CUSTOMER:
        return None
    began = Entry.objects.about("case", case.pk).of_kinds(("case.wait_began",)).last()
    return began.fact("message") if began else None


def _note_word(case: Case, direction: Direction, at: datetime, state: State) -> None:
    columns: dict[str, Any] = {}
    if case.last_message_at is None or at >= case.last_message_at:
        columns = {"last_message_at": at, "last_message_direction": direction.value}
    if state != case.state:
        columns |= {"state": state.value, "state_changed_at": at}
    write(case, at, columns)


def _carry_out(intention: Intention, case: Case, entry: Entry) -> None:
    by, at, message = Recorded(entry.actor_ref), entry.occurred_at, entry.fact("message")
    act = IntendedAct(intention.verb)
    if case.state == AFTER[ACTS[act]]:
        return
    if _is_overtaken(case, message) or not allows(case, ACTS[act]):
        facts = {"verb": act.value, "message": message}
        write(case, at, {})
        tell(case, "case.intention_dropped", by=by, at=at, facts=facts)
    elif act == IntendedAct.RESOLVE:
        resolve_locked(case, Resolution(message=message, **intention.arguments), by=by, at=at)
    else:
        wait_for_customer_locked(case, by=by, at=at, message=message)


def _is_overtaken(case: Case, message: int) -> bool:
    """Whether the customer wrote after the answer was written: then it does not answer all he said."""
    later = Message.objects.filter(conversation=case.conversation_id, pk__gt=message, direction=Direction.IN)
    return later.exists()
