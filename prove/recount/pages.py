"""A page of Insight as a script reads it: its named figures, and the numbers that have no name."""

from __future__ import annotations

import re
from html.parser import HTMLParser

NAMED = ("figure-", "promise-", "said-", "chart-")
SILENT = ("time", "script", "style", "title", "keepwell-chart")


class Reading(HTMLParser):
    """figures: values by element id. nameless: texts with a digit in the main part that stand in no named
    figure, time, or chart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.figures: dict[str, str] = {}
        self.nameless: list[str] = []
        self.twice: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._is_body = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("id") or ""
        if name.startswith("figure-"):
            self._keep(name, given.get("value") or "")
        self._open.append((tag, name.startswith(NAMED) or tag in SILENT))
        self._is_body = self._is_body or given.get("class") == "page-body"

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            found, _is_named = self._open.pop()
            if found == tag:
                return

    def handle_data(self, data: str) -> None:
        inside = self._is_body and any(tag == "main" for tag, _ in self._open)
        if inside and re.search(r"\d", data) and not any(is_named for _, is_named in self._open):
            self.nameless.append(" ".join(data.split()))

    def _keep(self, name: str, value: str) -> None:
        if name in self.figures:
            self.twice.append(name)
        self.figures[name] = value
