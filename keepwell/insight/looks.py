"""How a kind of entry is drawn on a timeline: an icon, and a tone where it is good or bad news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Tones: good, warn, bad, note, or "" for what is neither."""

    icon: str
    tone: str = ""


KINDS: Mapping[str, Look] = {
    "case.opened": Look("inbox"),
    "case.resolved": Look("circle-check", "good"),
    "case.closed": Look("check"),
    "case.reopened": Look("rotate-ccw", "warn"),
    "case.escalated": Look("arrow-up-right", "warn"),
    "case.escalation_returned": Look("corner-down-left", "warn"),
    "case.severity_changed": Look("signal"),
    "case.wait_began": Look("pause"),
    "message.received": Look("message-square"),
    "message.sent": Look("reply"),
    "message.failed": Look("circle-alert", "bad"),
    "note.added": Look("sticky-note", "note"),
    "side_message.failed": Look("circle-alert", "bad"),
    "road_map.agreed": Look("handshake", "good"),
    "review.delivered": Look("file-check", "good"),
    "review.accepted": Look("handshake", "good"),
    "value_claim.confirmed": Look("coins", "good"),
    "value_claim.disputed": Look("coins", "bad"),
    "clock.warned": Look("timer", "warn"),
    "clock.missed": Look("timer-off", "bad"),
    "update.missed": Look("timer-off", "bad"),
    "address.bounced": Look("mail-x", "bad"),
    "engagement.held": Look("calendar-check", "good"),
    "engagement.closed": Look("circle-check", "good"),
    "engagement.missed": Look("user-x", "bad"),
    "engagement.cancelled": Look("calendar-x", "warn"),
    "engagement.declined": Look("x", "warn"),
    "engagement.moved": Look("calendar-clock"),
    "engagement.rated": Look("star"),
    "engagement_action.done": Look("check", "good"),
    "signal.opened": Look("bell", "warn"),
    "signal.cleared": Look("bell-off", "good"),
    "signal.resolved": Look("circle-check", "good"),
    "task.done": Look("check", "good"),
}
NOUNS: Mapping[str, Look] = {
    "road_map": Look("map"),
    "goal": Look("flag"),
    "measure": Look("gauge"),
    "milestone": Look("flag"),
    "action_item": Look("list-checks"),
    "check_point": Look("history"),
    "value_claim": Look("coins"),
    "review": Look("file-text"),
    "finding": Look("search"),
    "contract": Look("file-pen-line"),
    "term": Look("file-pen-line"),
    "renewal": Look("handshake"),
    "subscription": Look("package"),
    "hours": Look("clock"),
    "account": Look("building-2"),
    "case": Look("inbox"),
    "clock": Look("timer"),
    "contact": Look("user"),
    "address": Look("mail"),
    "phone": Look("phone"),
    "consent": Look("user-check"),
    "participant": Look("users"),
    "conversation": Look("message-square"),
    "message": Look("message-square"),
    "note": Look("sticky-note", "note"),
    "inbound_mail": Look("mail"),
    "side_thread": Look("messages-square"),
    "side_message": Look("messages-square"),
    "side_party": Look("messages-square"),
    "steward": Look("handshake"),
    "deployment": Look("package"),
    "mail_domain": Look("at-sign"),
    "policy": Look("scroll-text"),
    "update": Look("calendar-clock"),
    "usage": Look("activity"),
    "source": Look("activity"),
    "call_out": Look("phone-call"),
    "health": Look("heart-pulse"),
    "sentiment": Look("smile"),
    "enquiry": Look("hand-helping"),
    "engagement": Look("calendar"),
    "engagement_action": Look("list-checks"),
    "attendee": Look("users"),
    "booking": Look("link-2-off"),
    "touch": Look("notebook-pen", "note"),
    "cadence": Look("repeat"),
    "meeting_hours": Look("clock"),
    "signal": Look("bell"),
    "playbook_run": Look("workflow"),
    "task": Look("list-checks"),
}
ANY = Look("circle-dot")


def look_of(kind: str) -> Look:
    """The look of this kind, of its noun, or a plain dot."""
    return KINDS.get(kind) or NOUNS.get(kind.partition(".")[0]) or ANY
