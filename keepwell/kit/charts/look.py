"""The house's look for charts: Vega's settings, with the colours and the type of `static/kit/css/tokens.css`.

The settings name colours as "token:series-1". The server fills in what the stylesheet says for light or dark;
in a page they become `var(--series-1)`, so that a drawn chart follows the page. So no scale may run from one
colour to another: what grows stronger grows more opaque.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from keepwell.kit.charts.chart import Spec
from keepwell.kit.charts.colours import hexadecimal

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
TOKENS = Path(__file__).parents[1] / "static" / "kit" / "css" / "tokens.css"
COLOUR = re.compile(r"--([\w-]+): light-dark\((oklch\([^)/]+\)), (oklch\([^)/]+\))\);")
FONT = re.compile(r"--font: ([^;]+);")
PREFIX = "token:"
SERIES = tuple(f"series-{number}" for number in range(1, 7))
SMALL = 12  # pixels
DASHED = [5, 4]


@cache
def tokens(scheme: Scheme) -> dict[str, str]:
    """Every colour of the stylesheet by its name, as #rrggbb."""
    pairs = COLOUR.findall(_usual())
    return {name: hexadecimal(light if scheme == "light" else dark) for name, light, dark in pairs}


def _usual() -> str:
    """The first rule of the stylesheet; those after it are for the portal, for touch, for more contrast."""
    return TOKENS.read_text(encoding="utf-8").partition("}")[0]


@cache
def font() -> str:
    """The families of the stylesheet, the first that is there is taken."""
    found = FONT.search(_usual())
    assert found, "the stylesheet names its font"
    return found[1]


def settings(spec: Spec) -> dict[str, Any]:
    """Vega's settings for this chart, colours by their names; a chart may have chosen those of its parts."""
    chosen = spec.get("usermeta", {}).get("colours", SERIES)
    return {
        "font": font(),
        "background": None,
        "view": {"stroke": None},
        "axis": _AXIS,
        "axisY": _AXIS_Y,
        "axisX": {"grid": False},
        "legend": _LEGEND,
        "range": {"category": [PREFIX + name for name in chosen]},
        "style": _STYLES,
        "line": {"strokeWidth": 2, "color": PREFIX + "series-1", "strokeCap": "round"},
        "bar": {"color": PREFIX + "series-1", "stroke": PREFIX + "paper", "cornerRadiusEnd": 2},
        "text": {"color": PREFIX + "ink-2", "fontSize": SMALL},
    }


_AXIS_Y = {
    "domain": False,
    "ticks": False,
    "grid": True,
    # Above the axis and level, so that it is read without turning one's head.
    "titleAnchor": "end",
    "titleAngle": 0,
    "titleAlign": "left",
    "titleX": 0,
    "titleY": -12,
}
_AXIS = {
    "labelColor": PREFIX + "ink-2",
    "labelFontSize": SMALL,
    "titleColor": PREFIX + "ink-3",
    "titleFontSize": SMALL,
    "titleFontWeight": 500,
    "domainColor": PREFIX + "line-strong",
    "tickColor": PREFIX + "line-strong",
    "tickSize": 4,
    "gridColor": PREFIX + "line",
    "labelPadding": 6,
    "titlePadding": 10,
    "labelOverlap": True,
    "labelSeparation": 8,
}
_LEGEND = {
    "orient": "top",
    "direction": "horizontal",
    "labelColor": PREFIX + "ink-2",
    "labelFontSize": SMALL,
    "titleColor": PREFIX + "ink-3",
    "titleFontSize": SMALL,
    "titleFontWeight": 500,
    "titleOrient": "left",
    "titlePadding": 10,
    "symbolType": "square",
    "symbolStrokeWidth": 2,
    "offset": 28,  # room for what stands above the axis
}
_AT_OBJECTIVE = {
    "fontSize": SMALL,
    "align": "left",
    "baseline": "bottom",
    "dx": 4,
    "dy": -3,
    "strokeWidth": 4,
}
_LARGE = {"size": 90, "opacity": 1}
_STYLES = {
    "band": {"color": PREFIX + "series-1", "opacity": 0.18},
    "interval": {"color": PREFIX + "series-1", "strokeWidth": 2},
    "judged": {"color": PREFIX + "series-1", "stroke": PREFIX + "paper", "strokeWidth": 2, **_LARGE},
    "likely": {"color": PREFIX + "series-1", "strokeDash": DASHED},
    "objective": {"color": PREFIX + "ink-2", "strokeDash": DASHED, "strokeWidth": 1.5},
    "objective-words": {"color": PREFIX + "ink-2", **_AT_OBJECTIVE},
    "objective-paper": {"color": PREFIX + "paper", "stroke": PREFIX + "paper", **_AT_OBJECTIVE},
    "edge": {"color": PREFIX + "line-strong", "strokeWidth": 1},
    "hour": {"color": PREFIX + "accent", "stroke": PREFIX + "paper", "strokeWidth": 1.5, "cornerRadius": 2},
    "marked-hour": {"color": PREFIX + "ink-3", "size": 12, "opacity": 1},
}  # fmt: skip


def filled_in(named: Any, colours: dict[str, str]) -> Any:
    """The same settings with each colour in place of its name. Errors: KeyError for no token."""
    if isinstance(named, dict):
        return {key: filled_in(value, colours) for key, value in named.items()}
    if isinstance(named, list):
        return [filled_in(value, colours) for value in named]
    if isinstance(named, str) and named.startswith(PREFIX):
        return colours[named.removeprefix(PREFIX)]
    return named
