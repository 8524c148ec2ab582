"""What groups were said to be: how the software somewhere is set up, the last word of each day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from keepwell.customers.models import Deployment
from keepwell.usage.days import DAY_SECONDS, day_of
from keepwell.usage.models import GroupFact, Source

# Of two words of one instant the greater counts: whichever came first.
KEEP = """
    INSERT INTO keepwell_usage_groupfact AS known (source_id, group_key, name, day, told_s, value)
    SELECT %s, said.* FROM unnest(%s::text[], %s::text[], %s::date[], %s::bigint[], %s::jsonb[]) AS said
    ON CONFLICT (source_id, group_key, name, day)
    DO UPDATE SET told_s = excluded.told_s, value = excluded.value
    WHERE (known.told_s, known.value::text) < (excluded.told_s, excluded.value::text)
"""


def keep_facts(source: Source, landed: Any) -> None:
    """What the landed events (an Arrow table) say of groups."""
    told = landed.filter(landed["facts"].is_valid()).select(["group_key", "occurred_s", "facts"]).to_pylist()
    words: dict[tuple[str, str, date], tuple[int, str]] = {}
    for row in told:
        day = day_of(row["occurred_s"] // DAY_SECONDS)
        for name, value in json.loads(row["facts"]).items():
            key = (row["group_key"], name, day)
            word = (row["occurred_s"], json.dumps(value, ensure_ascii=False))
            words[key] = max(word, words.get(key, word))
    if words:
        columns = zip(*((*key, *words[key]) for key in sorted(words)), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [source.pk, *map(list, columns)])


def facts_of(deployment: Deployment, on: date) -> Mapping[str, Any]:
    """How the software there was set up on the day, as far as it told: the last word up to then."""
    return facts_of_all([deployment], on).get(deployment.pk, {})


def facts_of_all(
    deployments: Iterable[Deployment], on: date, names: Iterable[str] | None = None
) -> dict[int, dict[str, Any]]:
    """The same of many, by deployment; of all facts, or those with these names. One query."""
    keys = {key: one.pk for one in deployments for key in [one.external_key] if key}
    rows = GroupFact.objects.filter(group_key__in=keys, day__lte=on)
    if names is not None:
        rows = rows.filter(name__in=list(names))
    window = Window(
        RowNumber(), partition_by=["group_key", "name"], order_by=[F("day").desc(), F("told_s").desc()]
    )
    last = rows.annotate(place=window).filter(place=1)
    found: dict[int, dict[str, Any]] = {}
    for group_key, name, value in last.values_list("group_key", "name", "value"):
        found.setdefault(keys[group_key], {})[name] = value
    return found
