"""A review on paper: what a city manager is handed, as a PDF set by Typst."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keepwell.kit import documents
from keepwell.kit.charts.chart import Chart
from keepwell.kit.charts.drawing import svg
from keepwell.outbox.models import Brand
from keepwell.success.reviews.showing.blocks import Grid, Part
from keepwell.success.reviews.showing.document import Document, ShownFinding

TEMPLATE = "reviews/review.typ"
TOO_LONG = re.compile(r"\S{30,}")
BREAKS_HERE = "\u200b"  # a space without width
TONES = {"high": "bad", "medium": "warn", "low": ""}
Pictures = dict[str, str]


def review_pdf(document: Document, brand: Brand) -> bytes:
    """In the language that is active. Takes some 60 ms a page. What somebody wrote is letters in it."""
    title = _("System review")
    pictures: Pictures = {}
    data = {
        "title": title,
        "account": document.account,
        "brand": brand.name,
        "accent": brand.accent,
        "language": (get_language() or "en").partition("-")[0],
        "foot": f"{title} · {document.account} · {document.period}",
        "period": document.period,
        "standing": document.standing,
        "summary": [one.strip() for one in document.summary.split("\n\n") if one.strip()],
        "findings": [_finding(one) for one in document.findings],
        "parts": [_part(one, pictures) for one in document.parts],
        "words": {
            "summary": _("In short"),
            "findings": _("What we found, and what we recommend"),
            "no_findings": _("Nothing was found that needs a decision."),
            "severity": _("Weight"),
            "evidence": _("What is seen"),
            "recommendation": _("What we recommend"),
        },
    }
    return documents.pdf(TEMPLATE, _breakable(data), pictures=pictures)


def _breakable(data: Any) -> Any:
    """The same with places to break in words that are wider than a column: none runs over the edge."""
    if isinstance(data, str):
        return TOO_LONG.sub(lambda found: BREAKS_HERE.join(found.group()), data)
    if isinstance(data, dict):
        return {key: _breakable(value) for key, value in data.items()}
    return [_breakable(one) for one in data] if isinstance(data, (list, tuple)) else data


def _finding(one: ShownFinding) -> dict[str, str]:
    return {
        "severity": one.severity_words,
        "tone": TONES[one.severity],
        "area": one.area,
        "evidence": one.evidence,
        "beside": "" if one.is_shown else _("not for the customer"),
        "recommendation": one.recommendation,
        "became": one.became,
    }


def _part(part: Part, pictures: Pictures) -> dict[str, Any]:
    return {
        "title": part.title,
        "mark": "" if part.is_shown else _("not for the customer"),
        "said": part.said,
        "lead": part.lead,
        "about": part.about,
        "stats": [asdict(one) for one in part.stats],
        "strips": [asdict(one) for one in part.strips],
        "grids": [_grid(one) for one in part.grids],
        "pictures": _pictures(part.key, part.charts, pictures),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "headings": list(grid.headings),
        "rows": [[asdict(cell) for cell in row] for row in grid.rows],
        "figures": grid.figures,
    }


def _pictures(key: str, charts: Sequence[Chart], pictures: Pictures) -> list[dict[str, str]]:
    told = []
    for number, chart in enumerate(charts):
        name = f"{key}-{number}.svg"
        pictures[name] = svg(chart)
        told.append({"name": name, "title": chart.title, "summary": chart.summary})
    return told
