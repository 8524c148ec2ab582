"""What each event of a log leaves: rows and entries of the kinds that the verbs leave, without any words.

opening.py       a case comes in, or goes on as another one
answering.py     a contact, the customer's word
waiting.py       whose turn it is
handing_over.py  how grave it is, at which level and in which team
ending.py        solved, withdrawn, spam; closed, opened again

What a case cannot take where it stands, as a second solution of one that is solved, leaves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from keepwell.imports.logs.acts import answering, ending, waiting
from keepwell.imports.logs.acts.handing_over import take_place
from keepwell.imports.logs.events import Event
from keepwell.imports.logs.meanings import Happening, Standing
from keepwell.imports.logs.under_way import Player, UnderWay

PLAYERS: Mapping[str, Player] = {
    Happening.CONTACT: answering.contact,
    Happening.CUSTOMER_MESSAGE: answering.customers_word,
    Happening.WAIT: waiting.wait_for_customer,
    Happening.TAKE_BACK: waiting.take_back,
    Happening.RESOLVED: ending.resolve,
    Happening.CLOSED: ending.close,
    Happening.REOPENED: ending.reopen,
    Happening.WITHDRAWN: ending.withdraw,
    Happening.SPAM: ending.mark_spam,
}
INTO: Mapping[str, Player] = {
    Standing.NEW: ending.work_on,
    Standing.OPEN: ending.work_on,
    Standing.ANSWERED: ending.reopen_and_then(answering.answer),
    Standing.WAITING_ON_CUSTOMER: ending.reopen_and_then(waiting.wait_for_customer),
    Standing.WAITING_ON_ENGINEERING: ending.reopen_and_then(waiting.wait_for_engineering),
    Standing.RESOLVED: ending.resolve,
    Standing.CLOSED: ending.close,
    Standing.SPAM: ending.mark_spam,
}


def play(work: UnderWay, event: Event, standing_before: str) -> None:
    """What the event leaves on its case. A state acts where the log has another one than before."""
    take_place(work, event)
    if player := PLAYERS.get(event.happening):
        player(work, event.at)
    if event.standing and event.standing != standing_before:
        INTO[event.standing](work, event.at)
    take_place(work, event)


def begins_anew(work: UnderWay, event: Event, standing_before: str) -> bool:
    """Whether the event reopens a case after its window: then it goes on as another case."""
    case = work.case
    is_back = event.happening == Happening.REOPENED or (
        event.standing != standing_before and event.standing in ending.AT_WORK
    )
    is_over = case.reopenable_until_at is not None and event.at > case.reopenable_until_at
    return is_back and is_over and not case.is_spam
