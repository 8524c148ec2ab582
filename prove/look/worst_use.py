"""Usage data at its worst: names without a space, keys that belong to nobody, clocks ahead, one id twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from keepwell.customers.models import Deployment, Product
from keepwell.people.actors import System
from keepwell.usage.landing import land, note_refused
from keepwell.usage.models import Source, SourceKind
from keepwell.usage.taking.message import Received, event_in
from keepwell.usage.verbs.compacting import compact
from keepwell.usage.verbs.measuring import measure
from keepwell.usage.verbs.rolling import roll
from keepwell.usage.verbs.sources import NewSource, add_source
from keepwell.usage.verbs.watching import watch
from prove.look.long_words import long

BY = System("prove")
DAYS = 12


def tell_at_its_worst(product: Product, deployment: Deployment, *, at: datetime) -> None:
    """The source fell silent ten days ago, and of the account only what was before is known."""
    new = NewSource(name=long("Nutzungsdaten", 0, 80), kind=SourceKind.SEGMENT, product=product)
    source, _key = add_source(new, by=BY, at=at)
    add_source(NewSource(name=long("Dateien", 1, 80), kind=SourceKind.CSV, product=product), by=BY, at=at)
    last = at - timedelta(days=10)
    _tell(
        source,
        [message for step in range(DAYS) for message in _of_a_day(deployment, last.date(), step)],
        last,
    )
    note_refused(source, 1234567, long("properties.", 2, 290), at=last)
    compact()
    roll()
    measure()
    watch()


def _tell(source: Source, messages: list[dict[str, Any]], at: datetime) -> None:
    came = Received(received_at=at, sent_at=None, salt=source.salt)
    land(source, [event_in(message, came) for message in messages], at=at)


def _of_a_day(deployment: Deployment, last: date, step: int) -> list[dict[str, Any]]:
    day = last - timedelta(days=step)
    at = f"{day}T12:00:00Z"
    said = {"type": "track", "userId": "u", "timestamp": at, "context": {"groupId": deployment.external_key}}
    name = long("Ereignisbezeichnung", step, 200)
    return [
        {**said, "messageId": long("m", step, 200), "event": name},
        {**said, "messageId": long("m", step, 200), "event": f"{name[:-1]}!"},
        {**said, "messageId": f"apart-{step}", "event": name, "timestamp": "2126-01-01T00:00:00Z"},
        {
            **said,
            "messageId": f"group-{step}",
            "event": name,
            "context": {"groupId": long("Gruppe", step, 200)},
        },
    ]
