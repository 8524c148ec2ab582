"""What a page carries of a chart, for `static/kit/js/chart.js` to draw."""

from __future__ import annotations

import json

from django.utils.safestring import SafeString, mark_safe

from keepwell.kit.charts import look
from keepwell.kit.charts.chart import Chart
from keepwell.kit.charts.describing import HEIGHT

AROUND = 77  # pixels: what axes and their words take above and below the plot, nearly
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def carried(chart: Chart) -> SafeString:
    """The description and the look's settings as JSON in which no letter means anything in HTML."""
    carried = {"spec": chart.spec, "config": look.settings(chart.spec)}
    return mark_safe(json.dumps(carried, separators=(",", ":"), allow_nan=False).translate(ESCAPES))


def room(chart: Chart) -> int:
    """How high it will be, in pixels, nearly: so that the page does not jump when it is drawn."""
    return int(chart.spec.get("height", HEIGHT)) + AROUND
