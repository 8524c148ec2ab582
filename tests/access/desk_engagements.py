"""The desk's addresses of engagements, enquiries and calendars."""

from __future__ import annotations

from typing import Any

from tests.access.desk_accounts import ACCOUNT, both, page, post
from tests.access.rows import Given, always, nothing, pk_of
from tests.access.scene import Scene

HOLD = "engagement.hold"


def _act(name: str) -> Given:
    return lambda scene: {"pk": scene.engagement.pk, "act": name}


def _action(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.engagement.pk, "action": scene.promised.pk, "act": "finishing"}


def _enquiry(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.enquiry.pk, "act": "taking"}


NEW = {"kind": "training", "lasts_minutes": "60"}
CADENCE = {**NEW, "often": "FREQ=YEARLY", "starts_on": "2026-07-01"}

ROWS = (
    page("engagements"),
    page("engagement", pk_of("engagement"), behind="engagements"),
    *both(
        "engagement_act",
        _act("note"),
        always(words="Ask about maps", kind="note"),
        HOLD,
        behind="engagements",
    ),
    post("engagement_action_act", _action, permit=HOLD, behind="engagements"),
    post(
        "engagement_attendee_removal",
        pk_of("engagement", attendee="attendee"),
        permit=HOLD,
        behind="engagements",
    ),
    page("enquiries"),
    page("enquiry", pk_of("enquiry"), behind="enquiries"),
    post("enquiry_act", _enquiry, permit="enquiry.handle", behind="enquiries"),
    page("account_engagements", ACCOUNT, behind="accounts"),
    *both("new_engagement", ACCOUNT, always(**NEW), HOLD, behind="accounts"),
    post("account_log", ACCOUNT, always(way="call", words="Rang."), "account.log", behind="accounts"),
    *both("new_cadence", ACCOUNT, lambda s: {**CADENCE, "host": s.sam.pk}, HOLD, behind="accounts"),
    post("cadence_ending", pk_of("account", cadence="cadence"), permit=HOLD, behind="accounts"),
    *both("meeting_hours", ACCOUNT, nothing, behind="accounts"),
    page("my_calendars", permit=""),
    post("my_busy_calendar", nothing, always(address="calendar.example/sam.ics"), permit=""),
    post("my_calendar_act", always(act="opening"), permit=""),
)
