"""What can be done with a case just now by this reader."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.cases.models import Case
from keepwell.desk.registry import CaseAct, entries_for
from keepwell.kit.addresses import address
from keepwell.people.models import User


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An act as a link to its form."""

    name: str
    words: str
    icon: str
    key: str
    href: str


def acts_of(who: User, case: Case, *, is_main: bool) -> list[Offered]:
    """What is permitted, and what the case stands for; what cannot be done is not offered."""
    return [
        Offered(
            name=act.name,
            words=str(act.words),
            icon=act.icon,
            key=act.key,
            href=address(act.url_name, case.number),
        )
        for act in entries_for(who, CaseAct)
        if act.is_main == is_main and act.is_offered(who, case)
    ]
