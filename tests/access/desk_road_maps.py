"""The desk's addresses of road maps."""

from __future__ import annotations

from typing import Any

from tests.access.desk_accounts import ACCOUNT, both, page, post
from tests.access.rows import always, pk_of
from tests.access.scene import Scene

MAP = pk_of("road_map")
GOAL, ACTION = pk_of("road_map", goal="goal"), pk_of("road_map", action="action")
MEASURE = pk_of("road_map", goal="goal", measure="measure")
MILESTONE = pk_of("road_map", milestone="milestone")
EDIT, TAKES_PART = "road_map.edit", "road_map.take_part"
SEEN = {"behind": "road_maps"}
WORTH = {
    "first_on": "2026-01-01",
    "last_on": "2026-05-31",
    "amount": "100",
    "currency": "USD",
    "method": "Counted",
}


def _version(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.road_map.pk, "number": 1}


ROWS = (
    page("account_road_map", ACCOUNT, "road_map.see", gets=302, behind="accounts"),
    *both("new_road_map", pk_of("water"), always(horizon_on="2027-06-30"), EDIT, behind="accounts"),
    page("road_map", MAP, "road_map.see", **SEEN),
    page("road_map_review", MAP, "road_map.see", **SEEN),
    page("road_map_paper", MAP, "road_map.see", **SEEN),
    page("road_map_version", _version, "road_map.see", **SEEN),
    page("road_map_check_points", MAP, "road_map.see", **SEEN),
    *both("edit_road_map", MAP, always(vision="Another"), EDIT, as_shown=True, **SEEN),
    post("road_map_closing", MAP, permit=EDIT, **SEEN),
    *both("road_map_template", MAP, always(name="Roads"), EDIT, **SEEN),
    *both("new_goal", MAP, always(statement="More"), EDIT, as_shown=True, **SEEN),
    *both("goal", GOAL, always(priority="1"), EDIT, as_shown=True, **SEEN),
    *both("goal_state", GOAL, always(state="dropped"), EDIT, **SEEN),
    *both(
        "new_measure",
        GOAL,
        always(name="Days", direction="down", baseline="9", target="3"),
        EDIT,
        as_shown=True,
        **SEEN,
    ),
    *both("measure", MEASURE, always(name="Days"), EDIT, as_shown=True, **SEEN),
    *both("new_reading", MEASURE, always(value="8", on="2026-06-01"), EDIT, **SEEN),
    *both("new_value_claim", GOAL, always(**WORTH), EDIT, **SEEN),
    *both("new_milestone", MAP, always(title="Half way", due_on="2026-09-01"), EDIT, **SEEN),
    *both("milestone", MILESTONE, always(title="Half"), EDIT, as_shown=True, **SEEN),
    post("milestone_reaching", MILESTONE, permit=EDIT, **SEEN),
    *both("new_action", MAP, always(title="Train", side="vendor"), EDIT, **SEEN),
    *both("action", ACTION, always(title="Name two"), EDIT, as_shown=True, **SEEN),
    *both("action_state", ACTION, always(state="doing"), TAKES_PART, **SEEN),
    *both("action_due", ACTION, always(due_on="2026-09-01"), EDIT, **SEEN),
    post("road_map_sharing", MAP, permit=EDIT, **SEEN),
    post("new_check_point", MAP, permit=EDIT, **SEEN),
    post("road_map_comments", MAP, always(body="Hello"), TAKES_PART, **SEEN),
    post(
        "road_map_comment_redaction",
        pk_of("road_map", comment="comment"),
        permit="message.redact",
        who="lea",
        **SEEN,
    ),
)
