"""Very many events of invented customers, as an Arrow table (`usage.parquet.EVENT`), the same for a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from keepwell.usage.days import DAY_SECONDS, bounds, day_of, number_of, utc_days
from keepwell.usage.parquet import EVENT, schema, table_of
from keepwell.usage.rolling import AT, CORE, NAMED, PAIRS, PLACED
from keepwell.usage.standing import FOR_EVER

MODULES, EVENTS_OF_A_MODULE, CORE_OF_A_MODULE = 6, 5, 2
LAST = date(2026, 6, 26)
SOURCE = 1


@dataclass(frozen=True, kw_only=True)
class Size:
    """So many events of so many accounts, over so many days that end with LAST."""

    events: int
    accounts: int = 500
    days: int = 400
    seed: int = 7


def key_of(account: int) -> str:
    return f"town-{account}"


def users_of(accounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Between 6 and 60 people, by the account."""
    return 6 + (accounts * 7919) % 55


def events(size: Size) -> Any:
    """A hundredth comes twice, and a fiftieth does not say where it happened."""
    chance = np.random.default_rng(size.seed)
    many = size.events - size.events // 100
    account = 1 + np.minimum(chance.geometric(3 / size.accounts, many) % size.accounts, size.accounts - 1)
    person = (chance.random(many) ** 2 * users_of(account)).astype(int)
    last = number_of(LAST)
    day = last - size.days + 1 + chance.integers(0, size.days, many)
    # Fewer at weekends: half of those are moved to the Wednesday before.
    is_weekend = (day + 3) % 7 >= 5
    day = np.where(is_weekend & (chance.random(many) < 0.8), day - 3, day)
    second = day * DAY_SECONDS + chance.integers(12 * 3600, 25 * 3600, many)
    module = np.minimum(chance.geometric(0.4, many) - 1, MODULES - 1)
    event = chance.integers(0, EVENTS_OF_A_MODULE, many)
    grouped = chance.random(many) >= 0.02
    rows = np.concatenate([np.arange(many), chance.integers(0, many, size.events - many)])
    chance.shuffle(rows)
    columns = {
        "source_id": np.full(len(rows), SOURCE),
        "message_id": _texts("m-", rows),
        "content_hash": rows * 2654435761,
        "kind": pa.array(["track"] * len(rows)),
        "event": _texts("event ", (module * EVENTS_OF_A_MODULE + event)[rows]),
        "module": pa.array([""] * len(rows)),
        "group_key": pa.compute.if_else(pa.array(grouped[rows]), _texts("town-", account[rows]), ""),
        "person_key": _texts("p-", (account * 100 + person)[rows]),
        "occurred_s": second[rows],
    }
    return pa.table(
        [pa.array(columns[name]).cast(schema(EVENT).field(name).type) for name in EVENT], schema=schema(EVENT)
    )


def known_rows(size: Size) -> dict[str, tuple[dict[str, str], list[tuple[Any, ...]]]]:
    """What `rolling.Known` is made of: its tables by name, each with its columns and rows."""
    zone, last = ZoneInfo("America/Chicago"), number_of(LAST)
    placed = []
    for number in range(last - size.days, last + 2):
        begins, ends = bounds(day_of(number), zone)
        for account in range(1, size.accounts + 1):
            placed += [
                (SOURCE, key_of(account), utc_day, account, number, begins, ends)
                for utc_day in utc_days(begins, ends)
            ]
    people = [
        (SOURCE, f"p-{account * 100 + person}", last - size.days - 9, FOR_EVER, key_of(account))
        for account in range(1, size.accounts + 1)
        for person in range(0, 60, 2)
    ]
    core = [
        (SOURCE, f"event {module * EVENTS_OF_A_MODULE + event}", module + 1)
        for module in range(MODULES)
        for event in range(CORE_OF_A_MODULE)
    ]
    return {
        "placed": (PLACED, placed),
        "at": (AT, people),
        "named": (NAMED, []),
        "core": (CORE, core),
        "pairs": (PAIRS, [(*row, 1) for row in core]),
    }


def known_tables(size: Size) -> dict[str, Any]:
    return {name: table_of(columns, rows) for name, (columns, rows) in known_rows(size).items()}


def _texts(before: str, numbers: NDArray[np.int64]) -> Any:
    return pa.compute.binary_join_element_wise(before, pa.array(numbers).cast(pa.string()), "")
