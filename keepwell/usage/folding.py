"""Events into the files of their days, each once, whatever came first: expressions, no database, no disk.

Of the copies of an event the one with the smallest content hash counts, and of equal ones the one that
happened first. So it does not matter in which order, how often and how late they come.
"""

from __future__ import annotations

from typing import Any

from keepwell.kit import heavy
from keepwell.usage.days import DAY_SECONDS

ORDER = ("content_hash", "occurred_s", "person_key", "group_key")


def with_day(events: Any) -> Any:
    """With `utc_day`, the number of the day of UTC."""
    return events.mutate(utc_day=(events.occurred_s // DAY_SECONDS).cast("int64"))


def that_count(events: Any) -> Any:
    """Of each message the one copy that counts."""
    ibis = heavy.ibis()
    window = ibis.window(group_by="message_id", order_by=list(ORDER))
    placed = events.mutate(place=ibis.row_number().over(window))
    return placed.filter(placed.place == 0).drop("place")


def conflicts(events: Any) -> Any:
    """Each other content that came under one id: message_id, dropped_hash, when the one that counts was."""
    kept = that_count(events).select("message_id", kept_hash="content_hash", kept_s="occurred_s")
    copies = events.select("message_id", dropped_hash="content_hash").distinct()
    both = copies.inner_join(kept, "message_id")
    return both.filter(both.dropped_hash != both.kept_hash).select("message_id", "dropped_hash", "kept_s")


def days_touched(fresh: Any, held: Any) -> Any:
    """The days whose files change: `utc_day` of what came and of what is held under the same ids."""
    same = held.semi_join(fresh, "message_id")
    return with_day(fresh.select("occurred_s").union(same.select("occurred_s"))).select("utc_day").distinct()


def folded(fresh: Any, held_of_ids: Any, held_of_days: Any) -> Any:
    """What the touched days hold afterwards, with `utc_day`, in the order in which it is written.

    `held_of_ids`: what is held, on any day, under the ids that came; `held_of_days`: all of the touched days.
    """
    counting = that_count(fresh.union(held_of_ids))
    others = held_of_days.anti_join(fresh, "message_id")
    return with_day(counting.union(others)).order_by(["utc_day", "message_id"])


def names(events: Any, column: str) -> Any:
    """How often each name stands in the column on each day: utc_day, name, events."""
    named = events.filter(events[column] != "")
    return named.group_by("utc_day", name=named[column]).agg(events=named.count())


def places_of_persons(events: Any) -> Any:
    """Where each person was last said to be on each day: utc_day, person_key, group_key."""
    ibis = heavy.ibis()
    said = events.filter((events.kind == "group") & (events.person_key != "") & (events.group_key != ""))
    window = ibis.window(
        group_by=["utc_day", "person_key"], order_by=[said.occurred_s.desc(), said.group_key.asc()]
    )
    placed = said.mutate(place=ibis.row_number().over(window))
    return placed.filter(placed.place == 0).select("utc_day", "person_key", "group_key")


def ungrouped(events: Any) -> Any:
    """How many events of each day say nothing of where they happened: utc_day, events, ungrouped."""
    says_nothing = ((events.group_key == "") & (events.person_key != "")).ifelse(1, 0)
    return events.group_by("utc_day").agg(events=events.count(), ungrouped=says_nothing.sum())
