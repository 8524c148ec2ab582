"""The stories of a load: pure, the same for the same plan."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from keepwell.calendars.working_time import WorkingTime
from keepwell.operate.demo import cast
from keepwell.operate.demo.stories import Act, Story, tell_one

YEARS_BACK = timedelta(days=730)
# Of so many cases one is left where it stands: with those of the last days, one in twenty is open.
UNFINISHED = 0.048
# Unfinished ones are of this age as a rule; some have been lying for much longer.
USUAL_AGE = timedelta(days=40)
CASES_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be loaded. `longest` is the number of messages of the last case; 0: as in any other."""

    seed: int
    cases: int
    ends_at: datetime
    accounts: int
    longest: int = 0

    @property
    def chunks(self) -> int:
        return -(-self.cases // CASES_AT_ONCE)


def stories_of(plan: Plan, chunk: int, hours: WorkingTime) -> Iterator[Story]:
    """The stories of one chunk: those of a stretch of the two years, and some that are open since lately."""
    chance = random.Random(f"keepwell load {plan.seed} {chunk}")
    first = chunk * CASES_AT_ONCE
    numbers = range(first, min(first + CASES_AT_ONCE, plan.cases))
    for number in numbers:
        if plan.longest and number == plan.cases - 1:
            yield _long(plan, number, chance, hours)
        else:
            yield _story(plan, number, chance, hours)


def _story(plan: Plan, number: int, chance: random.Random, hours: WorkingTime) -> Story:
    is_unfinished = chance.random() < UNFINISHED
    age = YEARS_BACK * (1 - (number + chance.random()) / plan.cases)
    if is_unfinished:
        age = min(USUAL_AGE * chance.expovariate(1), YEARS_BACK)
    told = _told(plan, number, plan.ends_at - age, chance, hours)
    return _left_lying(told, chance) if is_unfinished else told


def _told(plan: Plan, number: int, opened_at: datetime, chance: random.Random, hours: WorkingTime) -> Story:
    opened_at = opened_at.replace(microsecond=0) - timedelta(minutes=1)
    if not hours.is_open(opened_at) and chance.random() < 0.84:
        opened_at = hours.next_opening(opened_at) - timedelta(seconds=chance.randrange(1, 7200))
    opened_at = min(opened_at, plan.ends_at - timedelta(minutes=1))
    told = tell_one(number, opened_at, chance=chance, ends_at=plan.ends_at, hours=hours)
    return replace(told, account=min(chance.randrange(plan.accounts), chance.randrange(plan.accounts)))


def _left_lying(told: Story, chance: random.Random) -> Story:
    ends = (n for n, act in enumerate(told.acts) if act.what == "withdraw" or _resolves(act))
    end = next(ends, len(told.acts))
    return replace(told, acts=told.acts[: chance.randrange(1, max(end, 1) + 1)])


def _resolves(act: Act) -> bool:
    return act.given.get("intention") == "resolve"


def _long(plan: Plan, number: int, chance: random.Random, hours: WorkingTime) -> Story:
    """One customer and one specialist who write to one another for months, and are not done yet."""
    told = _told(plan, number, plan.ends_at - timedelta(days=200), chance, hours)
    opening, front, at = told.acts[0], "ruiz", told.acts[0].at
    acts = [opening, Act(at=at + timedelta(minutes=5), what="assign", who=front, given={"to": front})]
    # What is said on the phone is no message.
    for turn in range(0 if opening.given["is_live"] else 1, plan.longest):
        at += timedelta(hours=chance.uniform(2, 20)) if turn > 1 else timedelta(minutes=30)
        at = at.replace(microsecond=0)
        if turn % 2:
            acts.append(Act(at=at, what="reply", who=front, given={"words": chance.choice(cast.UPDATES)}))
        else:
            words = chance.choice(cast.CUSTOMER_ANSWERS)
            acts.append(Act(at=at, what="customer_reply", given={"words": words}))
    return replace(told, acts=tuple(act for act in acts if act.at < plan.ends_at))
