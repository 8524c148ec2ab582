"""What each act of a story leaves behind: rows and entries as the verb of that name writes them.

opening.py       a case comes in
answering.py     words: an answer, a note, the customer's word
handing_over.py  who works on it, at which level, how grave it is
ending.py        solved, withdrawn, opened again, closed by itself

A test plays the same stories through the verbs and holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from keepwell.operate.demo.stories import Act, Story
from keepwell.operate.load.acts import answering, ending, handing_over, opening
from keepwell.operate.load.under_way import UnderWay

# All but the first, which opens the case.
PLAYERS: dict[str, Callable[[UnderWay, Act], None]] = {
    "assign": handing_over.assign,
    "reply": answering.reply,
    "note": answering.note,
    "customer_reply": answering.customer_reply,
    "severity": handing_over.change_severity,
    "escalate": handing_over.escalate,
    "accept": handing_over.accept,
    "return": handing_over.return_,
    "withdraw": ending.withdraw,
}


def play_story(work: UnderWay, story: Story, ends_at: datetime) -> None:
    """The whole story, and what the product does by itself until `ends_at`."""
    first, *later = story.acts
    opening.open_case(work, first)
    for act in later:
        ending.close_what_stayed_solved(work, act.at)
        if act.what == "customer_reply" and not ending.takes_words(work.case, act.at):
            break  # he came too late: what comes next belongs to another case
        PLAYERS[act.what](work, act)
    ending.close_what_stayed_solved(work, ends_at)
