"""The part of promises that have been kept, as the time allowed for them is used up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from keepwell.kit import heavy
from keepwell.kit.charts import describing
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.tables import Table, plain_share

# What each field of a step is called.
Names = tuple[str, str, str, str]


class Step(NamedTuple):
    """From `used` (1 is the whole allowance) on `share` have stopped, and most likely from `low` to `high`.

    All are parts of one, but that `used` may go beyond it.
    """

    used: float
    share: float
    low: float
    high: float


def step_curve(
    steps: Sequence[Step],
    words: Words,
    *,
    told: Sequence[Step] | None = None,
    objective: float | None = None,
    judged: Step | None = None,
) -> Chart:
    """A curve in steps with the band of its interval, in which each step holds until the next.

    steps: ascending by `used`. told: the rows of its table, where the steps are too many to be read.
    objective: a part of one. judged: the point that counts, with its interval.
    """
    named = (words.across, words.up, _("At least"), _("At most"))
    rows = {"steps": [step._asdict() for step in steps], "edge": [{"used": 1}]}
    if judged:
        rows["judged"] = [judged._asdict()]
    if objective is not None:
        rows["objective"] = [describing.objective_row(objective, plain_share(objective))]
    described = _described(named, frozenset(rows), describing.is_at_the_top(objective))
    return Chart(
        spec=describing.filled(described, **rows),
        title=words.title,
        summary=words.summary,
        table=Table(named, tuple(told or steps), frozenset(range(4))),
    )


@describing.kept
def _described(named: Names, parts: frozenset[str], is_at_the_top: bool) -> dict[str, Any]:
    layers = [*_curve(named), *([_judged(named)] if "judged" in parts else [])]
    if "objective" in parts:
        layers.append(describing.objective(is_at_the_top=is_at_the_top))
    return describing.description(heavy.altair().layer(*layers))


def _curve(named: Names) -> list[Any]:
    alt = heavy.altair()
    base = alt.Chart(describing.rows("steps"))
    across = _used(named[0])
    edge = alt.Chart(describing.rows("edge")).mark_rule(style="edge").encode(alt.X("used:Q"))
    band = base.mark_area(interpolate="step-after", style="band").encode(
        across, alt.Y("low:Q"), alt.Y2("high:Q")
    )
    line = base.mark_line(interpolate="step-after").encode(across, describing.percent("share", named[1]))
    return [edge, band, line, describing.touched(line, tooltip=_told(named))]


def _used(title: str) -> Any:
    alt = heavy.altair()
    axis = alt.Axis(format=".0%", title=title, tickCount=6)
    return alt.X("used:Q", axis=axis, scale=alt.Scale(domainMin=0, nice=False))


def _judged(named: Names) -> Any:
    alt = heavy.altair()
    base = alt.Chart(describing.rows("judged")).encode(alt.X("used:Q"), tooltip=_told(named))
    interval = base.mark_rule(style="interval").encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    return alt.layer(interval, base.mark_point(style="judged", filled=True).encode(alt.Y("share:Q")))


def _told(named: Names) -> list[Any]:
    titles = zip(Step._fields, named, strict=True)
    return [heavy.altair().Tooltip(f"{name}:Q", title=title, format=".1%") for name, title in titles]
