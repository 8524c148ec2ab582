"""Events into counts by deployment, module, person and day of the customer's own calendar: one expression.

Every table is an argument, so that any engine gives the same answer. Only `track` and `page` are use; to say
who one is (`identify`) or where (`group`) is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from keepwell.kit import heavy
from keepwell.usage.folding import with_day
from keepwell.usage.parquet import COUNT

USE = ("track", "page")

# Where a group key leads on a day of UTC: the day there, and its bounds in seconds. Two days of a customer
# may share one of UTC.
PLACED = {
    "source_id": "int32",
    "group_key": "string",
    "utc_day": "int64",
    "deployment_id": "int64",
    "day": "int64",
    "begins_s": "int64",
    "ends_s": "int64",
}
# Where a person was said to be, from one day of UTC until before another.
AT = {
    "source_id": "int32",
    "person_key": "string",
    "from_day": "int64",
    "until_day": "int64",
    "said_group": "string",
}
# A module by how an event names it, in small letters; and by its core events.
NAMED = {"source_id": "int32", "module": "string", "named_id": "int64"}
CORE = {"source_id": "int32", "event": "string", "core_id": "int64"}
PAIRS = {"source_id": "int32", "event": "string", "module_id": "int64", "is_core": "int64"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of where events belong, as tables: PLACED, AT, NAMED, CORE and PAIRS.

    `core` has the one module that an event is core of where it does not name a module itself; `pairs` every
    module that it is core of.
    """

    placed: Any
    at: Any
    named: Any
    core: Any
    pairs: Any


def rolled(events: Any, known: Known) -> Any:
    """The counts, as COUNT. An event that belongs nowhere is left out; one of no known module has 0."""
    used = with_day(events.filter(events.kind.isin(USE)))
    there = _placed(_grouped(used, known.at), known.placed)
    keys = ["deployment_id", "source_id", "person_key", "day", "event", "module"]
    counted = there.group_by(keys).agg(events=there.count())
    modules = _in_modules(counted, known)
    found = modules.group_by(["deployment_id", "module_id", "person_key", "day"]).agg(
        events=modules.events.sum(), core_events=(modules.events * modules.is_core).sum()
    )
    return found.select(*COUNT).order_by(["deployment_id", "day", "module_id", "person_key"])


def _grouped(used: Any, at: Any) -> Any:
    """Those that say where they happened; and those that do not, by where the person was said to be."""
    columns = ["source_id", "utc_day", "occurred_s", "person_key", "event", "module", "group_key"]
    says = used.filter(used.group_key != "").select(columns)
    silent = used.filter((used.group_key == "") & (used.person_key != "")).drop("group_key")
    met = silent.inner_join(
        at,
        [
            silent.source_id == at.source_id,
            silent.person_key == at.person_key,
            silent.utc_day >= at.from_day,
            silent.utc_day < at.until_day,
        ],
    )
    return says.union(met.mutate(group_key=met.said_group).select(columns))


def _placed(used: Any, placed: Any) -> Any:
    met = used.inner_join(placed, ["source_id", "group_key", "utc_day"])
    return met.filter((met.occurred_s >= met.begins_s) & (met.occurred_s < met.ends_s))


def _in_modules(counted: Any, known: Known) -> Any:
    """With `module_id` and `is_core`: the module an event names, else the one that it is core of."""
    small = counted.mutate(module=counted.module.lower())
    named = small.left_join(known.named, ["source_id", "module"])
    named = named.select(*small.columns, "named_id")
    both = named.left_join(known.core, ["source_id", "event"]).select(*named.columns, "core_id")
    found = both.mutate(module_id=heavy.ibis().coalesce(both.named_id, both.core_id, 0))
    pairs = found.left_join(known.pairs, ["source_id", "event", "module_id"])
    return pairs.select(*found.columns, is_core=pairs.is_core.fill_null(0))
