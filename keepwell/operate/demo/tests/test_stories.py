"""What happens on the cases of the demonstration is what happens on those of a desk."""

from __future__ import annotations

from datetime import UTC, datetime

from keepwell.calendars.working_time import WorkingTime
from keepwell.operate.demo.stories import Story, stories

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)
DAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = {"timezone": "America/Chicago", "hours": {day: [["07:00", "19:00"]] for day in DAYS}}


def answers(story: Story) -> list[bool]:
    """Of each answer of ours, whether it resolved the case."""
    return [act.given.get("intention") == "resolve" for act in story.acts if act.what == "reply"]


def test_some_cases_are_solved_with_the_first_answer_and_most_take_longer():
    told = [answers(story) for story in stories(7, ENDS_AT, WorkingTime.parse(HOURS), cases=600)]
    at_once = sum(said[:1] == [True] for said in told) / len(told)
    assert 0.2 < at_once < 0.4
