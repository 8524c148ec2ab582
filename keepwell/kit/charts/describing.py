"""What every description has: the width of its container, a height of the house, room for its data.

Altair takes tens of milliseconds to describe a chart, most of them to check it against Vega-Lite's schema.
The same kind of chart with the same words has the same description: it is made once (`kept`), and the
rows are laid into it afterwards (`filled`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from keepwell.kit import heavy

HEIGHT = 240  # pixels, the plot without its axes
LETTER = 7  # pixels, roughly
NEARLY_ALL = 0.96
# In a page the container's width: the plot's is not known before its legend is laid out, and what is laid out
# then is not measured again there.
ROOM = "isFinite(containerSize()[0]) ? containerSize()[0] - 60 : width"
BESIDE_LETTERS = 30  # the symbol, and the room until the next
Row = dict[str, Any]
# A function's descriptions by its arguments: what words, which language, how many parts.
kept = lru_cache(maxsize=256)


def rows(name: str) -> Any:
    """Where a description wants the rows that `filled` gives under this name."""
    return heavy.altair().NamedData(name=name)


def filled(description: Mapping[str, Any], **given: Sequence[Row]) -> dict[str, Any]:
    """The description with its rows: dates as 2026-06-09, which is no instant and has no zone."""
    plain = {
        name: [{key: _plain(value) for key, value in row.items()} for row in some]
        for name, some in given.items()
    }
    return {**description, "datasets": plain}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if math.isfinite(value) else None  # JSON has no other numbers


def description(chart: Any, height: int = HEIGHT, colours: Sequence[str] = ()) -> dict[str, Any]:
    """Altair's chart as a plain Vega-Lite description. colours: tokens for its parts, in their order."""
    sized = chart.properties(width="container", height=height, autosize=_FITTING)
    described: dict[str, Any] = sized.to_dict()
    described.pop("config", None)  # Altair's own look
    if colours:
        described["usermeta"] = {"colours": list(colours)}
    return described


# As wide as the container in all, axes too; as high as said without them. resize: measured again when it has
# been fitted, for a legend may then need another row.
_FITTING = {"type": "fit-x", "contains": "padding", "resize": True}


def legend(parts: Sequence[str], **more: Any) -> Any:
    """What tells the parts apart, in as many columns as there is room for: a phone has two, a desk six."""
    alt = heavy.altair()
    each = BESIDE_LETTERS + LETTER * max(map(len, parts))
    columns = alt.ExprRef(f"max(1, floor(({ROOM}) / {each}))")
    return alt.Legend(title=None, columns=columns, **more)


def day(name: str, title: str) -> Any:
    """A date along the bottom. In UTC: 9 June stays 9 June, wherever the reader sits."""
    alt = heavy.altair()
    axis = alt.Axis(format="%-d %b", title=title, tickCount=7)
    return alt.X(f"utcyearmonthdate({name}):T", axis=axis, scale=alt.Scale(type="utc"))


def percent(name: str, title: str, *, is_whole: bool = True) -> Any:
    """A part of one, up the side: from 0 to 100%, or only where there are figures."""
    alt = heavy.altair()
    axis = alt.Axis(format=".0%", title=title, tickCount=5)
    scale = alt.Scale(domain=[0, 1]) if is_whole else alt.Scale(zero=False, domainMax=1)
    return alt.Y(f"{name}:Q", axis=axis, scale=scale)


def touched(base: Any, **told: Any) -> Any:
    """Points that are not seen: the mouse hits one far more easily than a line."""
    return base.mark_point(opacity=0, size=200, filled=True).encode(**told)


def is_at_the_top(objective: float | None) -> bool:
    """Of a share, where the axis has its title: the words about the objective go beneath its line."""
    return objective is not None and NEARLY_ALL <= objective <= 1


def objective_row(at: float, figure: str) -> Row:
    return {"objective": at, "words": _("Objective %(figure)s") % {"figure": figure}}


def objective(*, is_at_the_top: bool) -> Any:
    """A dashed line across where the one row of "objective" says; its words at its beginning, on a bit of
    paper of their own."""
    alt = heavy.altair()
    base = alt.Chart(rows("objective")).encode(alt.Y("objective:Q"))
    beneath = {"baseline": "top", "dy": 5} if is_at_the_top else {}
    texts = [
        base.mark_text(style=f"objective-{part}", **beneath).encode(x=alt.value(0), text="words:N")
        for part in ("paper", "words")
    ]
    return alt.layer(base.mark_rule(style="objective"), *texts)


def figures(name: str, title: str) -> Any:
    """A figure up the side, from nothing."""
    alt = heavy.altair()
    return alt.Y(f"{name}:Q", axis=alt.Axis(title=title, tickCount=5), scale=alt.Scale(zero=True))


def day_told(name: str, title: str) -> Any:
    return heavy.altair().Tooltip(f"utcyearmonthdate({name}):T", title=title, format="%a %-d %b %Y")
