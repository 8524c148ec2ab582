"""A report is set from a template; what people wrote in it is letters and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from keepwell.kit import clock, documents
from keepwell.kit.charts import drawing
from keepwell.kit.tests.chart_samples import one_of_each

NAME = "kit/sample.typ"
SAMPLE = """
#import "/kit/document.typ": paper, figures, chart
#let data = json("/data.json")
#show: paper.with(title: data.title, foot: data.title)
#data.text
#figures(data.headings, data.rows)
#if "picture" in data { chart(data.picture, data.title, data.text) }
"""
HOSTILE = (
    '#panic("acted")',
    '#import "/etc/hostname": *',
    '#read("/data.json")',
    '#image("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "*bold* _slanted_ `code`",
    "= A heading",
    "$ 1/0 $",
    "@nobody <nowhere>",
    "https://x.example/",
    '"); #panic("out") //',
    "\\u{41} \\ #sym.arrow",
    "José 漢字 ελ \u202e end",
)

MakeTemplate = Callable[[str], str]


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MakeTemplate:
    def plant(source: str) -> str:
        path = tmp_path / "sample.typ"
        path.write_text(source, encoding="utf-8")
        house = documents.templates()
        monkeypatch.setattr(documents, "templates", lambda: {**house, NAME: path})
        return NAME

    return plant


def data(text: str = "Much as before.", **more: Any) -> dict[str, Any]:
    return {"title": text, "text": text, "headings": [text, "Cases"], "rows": [[text, "3"]], **more}


def read_aloud(template: str, given: dict[str, Any]) -> str:
    """The same report as Typst sets it in HTML, where its letters can be read again."""
    return documents._set(template, given, {}, {"format": "html"}).decode()


def test_a_report_is_a_tagged_pdf_with_its_pictures(planted: MakeTemplate):
    picture = drawing.svg(one_of_each()["bars"])
    made = documents.pdf(planted(SAMPLE), data(picture="bars.svg"), pictures={"bars.svg": picture})
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert len(made) > len(documents.pdf(NAME, data()))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_set_letter_by_letter(planted: MakeTemplate, text: str):
    template = planted(SAMPLE)
    assert documents.pdf(template, data(text)).startswith(b"%PDF-")
    said = unescape(re.sub(r"<[^>]+>", "\n", read_aloud(template, data(text))))
    letters = re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", said).count(letters) >= 4, said


def test_a_letter_that_no_font_has_costs_a_box_and_not_the_report(planted: MakeTemplate):
    assert documents.pdf(planted(SAMPLE), data("\U00012345 \x00")).startswith(b"%PDF-")


def test_a_report_of_one_instant_is_the_same_each_time(planted: MakeTemplate):
    template = planted(SAMPLE)
    with clock.standing_at(datetime(2026, 6, 9, 17, 0, tzinfo=UTC)):
        assert documents.pdf(template, data()) == documents.pdf(template, data())


def test_dates_numbers_and_translated_words_may_be_given(planted: MakeTemplate):
    template = planted('#set document(title: "x")\n#let data = json("/data.json")\n#data.values().join(" ")')
    given = {"on": date(2026, 6, 9), "share": Decimal("0.5"), "words": gettext_lazy("Close")}
    assert "2026-06-09 0.5 Close" in read_aloud(template, given)


def test_a_template_reaches_nothing_but_what_it_was_given(planted: MakeTemplate):
    with pytest.raises(RuntimeError):
        documents.pdf(planted('#read("/../../etc/hostname")'), data())
    with pytest.raises(RuntimeError):
        documents.pdf(planted('#read("/manage.py")'), data())


def test_a_picture_without_words_is_refused(planted: MakeTemplate):
    source = '#set document(title: "x")\n#image("/pictures/bars.svg")'
    with pytest.raises(RuntimeError, match="alt"):
        documents.pdf(
            planted(source), data(), pictures={"bars.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
        )


@pytest.mark.parametrize("name", ["../bars.svg", "/etc/bars.svg", "kit/document.typ", ""])
def test_a_picture_has_a_plain_file_name(planted: MakeTemplate, name: str):
    with pytest.raises(ValueError, match="plain file name"):
        documents.pdf(planted(SAMPLE), data(), pictures={name: b""})


def test_a_template_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="insight/nothing"):
        documents.pdf("insight/nothing.typ", data())


def test_nothing_of_a_report_stays_behind(planted: MakeTemplate, monkeypatch: pytest.MonkeyPatch):
    folders: list[Path] = []
    lay_out = documents._lay_out

    def watched(root: Path, *given: Any) -> None:
        folders.append(root)
        lay_out(root, *given)

    monkeypatch.setattr(documents, "_lay_out", watched)
    documents.pdf(planted(SAMPLE), data())
    assert folders
    assert not any(folder.exists() for folder in folders)


def test_no_template_fetches_a_package_or_takes_words_for_source():
    assert "kit/document.typ" in documents.templates()
    for name, path in documents.templates().items():
        source = path.read_text(encoding="utf-8")
        assert "@preview" not in source, name
        assert not re.search(r"\beval\b", source), name
