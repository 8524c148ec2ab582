"""What is loaded is told, not written down, from a seed."""

from __future__ import annotations

from keepwell.calendars.working_time import WorkingTime
from keepwell.operate.demo.tests.test_stories import ENDS_AT, HOURS
from keepwell.operate.load.tales import Plan, stories_of


def test_the_last_case_has_as_many_messages_as_asked_for_however_it_began():
    hours = WorkingTime.parse(HOURS)
    plans = [Plan(seed=seed, cases=1, accounts=1, ends_at=ENDS_AT, longest=12) for seed in range(12)]
    told = [next(stories_of(plan, 0, hours)) for plan in plans]
    assert {story.acts[0].given["is_live"] for story in told} == {True, False}
    for story in told:
        said = sum(act.what in {"reply", "customer_reply"} for act in story.acts)
        assert said + (not story.acts[0].given["is_live"]) == 12
