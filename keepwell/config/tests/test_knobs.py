"""Knobs: read in words, refused in words, and all of them on the operator's page."""

from pathlib import Path

import pytest

from keepwell.config.knob_page import page
from keepwell.config.knobs import KNOBS, KnobError, value

PAGE = Path(__file__).parents[3] / "docs" / "operate" / "knobs.md"


def test_the_page_shows_the_table_as_it_is() -> None:
    again = "python -m keepwell.config.knob_page > docs/operate/knobs.md"
    assert PAGE.read_text(encoding="utf-8") == page(), f"run {again}"


def test_an_empty_knob_stands_on_its_default() -> None:
    assert value("KEEPWELL_PORT", {"KEEPWELL_PORT": " "}) == value("KEEPWELL_PORT", {}) == 8000


@pytest.mark.parametrize(("text", "read"), [("yes", True), ("1", True), ("Off", False), ("no", False)])
def test_yes_and_no_are_read_as_people_write_them(text: str, read: bool) -> None:
    assert value("KEEPWELL_DEMO", {"KEEPWELL_DEMO": text}) is read


@pytest.mark.parametrize(("name", "text"), [("KEEPWELL_PORT", "eighty"), ("KEEPWELL_DEMO", "perhaps")])
def test_a_knob_that_cannot_be_read_is_named_with_what_it_takes(name: str, text: str) -> None:
    with pytest.raises(KnobError, match=rf"{name} stands on '{text}'"):
        value(name, {name: text})


def test_every_knob_says_what_it_means_in_a_sentence() -> None:
    assert [knob.name for knob in KNOBS if not knob.meaning.endswith(".")] == []
