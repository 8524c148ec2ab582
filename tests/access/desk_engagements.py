"""The desk's addresses of engagements, enquiries and calendars."""

from __future__ import annotations

from typing import Any

from tests.access.desk_accounts import ACCOUNT, both, page, post
from tests.access.rows import Given, always, nothing, pk_of
from tests.access.scene import Scene

BY_ALMA: dict[str, Any] = {"who": "alma", "only": ("alma",), "behind": "hand_overs"}
HOLD, WRITE = "engagement.hold", "letter.write"


def _act(name: str) -> Given:
    return lambda scene: {"pk": scene.engagement.pk, "act": name}


def _action(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.engagement.pk, "action": scene.promised.pk, "act": "finishing"}


def _enquiry(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.enquiry.pk, "act": "taking"}


def _of(noun: str, said: str) -> Given:
    return lambda scene: {"pk": getattr(scene, noun).pk, "message": getattr(scene, said).pk}


def _to_several(scene: Scene) -> dict[str, Any]:
    return {"contacts": [scene.dana.contact.pk], "subject": "The map", "words": "It is there."}


def _to_alma(scene: Scene) -> dict[str, Any]:
    return {"kind": "account", "taker": scene.sam.pk, "due_on": "2026-12-01", "known": "All is well."}


def _thing(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.hand_over.pk, "noun": "engagement", "thing": scene.engagement.pk}


def _withdrawn(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.hand_over.pk, "act": "withdrawing"}


def _written(scene: Scene) -> dict[str, Any]:
    return {"contact": scene.dana.contact.pk, "subject": "The map", "words": "It is there."}


REDACTS: dict[str, Any] = {"permit": "message.redact", "who": "lea"}
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
    *both(
        "engagement_action_road_map",
        lambda s: {"pk": s.engagement.pk, "action": s.promised.pk},
        always(title="Name a date", side="vendor"),
        "road_map.edit",
        behind="engagements",
    ),
    post(
        "engagement_attendee_removal",
        pk_of("engagement", attendee="attendee"),
        permit=HOLD,
        behind="engagements",
    ),
    post("engagement_redaction", pk_of("engagement"), behind="engagements", **REDACTS),
    post(
        "engagement_note_redaction",
        pk_of("engagement", note="noted_for_us"),
        behind="engagements",
        **REDACTS,
    ),
    post("touch_redaction", pk_of("account", touch="touch"), behind="accounts", **REDACTS),
    page("enquiries"),
    page("enquiry", pk_of("enquiry"), behind="enquiries"),
    post("enquiry_act", _enquiry, permit="enquiry.handle", behind="enquiries"),
    post(
        "enquiry_answer",
        pk_of("enquiry"),
        always(words="We look."),
        "enquiry.handle",
        behind="enquiries",
    ),
    post("enquiry_undo", _of("enquiry", "answered"), permit="enquiry.handle", behind="enquiries"),
    page("portfolio_workload", permit="health.see"),
    *both("new_hand_over", ACCOUNT, _to_alma, behind="accounts"),
    page("hand_over", pk_of("hand_over"), behind="hand_overs"),
    post("hand_over_thing", _thing, always(released="yes"), **BY_ALMA),
    post("hand_over_completion", pk_of("hand_over"), always(otherwise="By phone."), **BY_ALMA),
    post("hand_over_act", _withdrawn, behind="hand_overs"),
    page("letters", permit=WRITE),
    *both("letters_to_many", nothing, _to_several, WRITE),
    page("letter", pk_of("letter"), behind="letters"),
    post("letter_answer", pk_of("letter"), always(words="We look."), WRITE, behind="letters"),
    post("letter_undo", _of("letter", "lettered"), permit=WRITE, behind="letters"),
    *both("new_letter", ACCOUNT, _written, WRITE, behind="accounts"),
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
