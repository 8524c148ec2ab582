"""What a row of the table says about one address and one method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any

from tests.access.scene import STAFF, Scene

Given = Callable[[Scene], Mapping[str, Any]]


class Door(Enum):
    """Who stands behind it."""

    DESK = "staff"
    PORTAL_CASE = "customers who may see the case, and whoever follows it by a code"
    PORTAL_THING = "customers who may see the thing"
    PORTAL_OWN = "every customer, each with his own"
    SIGNED_IN = "whoever is signed in"
    STREAM = "whoever is signed in; others get 401, for a script asks"
    SENDER = "the browser that sent the form"
    PUBLIC = "everybody"
    CLOSED = "nobody"


@dataclass(frozen=True, kw_only=True)
class Row:
    """`who` is rightful and gets `gets`. `permit`: staff without it get 403. `only`: other staff get 404.

    `sends` is what is posted; with `as_shown` on top of what stands in the form of the page at the address.
    `behind` names what the reader has to be able to see first: "cases", "accounts", "contacts",
    "contracts", "engagements", "enquiries", "hand_overs", "letters", "reviews", "road_maps", "signals",
    "tasks", "mails", "incoming".
    `before` does something first, `later` is how long after the scene it is asked.
    """

    name: str
    door: Door
    who: str
    gets: int = 200
    method: str = "GET"
    of: Given = lambda scene: {}
    query: str = ""
    sends: Given = lambda scene: {}
    as_shown: bool = False
    permit: str = ""
    only: tuple[str, ...] = STAFF
    behind: str = ""
    before: Callable[[Scene], object] = lambda scene: None
    later: timedelta = field(default_factory=timedelta)

    @property
    def key(self) -> str:
        return f"{self.method} {self.name}"


def nothing(scene: Scene) -> Mapping[str, Any]:
    return {}


def pk_of(noun: str, **beside: str) -> Given:
    """{"pk": scene.<noun>.pk}, and others: pk_of("account", domain="domain")."""

    def given(scene: Scene) -> dict[str, Any]:
        return {key: getattr(scene, made).pk for key, made in {"pk": noun, **beside}.items()}

    return given


def always(**given: Any) -> Given:
    return lambda scene: given


def the_case(scene: Scene) -> dict[str, Any]:
    return {"number": scene.case.number}
