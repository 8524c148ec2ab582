"""What a page carries of a chart, and the script that draws it there."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.template import engines
from django.utils.html import strip_tags

from keepwell.kit import heavy
from keepwell.kit.charts import in_pages, made_script
from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.chart import Chart
from keepwell.kit.tests.chart_samples import one_of_each, words

HOSTILE = """</template><script>alert(1)</script>"'&amp;"""


def page_of(chart: Chart, given: str = "") -> str:
    template = engines["django"].from_string("{% load kit %}{% chart chart " + given + " %}")
    return template.render({"chart": chart})


def carried_by(page: str) -> dict[str, object]:
    [text] = re.findall(r"<template>(.*?)</template>", page, re.DOTALL)
    return json.loads(text)


def test_a_page_carries_the_description_and_names_of_colours_only():
    carried = carried_by(page_of(one_of_each()["bars"]))
    assert carried["spec"] == json.loads(json.dumps(one_of_each()["bars"].spec))
    assert carried["config"]["range"]["category"][0] == "token:series-1"
    assert "oklch" not in json.dumps(carried)


def test_names_that_people_chose_are_only_letters_in_the_page():
    chart = bars([(HOSTILE, "", 3)], words(title=HOSTILE, summary=HOSTILE))
    page = page_of(chart, 'id="kept"')
    assert "<script" not in page
    assert page.count("</template>") == 1
    assert HOSTILE in json.dumps(carried_by(page), ensure_ascii=False).replace('\\"', '"')
    assert HOSTILE in unescape(page)


def test_a_chart_says_its_title_once_where_a_card_has_said_it():
    chart = one_of_each()["step_curve"]
    assert "chart-title" in page_of(chart)
    bare = page_of(chart, "title=False")
    assert "chart-title" not in bare
    assert 'role="img" aria-label="Kept"' in bare


def test_a_table_of_a_chart_has_heads_and_figures():
    page = page_of(one_of_each()["step_curve"])
    assert "100.0% 87.4% 79.8% 92.4%" in " ".join(strip_tags(page.replace("<", " <")).split())
    assert '<td class="number">' in page


def test_each_figure_of_a_table_has_a_name_by_its_row_and_column():
    page = page_of(one_of_each()["bars"], 'id="chart-kept"')
    named = re.findall(r'<td class="number" id="(figure-kept-1-\d)" data-value="([\d.]+)">', page)
    assert [name for name, _value in named] == [f"figure-kept-1-{len(one_of_each()['bars'].table.headings)}"]
    assert 'id="figure' not in page_of(one_of_each()["bars"])


def test_a_page_keeps_room_for_what_will_be_drawn():
    assert in_pages.room(one_of_each()["bars"]) > 240


@pytest.fixture
def makings(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each making of the script; what is made stands in for it."""
    made: list[str] = []

    class Library:
        def javascript_bundle(self, snippet: str) -> str:
            made.append(snippet)
            return "export {};"

    settings.VAR = tmp_path
    monkeypatch.setattr(heavy, "vl_convert", Library)
    return made


def test_the_drawing_script_is_made_once_for_each_version(
    makings: list[str], monkeypatch: pytest.MonkeyPatch
):
    first = made_script.made().read_text(encoding="utf-8")
    made_script.made()
    assert len(makings) == 1
    monkeypatch.setattr(made_script, "version", lambda _name: "99")
    assert made_script.made().read_text(encoding="utf-8") != first
    assert len(makings) == 2
    assert [path.name for path in made_script.made().parent.iterdir()] == [made_script.NAME]


def test_only_its_own_file_is_found_and_nothing_else_is_made(makings: list[str]):
    finder = made_script.Finder()
    assert finder.find("kit/js/page.js") == []
    assert list(finder.list(["kit/made/*"])) == []
    assert makings == []
    assert Path(finder.find("kit/made/vega.js")).is_file()
    [(name, storage)] = finder.list(None)
    assert (storage.prefix, storage.exists(name)) == ("kit/made", True)
