"""A loaded case is the case that the verbs would have left: the same stories played both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.cases.jobs import close_due
from keepwell.cases.models import Case, Closure, Escalation, LevelStay, SeverityChange
from keepwell.conversations.models import Message, Note, Participant
from keepwell.journal.models import Entry
from keepwell.operate.demo import playing
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.stories import Story, played_in_order, stories
from keepwell.operate.load import acts
from keepwell.operate.load.chunk import write_stories
from keepwell.operate.load.places import places
from keepwell.operate.models import DemoCase, DemoPlay
from keepwell.service_levels.checking import clock_differences
from keepwell.service_levels.models import Clock, Passing, Standing
from keepwell.service_levels.passing import fire_what_is_due

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)
ACCOUNTS = 2
OWN_IDS = {"id", "case_id", "conversation_id", "number", "fired_at", "warn_at"}
POINTERS = {"started_by", "stopped_by", "void_by"}


def few_with_every_act() -> list[Story]:
    """The fewest of many stories in which everything happens that can, and one that is not over."""
    hours = working_time_of(version_in_force(default_calendar(), ENDS_AT))
    chosen: list[Story] = []
    seen: set[Any] = set()
    for story in stories(7, ENDS_AT, hours, cases=1500):
        kinds = {(act.what, act.given.get("level"), act.given.get("way")) for act in story.acts}
        if not kinds <= seen:
            chosen.append(replace(story, account=story.number % ACCOUNTS))
            seen |= kinds
    newest = replace(story, number=0, account=0, acts=story.acts[:1])
    return [replace(one, number=number) for number, one in enumerate([*chosen, newest])]


@pytest.fixture
def both_ways(db: None) -> list[tuple[Case, Case]]:
    """The same stories as (played through the verbs, loaded)."""
    furnish(7, at=ENDS_AT - timedelta(days=120), accounts=ACCOUNTS)
    chosen = few_with_every_act()
    assert {act.what for story in chosen for act in story.acts} == {"open", *acts.PLAYERS}
    played = DemoPlay.objects.create(pk=1, seed=7, ends_at=ENDS_AT, cases=len(chosen), acts=0)
    for story, index in played_in_order(chosen):
        fire_what_is_due(at=story.acts[index].at)
        close_due(at=story.acts[index].at)
        playing._play_one(played, story, story.acts[index])
    close_due(at=ENDS_AT)
    fire_what_is_due(at=ENDS_AT)
    by_verbs = [one.case for one in DemoCase.objects.select_related("case").order_by("story")]
    write_stories(iter(chosen), places(ACCOUNTS), ends_at=ENDS_AT, seed="test")
    loaded = Case.objects.exclude(pk__in=[case.pk for case in by_verbs]).order_by("number")
    return list(zip(by_verbs, loaded, strict=True))


def test_a_loaded_case_is_what_the_verbs_leave(both_ways: list[tuple[Case, Case]]) -> None:
    for by_verbs, loaded in both_ways:
        assert told_of(loaded) == told_of(by_verbs)
        assert rows_of(loaded) == rows_of(by_verbs)
    assert list(clock_differences(at=ENDS_AT)) == []
    assert is_in_order_of_time([loaded for _verbs, loaded in both_ways])
    newest = Case.objects.latest("number").number
    story = few_with_every_act()[0]
    playing._play_one(DemoPlay.objects.get(), replace(story, number=9999), story.acts[0])
    assert Case.objects.latest("number").number > newest, "the next case goes on behind them"


def is_in_order_of_time(cases: list[Case]) -> bool:
    first = min(entry.pk for case in cases for entry in entries_of(case))
    instants = list(Entry.objects.filter(pk__gte=first).order_by("pk").values_list("occurred_at", flat=True))
    return instants == sorted(instants)


def entries_of(case: Case) -> list[Entry]:
    """What was recorded about it; warnings of what is over are not loaded."""
    about = Entry.objects.filter(subjects__kind="conversation", subjects__subject_id=case.conversation_id)
    entries = Entry.objects.about("case", case.pk) | about.order_by("pk")
    return list(entries.exclude(kind="clock.warned").distinct().order_by("pk"))


def told_of(case: Case) -> list[Any]:
    names = names_in(case)
    told = [
        (
            entry.occurred_at.isoformat(),
            entry.kind,
            entry.actor_ref if entry.kind != "case.closed" else "by itself",
            [
                (name, named(name, value, names))
                for name, value in sorted(entry.facts.items())
                if name != "late"
            ],
            sorted(
                (noun, named(noun, identity, names))
                for noun, identity in entry.subjects.values_list("kind", "subject_id")
            ),
        )
        for entry in entries_of(case)
    ]
    # The job that closes and the one that tells come by at their own minutes.
    told = [("", *one[1:]) if one[1] == "case.closed" else one for one in told]
    return sorted(
        told, key=lambda one: one[1].startswith("clock.") and (one[0], one[1], str(one[3])) or ("", "", "")
    )


def rows_of(case: Case) -> dict[str, Any]:
    names, in_thread = names_in(case), {"conversation": case.conversation_id}
    found: dict[str, Iterable[Any]] = {
        "case": [Case.objects.get(pk=case.pk)],
        "conversation": [case.conversation],
        "stays": LevelStay.objects.filter(case=case),
        "closures": Closure.objects.filter(case=case),
        "hand-offs": Escalation.objects.filter(case=case),
        "severities": SeverityChange.objects.filter(case=case),
        "standing": Standing.objects.filter(case=case),
        "clocks": Clock.objects.filter(case=case).order_by("metric", "started_by"),
        "misses": Passing.objects.filter(case=case, what="missed").order_by("due_at", "metric"),
        "participants": Participant.objects.filter(**in_thread).order_by("pk"),
        "messages": Message.objects.filter(**in_thread).order_by("pk"),
        "notes": Note.objects.filter(**in_thread).order_by("pk"),
    }
    return {noun: [columns_of(row, names) for row in rows] for noun, rows in found.items()}


def columns_of(row: Any, names: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    names_only = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if names_only.get("state") == "closed" and names_only.get("resolved_at"):
        # Closed by the job, at a minute of its own.
        names_only |= {"closed_at": None, "changed_at": None, "state_changed_at": None}
    if "about" in names_only:
        names_only["about"] = [(noun, named(noun, identity, names)) for noun, identity in row.about]
    return {
        name: named("entry", value, names) if name in POINTERS else value
        for name, value in names_only.items()
        if name not in OWN_IDS
    }


def names_in(case: Case) -> dict[tuple[str, int], int]:
    """Ids of what belongs to this case alone, as numbers that both ways share."""
    in_thread = {"conversation": case.conversation_id}
    own: dict[str, Iterable[int]] = {
        "case": [case.pk],
        "conversation": [case.conversation_id],
        "message": Message.objects.filter(**in_thread).order_by("pk").values_list("pk", flat=True),
        "note": Note.objects.filter(**in_thread).order_by("pk").values_list("pk", flat=True),
        "escalation": Escalation.objects.filter(case=case).order_by("pk").values_list("pk", flat=True),
        "entry": [entry.pk for entry in entries_of(case) if not entry.kind.startswith("clock.")],
    }
    return {(noun, pk): number for noun, ids in own.items() for number, pk in enumerate(ids, start=1)}


def named(noun: str, value: Any, names: Mapping[tuple[str, int], int]) -> Any:
    return (
        names.get(("entry" if noun == "started_by" else noun, value), value)
        if isinstance(value, int)
        else value
    )
