"""Reads a page of Insight: its figures by id, and the numbers that stand there without a name."""

from __future__ import annotations

import re
from html.parser import HTMLParser

NAMED = ("figure-", "promise-", "said-", "chart-")


class Reading(HTMLParser):
    """Texts with a digit in the main part of a page that stand in no named figure, time, or chart."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.nameless: list[str] = []
        self.figures: dict[str, str] = {}
        self.is_body = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("id") or ""
        if name.startswith("figure-"):
            assert name not in self.figures, f"{name} stands twice"
            self.figures[name] = given["value"]
        is_named = name.startswith(NAMED) or tag in ("time", "script", "style", "title", "keepwell-chart")
        self.open.append((tag, is_named))
        self.is_body = self.is_body or given.get("class") == "page-body"

    def handle_endtag(self, tag):
        while self.open:
            found, _is_named = self.open.pop()
            if found == tag:
                return

    def handle_data(self, data):
        inside = self.is_body and any(tag == "main" for tag, _ in self.open)
        if inside and re.search(r"\d", data) and not any(is_named for _, is_named in self.open):
            self.nameless.append(" ".join(data.split()))


def read(page) -> Reading:
    found = Reading()
    found.feed(page.content.decode())
    return found
