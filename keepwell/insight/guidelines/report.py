"""The report of promises as PDF: the table as it is published, then a page for each guideline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils import dateformat
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from keepwell.insight.guidelines.figures import figures_by_name
from keepwell.insight.guidelines.judged import judged
from keepwell.insight.guidelines.pictures import budget_picture, curve_picture
from keepwell.insight.guidelines.table import Cell, PromiseTable, table_of
from keepwell.kit import documents, wording
from keepwell.kit.charts.chart import Chart
from keepwell.kit.charts.drawing import svg
from keepwell.kit.figures import Figure
from keepwell.service_levels.measuring import Figures
from keepwell.service_levels.published import ACROSS, SITUATIONS, promise_words
from keepwell.service_levels.windows import Window

TEMPLATE = "insight/promises.typ"
# Two of them stand side by side.
WIDTH = 420
# Finer would not be seen at that width, and describing a picture takes longer the more steps it has.
STEPS = 80
HEADLINE = ("objective", "left", "chance", "expected_share")
# What cannot be told where no clock may be missed.
ONLY_WITH_A_BUDGET = {"allowed", "allowed_so_far", "left", "burn"}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """narrowed: what the figures are narrowed to, in words; zone: in which instants are said."""

    at: datetime
    zone: tzinfo
    narrowed: Sequence[str] = ()


def report_pdf(published: Sequence[Figures], others: Sequence[Figures], frame: Frame) -> bytes:
    """The table of the published guidelines, all of one window, and a page for each of them and the others.

    Two seconds once in a process, then a fifth of a second a page, which is that of its pictures.
    """
    title = _("Promises, and how they were kept")
    window = published[0].window if published else None
    table = _table(table_of(published)) if published else None
    return _pdf(title, [*published, *others], frame, {"window": window_words(window), "table": table})


def guideline_pdf(found: Figures, frame: Frame) -> bytes:
    """The page of one guideline alone."""
    name = found.version.guideline.name
    return _pdf(name, [found], frame, {"window": window_words(found.window), "table": None})


def window_words(window: Window | None) -> str:
    """1 Jun 2026 – 30 Jun 2026; "" for none."""
    if window is None:
        return ""
    form = pgettext("date with year, as a date format", "j M Y")
    return f"{dateformat.format(window.first, form)} – {dateformat.format(window.last, form)}"


def _pdf(title: str, told: Sequence[Figures], frame: Frame, more: dict[str, Any]) -> bytes:
    pictures: dict[str, str | bytes] = {}
    sections = [_section(found, pictures) for found in told]
    data = {
        **more,
        "title": title,
        "language": (get_language() or "en").partition("-")[0],
        "as_of": wording.full(frame.at, frame.zone),
        "narrowed": "; ".join(frame.narrowed) or _("all cases"),
        "sections": sections,
        "words": _words(),
    }
    return documents.pdf(TEMPLATE, data, pictures=pictures)


def _words() -> dict[str, str]:
    """What the template itself says."""
    return {
        "window": _("Window"),
        "as_of": _("As of"),
        "narrowed": _("Counted"),
        "promise": _("Promise"),
        "overall": _("Over all severities"),
        "figure": _("Figure"),
        "value": _("Value"),
        "about": _("What it is"),
        "how": _(
            "Counted are the clocks that started in the window, as they stood at that instant. The large"
            " figure is the share kept, with the interval that holds the true share nineteen times of twenty."
            " Cases that are still open are neither dropped nor counted as kept."
        ),
    }


def _table(table: PromiseTable) -> dict[str, Any]:
    return {
        "headings": table.severities,
        "situations": [_("Situation"), *(str(SITUATIONS[severity]) for severity in ACROSS)],
        "rows": [[row.words, *(cell and _cell(cell) for cell in row.cells)] for row in table.rows],
        "overall": table.overall and _cell(table.overall),
    }


def _cell(cell: Cell) -> dict[str, str]:
    said = {name: figure.text for name, figure in cell.figures.items()}
    beside = ""
    if cell.figures["clocks"].value:
        beside = _("%(kept_low)s–%(kept_high)s of %(clocks)s, %(missed)s missed") % said
    if beside and cell.has_budget:
        beside += _(", %(left)s left") % said
    verdict = {"verdict": cell.judged.words, "tone": cell.judged.tone}
    return {"promise": cell.words, "kept": said["kept"], "beside": beside, **verdict}


def _section(found: Figures, pictures: dict[str, str | bytes]) -> dict[str, Any]:
    """A guideline as the template has it; its pictures are added to the others."""
    figures, verdict = figures_by_name(found), judged(found)
    charts = (curve_picture(found, steps=STEPS), budget_picture(found) if found.budget.allowed else None)
    return {
        "title": found.version.guideline.name,
        "window": window_words(found.window),
        "promise": promise_words(found.commitment),
        "verdict": verdict.words,
        "tone": verdict.tone,
        "why": " ".join((verdict.why, *_remarks(found))),
        "kept": figures["kept"].text,
        "interval": _interval(figures, "kept"),
        "about": figures["kept"].about,
        "headline": [
            [figures[name].words, figures[name].text] for name in HEADLINE if _is_told(found, figures[name])
        ],
        "pictures": [_picture(chart, pictures) for chart in charts if chart],
        "rows": list(_rows(found, figures)),
    }


def _remarks(found: Figures) -> Iterator[str]:
    if found.changed:
        yield _(
            "Another promise held earlier in this window. Each clock is measured by the one it started under."
        )
    if not found.budget.allowed:
        yield _("There is no budget: the first miss breaks what is promised.")


def _rows(found: Figures, figures: dict[str, Figure]) -> Iterator[list[str]]:
    """Each figure that a sentence defines: its words, its value with its interval, the sentence."""
    for name, figure in figures.items():
        if name != "kept" and figure.about and _is_told(found, figure):
            interval = _interval(figures, name)
            value = f"{figure.text} ({interval})" if interval else figure.text
            yield [figure.words, value, figure.about]


def _is_told(found: Figures, figure: Figure) -> bool:
    return bool(found.budget.allowed) or figure.name not in ONLY_WITH_A_BUDGET


def _interval(figures: dict[str, Figure], name: str) -> str:
    low, high = figures.get(f"{name}_low"), figures.get(f"{name}_high")
    if low is None or high is None or low.value is None:
        return ""
    return f"{low.text}–{high.text}"


def _picture(chart: Chart, pictures: dict[str, str | bytes]) -> dict[str, str]:
    name = f"{len(pictures)}.svg"
    pictures[name] = svg(chart, width=WIDTH)
    return {"name": name, "title": str(chart.title), "summary": str(chart.summary)}
