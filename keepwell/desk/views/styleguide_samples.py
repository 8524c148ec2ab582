"""What the style page shows: invented cases of an invented town, at instants around the present one."""

# ruff: noqa: E501 (a sample reads best as one line)
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms

from keepwell.kit import markup
from keepwell.kit.clock_face import Clock
from keepwell.kit.forms import Explained
from keepwell.kit.paging import Page

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


def clocks(now: datetime) -> dict[str, Clock]:
    return {
        "ok": _running(now, used=2 * HOURS, left=5 * HOURS + 40 * MINUTES),
        "soon": _running(now, used=10 * HOURS, left=110 * MINUTES),
        "now": _running(now, used=6 * HOURS, left=30 * MINUTES / 60),
        "late": _running(now, used=12 * HOURS, left=-40 * MINUTES),
        "days": _running(now, used=1 * DAYS, left=6 * DAYS),
        "fresh": _running(now, used=3 * HOURS, left=21 * HOURS),
        "paused": Clock(state="paused", started_at=now - DAYS, left_for=3 * HOURS),
        "met": Clock(
            state="met", started_at=now - 4 * HOURS, due_at=now, stopped_at=now - 4 * HOURS + 17 * MINUTES
        ),
        "missed": Clock(
            state="missed", started_at=now - DAYS, due_at=now - 6 * HOURS, stopped_at=now - 5 * HOURS
        ),
        "void": Clock(state="void", started_at=now - DAYS, due_at=now, stopped_at=now),
    }


def _running(now: datetime, *, used: timedelta, left: timedelta) -> Clock:
    return Clock(state="running", started_at=now - used, due_at=now + left)


ROWS = (
    ("high", 8841, "Work orders cannot be saved since this morning", "Follow-up", "soon", "City of Elm Falls", "Open", "", 2, "Maria Ruiz", 20),
    ("high", 8836, "Mobile crews get a blank map after sign-in", "Follow-up", "late", "Harlan County Roads", "Waiting on engineering", "warn", 3, "Theo Osei", 1500),
    ("normal", 8829, "Inspection scores differ between the report and the grid", "Follow-up", "ok", "Town of Weston Lake", "Open", "", 2, "Maria Ruiz", 60),
    ("normal", 8822, "Import of sign assets stops at row 4,112", "Resolution", "fresh", "City of Port Avery", "Open", "", 2, "Maria Ruiz", 125),
    ("normal", 8818, "User locked out after password change", "First contact", "now", "Brook Valley Water", "New", "on", 1, "", 40),
    ("normal", 8815, "Permit fees are charged twice when the same parcel is opened in two windows by the same person", "Resolution", "paused", "Greater Northfield Metropolitan Area Public Works Authority", "Waiting on customer", "", 1, "Anna Lind", 2900),
    ("low", 8810, "Wording on the permit letter template", "Resolution", "days", "City of Elm Falls", "Scheduled", "", 1, "Maria Ruiz", 4320),
    ("low", 8804, "How to schedule seasonal mowing routes", "First contact", "met", "Parks of Greenmere", "Resolved", "good", 1, "Anna Lind", 2880),
)  # fmt: skip


def rows(now: datetime) -> list[dict[str, Any]]:
    names = [
        "severity",
        "number",
        "subject",
        "metric",
        "clock",
        "account",
        "state",
        "tone",
        "level",
        "assignee",
        "last",
    ]
    shown = clocks(now)
    rows: list[dict[str, Any]] = [dict(zip(names, values, strict=True)) for values in ROWS]
    return [
        {
            **row,
            "clock": shown[row["clock"]],
            "last_at": now - row["last"] * MINUTES,
            "is_new": row["state"] == "New",
        }
        for row in rows
    ]


def thread(now: datetime) -> list[dict[str, Any]]:
    start = now - 4 * HOURS
    return [
        _message("theirs", 1, "Dana Kessler", "City of Elm Falls · form", start, _FIRST, files=[_PICTURE]),
        {"event": {"words": "Severity High from “nobody can work”; response promised by 13:52", "at": start}},
        {"event": {"words": "Maria Ruiz took it", "at": start + 12 * MINUTES}},
        _message("ours", 2, "Maria Ruiz", "to Dana Kessler · mail", start + 17 * MINUTES, _SECOND, chips=[("first contact met", "good")]),
        {"event": {"words": "Level 1 to Level 2 by Maria Ruiz, accepted by Theo Osei after 6 min", "at": start + 30 * MINUTES}},
        _message("note", 2, "Maria Ruiz", "hand-off, staff only", start + 31 * MINUTES, _HAND_OFF),
        {"event": {"words": "Follow-up was due and had not been sent", "at": start + 60 * MINUTES, "tone": "bad"}},
        _message("ours message-pending", 3, "Theo Osei", "to Dana Kessler · portal", now, _THIRD, state="pending", words="Leaves in 8 seconds."),
        _message("ours", 3, "Theo Osei", "to Dana Kessler · mail", now, "The fix is live.", state="failed", words="Not delivered: the receiving server refused the address. The promise runs on."),
        _message("theirs", 1, "Dana Kessler", "City of Elm Falls · mail", now, "", state="redacted"),
    ]  # fmt: skip


def _message(
    kind: str, seed: int, name: str, under: str, at: datetime, text: str, **more: Any
) -> dict[str, Any]:
    words = more.pop("words", "")
    return {"message": {"id": f"{kind[:4]}-{seed}-{len(text)}", "kind": kind, "seed": seed, "name": name, "under": under, "at": at,
                        "html": markup.html(text), "words_of_state": words, **more}}  # fmt: skip


_PICTURE = {"name": "could-not-save.png", "size": 184_200, "href": "#"}
_FIRST = (
    "Since about 7:30 every crew lead gets **Could not save** on any work order. Nothing is recorded for this "
    "morning's potholes. 34 people are affected.\n\nOur test page is https://works.example.org/orders/new?crew=12."
)
_SECOND = (
    "I see the failed saves on your site and can reproduce them.\n\n- Your crews can keep working offline: entries "
    "are kept on the phone.\n- I am taking this to our second level now and will write again before noon."
)
_HAND_OFF = (
    "**Known:** saving fails with `504` on `/workorders` since 07:28, only this site.\n**Tried:** another browser; "
    "the offline queue works.\n**Needed:** look at the database locks of the site."
)
_THIRD = "> Nothing is recorded for this morning's potholes.\n\nThe lock is gone; saving works again. Please try once."


def timeline(now: datetime) -> list[dict[str, Any]]:
    rows = (
        ("circle-check", "good", "Case 8804 resolved", "How to schedule seasonal mowing routes", 2),
        ("arrow-up-right", "", "Case 8841 escalated to level 2", "accepted after 6 min", 4),
        ("clock-alert", "bad", "A follow-up was missed", "by 40 min, case 8836", 26),
        ("sticky-note", "note", "Note by Anna Lind", "Asked for a call about the renewal.", 50),
    )
    return [{"icon": mark, "tone": tone, "words": words, "under": under, "at": now - hours * HOURS, "href": "#"} for mark, tone, words, under, hours in rows]  # fmt: skip


def page() -> Page:
    return Page(rows=(), next_cursor="sample", previous_cursor="sample")


class SampleForm(forms.Form):
    severity = forms.ChoiceField(
        label="How bad is it?",
        choices=[
            ("high", "Nobody can work"),
            ("normal", "Important work is hindered"),
            ("low", "Small, or a question"),
        ],
        widget=Explained(
            explanations={
                "high": "The system is down, or something as dire. We answer within 6 hours, day and night.",
                "normal": "The main things work. We answer within one business day.",
                "low": "It can wait. We answer by the next business day.",
            },
            marks=True,
        ),
    )
    subject = forms.CharField(
        label="What is wrong, in one line", help_text="As you would say it on the phone."
    )
    product = forms.ChoiceField(
        label="Product", choices=[("", "I do not know"), ("works", "Works 12.4")], required=False
    )
    email = forms.EmailField(label="Your e-mail address")
    text = forms.CharField(label="Tell us more", widget=forms.Textarea, required=False)
    copy = forms.BooleanField(label="Send me a copy", required=False, help_text="To the address above.")


def forms_shown() -> dict[str, SampleForm]:
    wrong = SampleForm(
        {"severity": "", "subject": "", "email": "dana(at)elmfalls", "text": "Since 7:30 nothing saves."},
        prefix="wrong",
    )
    wrong.is_valid()
    return {"form": SampleForm(initial={"severity": "normal"}), "wrong_form": wrong}
