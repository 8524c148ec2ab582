"""What happens on each case of the demonstration: pure, the same for the same seed and end.

A story is a list of acts with their instants; people work in support hours, customers at any time. Acts
that would lie after the end are left out, so that the newest cases are open where the story stops.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from keepwell.calendars.working_time import WorkingTime
from keepwell.operate.demo import cast

MONTHS_BACK = timedelta(days=92)
SEVERITIES = {"high": 12, "normal": 58, "low": 30}
# How long the work takes, as a median in open hours; the spread is that of real desks: a long tail.
WORK_HOURS = {"high": 4.0, "normal": 11.0, "low": 16.0}
FIRST_ANSWER_HOURS = {"high": 0.6, "normal": 2.2, "low": 3.5}
# How often the first answer is the solution: of a question as a rule, of anything else where it is known.
SOLVED_AT_ONCE = {"answered": 0.75}
SOLVED_AT_ONCE_ELSE = 0.15


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that happens on a case. `who` is a key of the cast, or "customer"; `what` names a player."""

    at: datetime
    what: str
    who: str = "customer"
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One case: the account and contact by number, and its acts in order of time; the first opens it."""

    number: int
    account: int
    contact: int
    acts: tuple[Act, ...]


def stories(seed: int, ends_at: datetime, hours: WorkingTime, *, cases: int) -> list[Story]:
    """So many stories, in the order in which they begin, the last ones shortly before `ends_at`."""
    chance = random.Random(f"keepwell demo {seed}")
    openings = sorted(_opening(chance, ends_at, hours) for _number in range(cases))
    return [_Teller(chance, ends_at, hours).tell(number, at) for number, at in enumerate(openings)]


def tell_one(
    number: int, opened_at: datetime, *, chance: random.Random, ends_at: datetime, hours: WorkingTime
) -> Story:
    """The story of one case that begins at this instant."""
    return _Teller(chance, ends_at, hours).tell(number, opened_at)


def played_in_order(told: list[Story]) -> Iterator[tuple[Story, int]]:
    """Every act of every story as (story, index of the act), in order of time."""
    every = ((act.at, story.number, index) for story in told for index, act in enumerate(story.acts))
    for _at, number, index in sorted(every):
        yield told[number], index


def _opening(chance: random.Random, ends_at: datetime, hours: WorkingTime) -> datetime:
    """Mostly in open hours, since that is when people notice; one in six at any time."""
    while True:
        at = (ends_at - MONTHS_BACK * chance.random() ** 0.9).replace(microsecond=0)
        if hours.is_open(at) or chance.random() < 0.16:
            return at - timedelta(minutes=10)


class _Teller:
    """Tells one case at a time; keeps the present instant of the story while it does."""

    def __init__(self, chance: random.Random, ends_at: datetime, hours: WorkingTime) -> None:
        self.chance = chance
        self.ends_at = ends_at
        self.hours = hours
        self.acts: list[Act] = []

    def tell(self, number: int, opened_at: datetime) -> Story:
        chance = self.chance
        self.at = opened_at
        self.severity = chance.choices(list(SEVERITIES), list(SEVERITIES.values()))[0]
        self.problem = chance.choice(cast.PROBLEMS[self.severity])
        self.front = chance.choice(["ruiz", "okafor", "hale", "petrov"])
        account = int(chance.triangular(0, 60, 8)) % 60
        self._open()
        self._take_it()
        if chance.random() < SOLVED_AT_ONCE.get(self.problem.how, SOLVED_AT_ONCE_ELSE):
            self._solve(cast.SOLVED_AT_ONCE)
        else:
            self._act("reply", self.front, words=chance.choice(cast.FIRST_ANSWERS))
            self._work()
        if chance.random() < 0.07:
            self._reopen()
        return Story(number=number, account=account, contact=chance.randrange(4), acts=self._told())

    def _told(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.at < self.ends_at)

    def _act(self, what: str, who: str = "customer", **given: Any) -> None:
        self.acts.append(Act(at=self.at.replace(microsecond=0), what=what, who=who, given=given))

    def _open(self) -> None:
        way = self.chance.choices(["form", "portal", "phone"], [4, 4, 2])[0]
        if way == "phone" and not self.hours.is_open(self.at):
            way = "form"
        self._act(
            "open",
            self.front if way == "phone" else "customer",
            severity=self.severity,
            situation=self.chance.choice(cast.SITUATIONS[self.severity]),
            subject=self.problem.subject,
            words=self.problem.words,
            product=self.problem.product,
            way=way,
            is_live=way == "phone",
        )

    def _later(self, median_hours: float, *, in_open_hours: bool = True) -> None:
        """Moves on by about so many hours, drawn with a long tail; people of ours count open hours."""
        seconds = max(round(self.chance.lognormvariate(0, 0.8) * median_hours * 3600), 60)
        if in_open_hours:
            self.at = self.hours.add_remaining(self.at, seconds, "business_hours")
            self.at -= timedelta(seconds=self.chance.randrange(1, 50))
        else:
            self.at += timedelta(seconds=seconds)

    def _take_it(self) -> None:
        self._later(FIRST_ANSWER_HOURS[self.severity])
        self._act("assign", self.front, to=self.front)
        self.at += timedelta(minutes=self.chance.randrange(1, 6))

    def _work(self) -> None:
        chance = self.chance
        if chance.random() < 0.06:
            self._change_severity()
        if chance.random() < 0.34:
            self._ask_the_customer()
        if chance.random() < (0.55 if self.severity == "high" else 0.22):
            self._hand_over()
        if chance.random() < 0.25:
            self._later(2)
            self._act("note", self.front, words=chance.choice(cast.NOTES))
        self._update_while_it_takes_long()
        self._solve()

    def _change_severity(self) -> None:
        self._later(1)
        others = [severity for severity in SEVERITIES if severity != self.severity]
        new = self.chance.choice(others)
        correction = self.chance.random() < 0.3
        self._act("severity", self.front, severity=new, correction=correction)
        self.severity = new

    def _ask_the_customer(self) -> None:
        self._later(1.5)
        asked = self.chance.randrange(len(cast.QUESTIONS))
        self._act("reply", self.front, words=cast.QUESTIONS[asked], intention="wait")
        self._later(9, in_open_hours=False)
        self._act("customer_reply", words=cast.CUSTOMER_ANSWERS[asked])

    def _hand_over(self) -> None:
        chance = self.chance
        self._later(1.5)
        known, tried, needed = chance.choice(cast.HAND_OFFS)
        parts = {"known": known, "tried": tried, "needed": needed}
        self._act("escalate", self.front, level=2, **parts)
        self._later(0.7)
        second = chance.choice(["osei", "lund"])
        if chance.random() < 0.12:
            self._act("return", second, reason=cast.RETURN_REASON)
            self._later(1)
            self._act("escalate", self.front, level=2, **parts)
            self._later(0.7)
        self._act("accept", second)
        if chance.random() < 0.3:
            self._later(3)
            self._act("escalate", second, level=3, **parts)
            self._later(2)
            self._act("accept", chance.choice(["brandt", "ito", "mehta"]))

    def _update_while_it_takes_long(self) -> None:
        work = self.chance.lognormvariate(0, 0.9) * WORK_HOURS[self.severity]
        while work > 20:
            self._later(14)
            self._act("reply", self.front, words=self.chance.choice(cast.UPDATES))
            work -= 16
        self._later(max(work, 0.3))

    def _solve(self, words: tuple[str, ...] = cast.SOLUTIONS) -> None:
        if self.chance.random() < 0.03:
            self._act("withdraw")
            return
        self._act(
            "reply",
            self.front,
            words=self.chance.choice(words),
            intention="resolve",
            how=self.problem.how,
            cause=self.problem.cause,
        )

    def _reopen(self) -> None:
        self._later(20, in_open_hours=False)
        self._act("customer_reply", words=self.chance.choice(cast.REOPENINGS))
        self._later(5)
        self._solve()
