"""A page of Insight as a script reads it: its named figures, and the numbers that have no name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

NAMED = ("figure-", "promise-", "said-")
BODIES = ("page-body", "site-main")
CHART = "chart-"
SILENT = ("time", "script", "style", "title", "keepwell-chart")
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?%?")


@dataclass(kw_only=True)
class Row:
    """A row of a chart's table: the words in it, and its figures in their order."""

    label: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


class Reading(HTMLParser):
    """figures: values by element id; texts: what a person reads there. tables: the rows behind each chart,
    by its id without chart-; said: the numbers in the sentence under it. nameless: texts with a digit in the
    main part that stand in no named figure, time, or head of a row or column.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.figures: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.tables: dict[str, list[Row]] = {}
        self.said: dict[str, list[str]] = {}
        self.cells: dict[str, str] = {}
        self.nameless: list[str] = []
        self.twice: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._is_body = False
        self.feed(page)

    @property
    def every_value(self) -> dict[str, str]:
        return {**self.figures, **self.cells}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("id") or ""
        if name.startswith(CHART):
            self.tables[name.removeprefix(CHART)] = []
        if tag == "tr" and self._chart:
            self.tables[self._chart].append(Row())
        if name.startswith("figure-"):
            self._keep(name, given)
        self._open.append((tag, name))
        self._is_body = self._is_body or (given.get("class") or "").startswith(BODIES)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            found, _name = self._open.pop()
            if found == tag:
                return

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or not (self._is_body and any(tag == "main" for tag, _ in self._open)):
            return
        figure = next((name for _tag, name in self._open if name.startswith("figure-")), "")
        if figure:
            self.texts[figure] = self.texts.get(figure, "") + text
        elif self._chart and self._is_silent() is False:
            self._read_chart(self._chart, text)
        elif re.search(r"\d", text) and not self._is_silent():
            self.nameless.append(text)

    @property
    def _chart(self) -> str:
        return next((name.removeprefix(CHART) for _tag, name in self._open if name.startswith(CHART)), "")

    def _is_silent(self) -> bool:
        return any(name.startswith(NAMED) or tag in SILENT for tag, name in self._open)

    def _read_chart(self, chart: str, text: str) -> None:
        tags = [tag for tag, _name in self._open]
        rows = self.tables[chart]
        if "figcaption" in tags:
            self.said[chart] = [*self.said.get(chart, []), *NUMBER.findall(text)]
        elif rows and ("th" in tags or "td" in tags):
            rows[-1].label.append(text)
        if re.search(r"\d", text) and not {"figcaption", "th"} & set(tags):
            self.nameless.append(text)

    def _keep(self, name: str, given: dict[str, str | None]) -> None:
        if name in self.figures or name in self.cells:
            self.twice.append(name)
        if self._chart:
            self.cells[name] = given.get("data-value") or ""
            self.tables[self._chart][-1].values.append(self.cells[name])
        else:
            self.figures[name] = given.get("value") or ""


def is_said(value: str, text: str) -> bool:
    """Whether a person reads the value that a script reads, as it is rounded there."""
    if value == "":
        return text == "–"
    numbers = re.findall(r"-?\d[\d,]*(?:\.\d+)?", text.replace("\N{MINUS SIGN}", "-"))
    if not numbers:
        return False
    decimals = len(numbers[0].partition(".")[2])
    shown, meant = float(numbers[0].replace(",", "")), float(value)
    meanings = [meant]
    if "%" in text:  # alone, what is nearly all is not called all; under others of a column it is
        meanings = [100 * meant, *([100 * min(max(meant, 0.001), 0.999)] if 0 < meant < 1 else [])]
    return any(abs(shown - one) <= 0.5 * 10**-decimals + 1e-6 for one in meanings)
