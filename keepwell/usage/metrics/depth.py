"""How much each active person does on a working day."""

from __future__ import annotations

from typing import Any

from keepwell.kit import heavy
from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.shape import of_each


def depth(given: Given) -> Any:
    """The median of core events per active person and working day of four weeks.

    The middle person's core events on working days, or half of both where two are in the middle, over the
    working days. Medians of engines are not all exact: it is found by the place in the row.
    """
    ibis = heavy.ibis()
    worked = given.worked.mutate(worked=1)
    days = given.by_persons.left_join(worked, ["account_id", "ago"]).select(
        "account_id", "person_key", "core_events", "worked"
    )
    done = ibis.ifelse(days.worked.isnull(), 0, days.core_events)
    persons = days.group_by(["account_id", "person_key"]).agg(done=done.sum())
    window = ibis.window(group_by="account_id", order_by=["done", "person_key"])
    row = persons.mutate(
        place=ibis.row_number().over(window),
        persons=persons.count().over(ibis.window(group_by="account_id")),
    )
    middle = row.filter((row.place == (row.persons - 1) // 2) | (row.place == row.persons // 2))
    both = middle.group_by("account_id").agg(done=middle.done.sum(), rows=middle.count())
    twice = both.select("account_id", twice=ibis.ifelse(both.rows == 1, both.done * 2, both.done))
    days_worked = given.worked.group_by("account_id").agg(days=given.worked.count())
    found = twice.inner_join(days_worked, "account_id").select("account_id", "twice", "days")
    return of_each(given.accounts, found, lambda met: met.twice, lambda met: met.days * 2)
