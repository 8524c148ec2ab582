"""The desk's addresses of being on call."""

from __future__ import annotations

from typing import Any

from tests.access.rows import Door, Given, Row, nothing, pk_of
from tests.access.scene import Scene

TEAMS = "settings.teams"


def page(name: str, of: Given = nothing, **more: Any) -> Row:
    return Row(name=f"desk:{name}", door=Door.DESK, of=of, **{"who": "lea", **more})


def post(name: str, of: Given = nothing, **more: Any) -> Row:
    return page(name, of, method="POST", **{"gets": 302, **more})


def _turns(scene: Scene) -> dict[str, Any]:
    return {
        "name": "Weekends",
        "team": scene.team.pk,
        "starts_on": "2026-06-08",
        "time_zone": "America/Chicago",
        "person_0": scene.maria.pk,
    }


ROWS = (
    page("on_call"),
    page("new_rota", permit=TEAMS),
    post("new_rota", permit=TEAMS, sends=_turns, as_shown=True),
    page("rota", pk_of("rota")),
    post("rota", pk_of("rota"), permit=TEAMS, sends=_turns, as_shown=True),
    post("rota_end", pk_of("rota"), permit=TEAMS),
    # Whoever stands in says so himself: nothing filled in comes back to everybody.
    post("rota_stand_ins", pk_of("rota"), gets=422),
    post("rota_stand_in_withdrawal", pk_of("rota", stand_in="stand_in"), permit=TEAMS),
    page("call_out", pk_of("call_out"), who="maria", permit="case.see", only=("maria",)),
    post("call_out", pk_of("call_out"), who="maria", permit="case.see", only=("maria",)),
)
