"""Charts drawn without a browser, for a file, a report and a mail.

A chart takes 20 to 60 ms; the first one in a process half a second more. Nothing is fetched: a description
carries its data, and addresses in it are refused.
"""

from __future__ import annotations

from typing import Any

from keepwell.kit import heavy
from keepwell.kit.charts import look
from keepwell.kit.charts.chart import Chart
from keepwell.kit.charts.look import Scheme

WIDTH = 720  # pixels, the plot without its axes
SCALE = 2  # a PNG has twice as many: sharp on a good screen and on paper
NOWHERE: list[str] = []


def png(chart: Chart, scheme: Scheme = "light", *, width: int = WIDTH) -> bytes:
    """A picture on the scheme's paper."""
    spec, config = _prepared(chart, scheme, width)
    drawn = heavy.vl_convert().vegalite_to_png(spec, config=config, scale=SCALE, allowed_base_urls=NOWHERE)
    return bytes(drawn)


def svg(chart: Chart, scheme: Scheme = "light", *, width: int = WIDTH) -> str:
    """The same as lines and letters. The letters take the reader's fonts."""
    spec, config = _prepared(chart, scheme, width)
    return str(heavy.vl_convert().vegalite_to_svg(spec, config=config, allowed_base_urls=NOWHERE))


def _prepared(chart: Chart, scheme: Scheme, width: int) -> tuple[dict[str, Any], dict[str, Any]]:
    colours = look.tokens(scheme)
    config = look.filled_in(look.settings(chart.spec), colours)
    padding = {"left": 8, "right": 16, "top": 8, "bottom": 8}
    return (
        {**chart.spec, "description": chart.summary, "width": width, "padding": padding},
        {**config, "background": colours["paper"]},
    )
