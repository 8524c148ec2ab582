"""The part of promises that have been kept, as the time allowed for them is used up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from keepwell.kit import heavy
from keepwell.kit.charts import describing
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.tables import Table, plain_share


class Step(NamedTuple):
    """From `used` (1 is the whole allowance) on `share` have stopped, and most likely from `low` to `high`.

    All are parts of one, but that `used` may go beyond it.
    """

    used: float
    share: float
    low: float
    high: float


def step_curve(
    steps: Sequence[Step], words: Words, *, objective: float | None = None, judged: Step | None = None
) -> Chart:
    """A curve in steps with the band of its interval, in which each step holds until the next.

    steps: ascending by `used`. objective: a part of one. judged: the point that counts, with its interval.
    """
    alt = heavy.altair()
    layers = [*_curve(steps, words), *([_judged(judged, words)] if judged else [])]
    if objective is not None:
        layers.append(describing.objective(objective, plain_share(objective)))
    return Chart(
        spec=describing.spec(alt.layer(*layers)),
        title=words.title,
        summary=words.summary,
        table=Table((words.across, words.up, *_interval()), tuple(steps), frozenset(range(4))),
    )


def _interval() -> tuple[str, str]:
    return _("At least"), _("At most")


def _curve(steps: Sequence[Step], words: Words) -> list[Any]:
    alt = heavy.altair()
    base = alt.Chart(describing.data([step._asdict() for step in steps]))
    across = _used(words)
    edge = alt.Chart(describing.data([{"used": 1}])).mark_rule(style="edge").encode(alt.X("used:Q"))
    band = base.mark_area(interpolate="step-after", style="band").encode(
        across, alt.Y("low:Q"), alt.Y2("high:Q")
    )
    line = base.mark_line(interpolate="step-after").encode(across, describing.percent("share", words.up))
    return [edge, band, line, describing.touched(line, tooltip=_told(words))]


def _used(words: Words) -> Any:
    alt = heavy.altair()
    axis = alt.Axis(format=".0%", title=words.across, tickCount=6)
    return alt.X("used:Q", axis=axis, scale=alt.Scale(domainMin=0, nice=False))


def _judged(at: Step, words: Words) -> Any:
    alt = heavy.altair()
    base = alt.Chart(describing.data([at._asdict()])).encode(alt.X("used:Q"), tooltip=_told(words))
    interval = base.mark_rule(style="interval").encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    return alt.layer(interval, base.mark_point(style="judged", filled=True).encode(alt.Y("share:Q")))


def _told(words: Words) -> list[Any]:
    titles = zip(Step._fields, (words.across, words.up, *_interval()), strict=True)
    return [heavy.altair().Tooltip(f"{name}:Q", title=title, format=".1%") for name, title in titles]
