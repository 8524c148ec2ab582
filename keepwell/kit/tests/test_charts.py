"""A chart stands alone: its data within, its table beside it, drawn the same anywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from keepwell.kit.charts import drawing, look
from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.burn_down import burn_down
from keepwell.kit.charts.chart import Chart
from keepwell.kit.charts.curves import step_curve
from keepwell.kit.charts.heat import heat_map
from keepwell.kit.charts.lines import line_over_days
from keepwell.kit.tests.chart_samples import MONDAY, STEPS, days, one_of_each, words

KINDS = list(one_of_each())


def everything_in(spec: Any) -> list[dict[str, Any]]:
    """Each part of a description that is a mapping."""
    if isinstance(spec, list):
        return [part for each in spec for part in everything_in(each)]
    if not isinstance(spec, dict):
        return []
    return [spec, *(part for each in spec.values() for part in everything_in(each))]


def values_of(chart: Chart) -> list[dict[str, Any]]:
    return [row for rows in chart.spec["datasets"].values() for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_that_is_given_is_drawn_and_every_one_wanted_is_given(kind: str):
    spec = one_of_each()[kind].spec
    wanted = {part["data"]["name"] for part in everything_in(dict(spec)) if "name" in part.get("data", {})}
    assert wanted == set(spec["datasets"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_description_stands_alone_and_names_no_colour(kind: str):
    spec = one_of_each()[kind].spec
    text = json.dumps(spec)
    assert spec["width"] == "container"
    assert "config" not in spec
    assert "url" not in {name for part in everything_in(dict(spec)) for name in part}
    assert "#" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_as_wide_as_its_headings_and_says_what_is_drawn(kind: str):
    table = one_of_each()[kind].table
    rows = list(table.rows)
    assert rows
    assert {len(row) for row in rows} == {len(table.headings)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_without_a_browser_and_not_a_word_is_said_against_it(kind: str, capfd: Any):
    drawn = drawing.svg(one_of_each()[kind])
    assert drawn.startswith("<svg")
    assert "Across" in drawn
    assert "WARN" not in capfd.readouterr().err


def test_a_picture_is_drawn_on_the_paper_of_its_scheme():
    chart = one_of_each()["bars"]
    assert drawing.png(chart).startswith(b"\x89PNG")
    for scheme in look.SCHEMES:
        assert f'fill="{look.tokens(scheme)["paper"]}"' in drawing.svg(chart, scheme)


def test_a_description_that_would_fetch_something_is_refused():
    chart = one_of_each()["bars"]
    fetching = Chart(
        spec={**chart.spec, "data": {"url": "http://localhost:1/people.csv"}},
        title=chart.title,
        summary=chart.summary,
        table=chart.table,
    )
    with pytest.raises(ValueError, match="url"):
        drawing.svg(fetching)


def test_letters_that_mean_something_elsewhere_are_only_letters():
    hostile = '</script><b onclick="x()">&amp; token:bad'
    drawn = drawing.svg(bars([(hostile, "", 3)], words(title=hostile)))
    assert "<b onclick" not in drawn
    assert "</script>" not in drawn


def test_a_day_is_the_same_day_wherever_the_reader_sits():
    chart = line_over_days([(date(2026, 6, 9), "", 3)], words())
    assert [row["on"] for row in values_of(chart)] == ["2026-06-09"]
    assert '"type": "utc"' in json.dumps(chart.spec)


def test_parts_are_told_apart_by_dashes_too():
    rows = [(day, part, 1) for part in ("High", "Low") for day in days(2)]
    assert "strokeDash" in json.dumps(line_over_days(rows, words()).spec)
    assert "strokeDash" not in json.dumps(line_over_days([(MONDAY, "", 1)], words()).spec)


def test_a_day_without_a_figure_is_a_gap_in_the_line_and_in_the_table():
    chart = line_over_days([(days(2)[0], "", 3), (days(2)[1], "", None)], words())
    assert [row["figure"] for row in values_of(chart)] == [3, None]
    assert [row[1] for row in chart.table.rows] == [3, None]


def test_a_part_may_have_a_colour_that_means_something():
    chart = bars([("June", "Met", 1), ("June", "Missed", 1)], words(), colours={"Missed": "bad-mark"})
    assert look.settings(chart.spec)["range"]["category"] == ["token:series-1", "token:bad-mark"]
    assert look.tokens("light")["bad-mark"] in drawing.svg(chart)


@pytest.mark.parametrize("width", [220, 300, 360, 560])
def test_every_row_of_a_legend_lies_within_the_picture(width: int):
    parts = ("Met", "Missed", "Undecided")
    drawn = drawing.svg(bars([("June", part, 3) for part in parts], words()), width=width)
    [top] = re.findall(r'<g fill="none"[^>]* transform="translate\(\d+,(\d+)\)"', drawn)
    [legend] = re.findall(r'role-legend"[^>]*><g transform="translate\(\d+,(-?\d+)\)"', drawn)
    assert int(top) + int(legend) >= 0


def test_a_curve_says_shares_in_its_table_and_marks_its_objective():
    chart = step_curve(STEPS, words(), objective=0.85)
    assert chart.table.shares == frozenset(range(4))
    assert "Objective 85%" in drawing.svg(chart)


def test_what_lies_ahead_continues_the_table_and_is_not_said_twice():
    table = one_of_each()["burn_down"].table
    assert [row[0] for row in table.rows] == days(7)
    assert list(burn_down([(MONDAY, Decimal("2.5"))], words()).table.headings) == ["Across", "Up"]


def test_an_hour_in_which_nothing_happened_is_a_cell_too():
    chart = heat_map({(0, 9): 4}, words())
    rows = values_of(chart)
    assert len(rows) == 7 * 24
    assert sum(row["figure"] for row in rows) == 4
    assert len(list(chart.table.rows)) == 24


@pytest.mark.parametrize("kind", ["step_curve", "bars", "line_over_days", "burn_down"])
def test_a_chart_of_nothing_is_drawn_as_nothing(kind: str):
    empty = {
        "step_curve": lambda: step_curve([], words(), objective=0.85),
        "bars": lambda: bars([], words()),
        "line_over_days": lambda: line_over_days([], words()),
        "burn_down": lambda: burn_down([], words()),
    }
    assert drawing.svg(empty[kind]()).startswith("<svg")


def test_what_is_slow_to_load_is_not_loaded_by_knowing_of_charts():
    code = (
        "import sys, keepwell.kit.charts.bars, keepwell.kit.charts.curves, keepwell.kit.charts.drawing;"
        "print({'altair', 'vl_convert', 'typst', 'xlsxwriter'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
