"""How the customers of the demonstration use one of the products: thirteen months of events, a month at a
time.

Of every other account a crew leaves each winter; one in eight does less since the spring. The same
seed gives the same events; each goes the way that any event goes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from keepwell.customers.details import DeploymentDetails
from keepwell.customers.models import Account, Deployment, Environment, Module, Product
from keepwell.customers.verbs.deploying import change_deployment
from keepwell.customers.verbs.products import measure_module
from keepwell.operate.demo import cast
from keepwell.people.actors import System
from keepwell.usage.landing import land
from keepwell.usage.models import Source, SourceKind
from keepwell.usage.taking.message import Received, event_in
from keepwell.usage.verbs.compacting import compact
from keepwell.usage.verbs.rolling import roll
from keepwell.usage.verbs.sources import NewSource, add_source

BY = System("demo")
USED = next(iter(cast.PRODUCTS))
DAYS, PIECE = 430, 31
WINTER = (12, 1, 2)
ACTS = ("opened", "saved", "closed", "looked at")
CORE = 2
BATCH = 5_000


def begin_use(*, at: datetime) -> Source:
    """The source, the keys of the deployments, and what each module's use is known by."""
    product = Product.objects.get(name=USED)
    for module in product.modules.order_by("pk"):
        measure_module(module, [f"{module.name} {act}" for act in ACTS[:CORE]], 7, by=BY, at=at)
    for deployment in Deployment.objects.filter(product=product).select_related("account").order_by("pk"):
        details = DeploymentDetails(
            version=deployment.version,
            environment=deployment.environment,
            live_on=deployment.live_on,
            modules=tuple(deployment.modules.all()),
            external_key=_key(deployment.account),
        )
        change_deployment(deployment, details, by=BY, at=at)
    new = NewSource(name=f"{USED} in the field", kind=SourceKind.SEGMENT, product=product)
    return add_source(new, by=BY, at=at)[0]


def use(seed: int, ends_at: datetime, months_done: int) -> bool:
    """One month of use more is told and counted; whether there is another one after it."""
    first = ends_at.date() - timedelta(days=DAYS)
    begins = first + timedelta(days=months_done * PIECE)
    ends = min(begins + timedelta(days=PIECE), ends_at.date())
    source = Source.objects.get(name=f"{USED} in the field")
    _tell(source, _messages(seed, first, begins, ends), at=datetime.combine(ends, ends_at.timetz()))
    compact()
    roll()
    return ends < ends_at.date()


def _tell(source: Source, messages: Iterator[dict[str, Any]], *, at: datetime) -> None:
    came = Received(received_at=at, sent_at=None, salt=source.salt)
    events = []
    for message in messages:
        events.append(event_in(message, came))
        if len(events) == BATCH:
            land(source, events, at=at)
            events = []
    land(source, events, at=at)


def _messages(seed: int, first: date, begins: date, ends: date) -> Iterator[dict[str, Any]]:
    used = Deployment.objects.filter(product__name=USED, environment=Environment.PRODUCTION)
    for number, deployment in enumerate(used.select_related("account").order_by("pk")):
        modules = list(deployment.modules.order_by("pk"))
        yield _group(deployment, number, begins)
        for step in range((ends - begins).days):
            day = begins + timedelta(days=step)
            if day.weekday() < 5 or number % 3 == 0:
                chance = random.Random(f"{seed} {number} {day}")
                yield from _of_a_day(
                    chance, _people(number, day, (day - first).days), deployment, modules, day
                )


def _of_a_day(
    chance: random.Random, people: int, deployment: Deployment, modules: list[Module], day: date
) -> Iterator[dict[str, Any]]:
    for person in range(people):
        if chance.random() > 0.55:
            continue
        for place in range(chance.randrange(1, 4)):
            module = chance.choice(modules)
            yield {
                "type": "track",
                "messageId": f"{deployment.pk}-{day}-{person}-{place}",
                "event": f"{module.name} {chance.choice(ACTS)}",
                "userId": f"{_key(deployment.account)}-{person}",
                "timestamp": datetime(
                    day.year, day.month, day.day, chance.randrange(13, 23), tzinfo=UTC
                ).isoformat(),
                "context": {"groupId": deployment.external_key},
                "properties": {"module": module.name},
            }


def _people(number: int, day: date, since: int) -> int:
    """How many have it to do, so many days after the first: more and more take it up. Fewer in winter at half
    of the accounts, fewer in the last seven months at one in eight.
    """
    people = _grown(number) * (6 * DAYS + 4 * since) // (10 * DAYS)
    if number % 2 and day.month in WINTER:
        people = people * 6 // 10
    return people * 6 // 10 if number % 8 == 2 and since > DAYS - 210 else people


def _grown(number: int) -> int:
    return 14 + number * 7 % 22


def _group(deployment: Deployment, number: int, day: date) -> dict[str, Any]:
    return {
        "type": "group",
        "messageId": f"{deployment.pk}-{day}",
        "groupId": deployment.external_key,
        "timestamp": datetime(day.year, day.month, day.day, 12, tzinfo=UTC).isoformat(),
        "traits": {
            "version": deployment.version,
            "seats_provisioned": _grown(number) + 3,
            "configuration": {"backup": number % 5 != 0, "single_sign_on": number % 3 == 0},
        },
    }


def _key(account: Account) -> str:
    return "-".join(account.name.lower().split())
