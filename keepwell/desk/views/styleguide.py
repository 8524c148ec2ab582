"""The style page: every component in every state, and every shell with invented contents."""

# ruff: noqa: E501 (a sample reads best as one line)
from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from keepwell.desk.access import staff_only
from keepwell.desk.views import styleguide_charts
from keepwell.desk.views import styleguide_samples as samples
from keepwell.kit import clock

SHELLS = {
    "list": "Desk: cases",
    "case": "Desk: a case",
    "portal": "Portal: start",
    "portal-case": "Portal: a case",
    "form": "Public: the form",
    "receipt": "Public: the receipt",
    "sign-in": "Public: sign in",
}
RAIL = (("sun", "Today", 0), ("inbox", "Cases", 3), ("building-2", "Accounts", 0), ("users", "People", 0), ("chart-column", "Insight", 0), ("send", "Outbox", 0), ("settings", "Settings", 0))  # fmt: skip
KEYS = (("J K", "Next, previous"), ("↵", "Open"), ("R", "Reply"), ("N", "Note"), ("E", "Escalate"), ("A", "Assign"), ("S", "Snooze"), ("Shift C", "New case"), ("Ctrl K", "Go to anything"), ("?", "This help"))  # fmt: skip
SWATCHES = ["ink", "ink-2", "ink-3", "line", "line-strong", "paper", "ground", "sunken", "hover", "chosen", "accent", "accent-strong", "ours", "bad", "bad-mark", "bad-soft", "warn", "warn-mark", "warn-soft", "good", "good-mark", "good-soft", "note", "note-soft", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"]  # fmt: skip


@staff_only
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    shown = {"shells": SHELLS, "swatches": SWATCHES, "charts": styleguide_charts.charts(clock.now().date())}
    return render(request, "desk/styleguide.html", _context() | shown)


@staff_only
def styleguide_shell(request: HttpRequest, name: str) -> HttpResponse:
    """One whole page, as it looks with contents."""
    if name not in SHELLS:
        raise Http404
    return render(request, f"desk/styleguide/{name}.html", _context())


def _context() -> dict[str, Any]:
    now = clock.now()
    return {
        "now": now,
        "clocks": samples.clocks(now),
        "rows": samples.rows(now),
        "thread": samples.thread(now),
        "timeline": samples.timeline(now),
        "page": samples.page(),
        "steps": [
            ("Received", "done"),
            ("Being worked on", "now"),
            ("Solved", ""),
            ("Closed after 5 days", ""),
        ],
        "trail": [("My cases", "#"), ("Case 8841", "")],
        "keys": KEYS,
        "rail": [
            {"icon": icon, "words": words, "count": count, "href": "#", "is_current": words == "Cases"}
            for icon, words, count in RAIL
        ],
        "support_zone": "America/Chicago",
        **samples.forms_shown(),
    }
