"""What is told in any order, again and late, gives the same counts."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepwell.usage.landing import person_keys
from keepwell.usage.models import Conflict, Membership
from keepwell.usage.tests.told import count, counts, days, group, tell, track

USERS, GROUPS = ("u-1", "u-2"), ("elm-falls", "another-town", "")
HOURS = st.sampled_from([f"2026-06-{day:02} {hour:02}" for day in (8, 9, 10) for hour in (0, 4, 12, 23)])

# Few ids, so that contents meet under one of them.
IDS = st.sampled_from([f"m-{number}" for number in range(5)])
TRACKS = st.builds(
    lambda key, event, at, user, where: track(key, event, at, user=user, group=where),
    IDS,
    st.sampled_from(["Plow sent", "Looked"]),
    HOURS,
    st.sampled_from(USERS),
    st.sampled_from(GROUPS),
)
SAID = st.builds(
    lambda key, at, user, where: group(key, at, user=user, key=where),
    st.sampled_from(["g-1", "g-2", "g-3"]),
    HOURS,
    st.sampled_from(USERS),
    st.sampled_from(GROUPS[:2]),
)
MESSAGES = st.lists(st.one_of(TRACKS, SAID), min_size=1, max_size=9)


@st.composite
def histories(draw):
    """What was told, and a way in which it came: in any order, some of it again, in batches."""
    messages = draw(MESSAGES)
    again = draw(st.lists(st.sampled_from(messages), max_size=4))
    order = draw(st.permutations([*messages, *again]))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=3)))
    edges = [0, *cuts, len(order)]
    return messages, [order[begin:end] for begin, end in zip(edges, edges[1:], strict=False)]


def outcome(source, batches):
    """What is left of it: counts, files, conflicts and where people are; nothing of it stays."""
    with transaction.atomic():
        for batch in batches:
            tell(source, batch)
            count()
        found = (
            counts(),
            days(),
            sorted(Conflict.objects.values_list("message_id", "dropped_hash")),
            sorted(Membership.objects.values_list("day", "person_key", "group_key")),
        )
        transaction.set_rollback(True)
    return found


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history=histories())
@pytest.mark.django_db
def test_any_order_with_repeats_and_late_batches_gives_the_same(history, source, town, other_town):
    person_keys(source, USERS)  # keys are chance: the same in both histories
    messages, batches = history
    assert outcome(source, batches) == outcome(source, [messages])
