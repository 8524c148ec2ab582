"""A side thread at its worst: ten who are asked, no name that breaks, and half of it not delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from keepwell.cases.models import Case
from keepwell.conversations.words import Words
from keepwell.files.verbs.storing import store
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.side_threads.asked import Asked
from keepwell.side_threads.heard import Heard
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.verbs.answering import answer
from keepwell.side_threads.verbs.beginning import begin
from keepwell.side_threads.verbs.failing import fail
from keepwell.side_threads.verbs.receiving import receive
from prove.look.long_words import long

BY = System("prove")
ASKED = 10
WORDS = "{word}\n\n| {word} | {word} |\n|---|---|\n| 1 | {word} |\n"


def ask_outside_at_its_worst(case: Case, worker: User, at: datetime) -> None:
    """Asked and answered, by one who was asked and by one who was not."""
    file = ContentFile(b"what was measured", name=f"{long('Messprotokoll', 2, 190)}.txt")
    words = WORDS.format(word=long("unbreakable", 3, 180))
    asked = tuple(_somebody(number) for number in range(ASKED))
    question = NewSideThread(
        asked=asked,
        subject=long("Rechenzentrumsverfügbarkeit", 0, 250),
        words=Words(body=words, attachments=[store(file, by=worker, at=at)]),
    )
    began_at = at - timedelta(hours=9)
    thread = begin(case, question, by=worker, at=began_at)
    for delivery in thread.messages.get().deliveries.order_by("pk")[: ASKED // 2]:
        fail(delivery, by=BY, at=began_at + timedelta(minutes=1))
    first = thread.parties.order_by("pk")[0]
    said = Heard(words=Words(body=words, channel="email"), party=first, address=first.address)
    receive(thread, said, by=BY, at=began_at + timedelta(hours=1))
    answer(thread, Words(body=words), by=worker, at=began_at + timedelta(hours=2))
    name = long("Stellvertreter", 1, 200)
    unsure = Heard(words=said.words, address=asked[1].address, name=name, is_unconfirmed=True)
    receive(thread, unsure, by=BY, at=began_at + timedelta(hours=3))


def _somebody(number: int) -> Asked:
    address = f"{long('rechenzentrum', number, 60)}@{'rechenzentrum' * 4}.{'betrieb' * 8}.example"
    return Asked(address=address, name=long("Bereitschaftsleitung", number, 200))
