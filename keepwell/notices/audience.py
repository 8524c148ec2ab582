"""Who is told of what, by where he stands: a table, and one rule for all of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from keepwell.notices.happenings import Happening


class Stand(StrEnum):
    """Where somebody stands to what happened.

    WORKER has the case now, else is the customer's person; RESPONSIBLE is he, or the team's people where
    nobody has it. ASKED belong to the team that is to take it over. WRITER wrote what did not arrive, ASKER
    began the side thread that was answered. CALLED is on call and asked. KEEPER has what is about no case,
    GIVER asked for the hand-over.
    """

    WORKER = "worker"
    OWNER = "owner"
    RESPONSIBLE = "responsible"
    TEAM = "team"
    ASKED = "asked"
    WRITER = "writer"
    ASKER = "asker"
    PLACERS = "placers"
    CALLED = "called"
    LEADS = "leads"
    KEEPER = "keeper"
    GIVER = "giver"


AUDIENCE: Mapping[Happening, tuple[Stand, ...]] = {
    Happening.CALLED: (Stand.CALLED,),
    Happening.CALL_UNANSWERED: (Stand.LEADS,),
    Happening.HIGH_ARRIVED: (Stand.TEAM, Stand.WORKER),
    Happening.ASSIGNED: (Stand.WORKER,),
    Happening.ANSWERED: (Stand.WORKER,),
    Happening.ANSWERED_ASIDE: (Stand.WORKER, Stand.ASKER),
    Happening.NOTED: (Stand.WORKER, Stand.OWNER),
    Happening.HAND_OFF_ASKED: (Stand.ASKED,),
    Happening.HAND_OFF_RETURNED: (Stand.WORKER, Stand.OWNER),
    Happening.DUE_SOON: (Stand.RESPONSIBLE,),
    Happening.MISSED: (Stand.RESPONSIBLE, Stand.OWNER),
    Happening.NOT_DELIVERED: (Stand.WRITER,),
    Happening.MAIL_HELD: (Stand.PLACERS,),
    Happening.WROTE: (Stand.KEEPER,),
    Happening.DID: (Stand.KEEPER,),
    Happening.SIGNALLED: (Stand.KEEPER,),
    Happening.HAND_OVER_ASKED: (Stand.KEEPER,),
    Happening.HAND_OVER_RETURNED: (Stand.GIVER,),
}


def audience_of(
    happening: Happening, people: Mapping[Stand, Collection[int]], *, doer: int | None
) -> frozenset[int]:
    """The ids of those who are told, each once; never whoever did it himself (None: no person did)."""
    told = {person for stand in AUDIENCE[happening] for person in people.get(stand, ())}
    return frozenset(told - {doer})
