"""The look of charts is the stylesheet's, in light and dark, and its colours are told apart by everybody."""

from __future__ import annotations

import itertools
import json

import pytest

from keepwell.kit.charts import look
from keepwell.kit.charts.colours import hexadecimal

# What people without one kind of cone see of linear red, green and blue: Machado, Oliveira, Fernandes (2009).
FEWER_COLOURS = {
    "nothing is missing": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.052)),
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}  # fmt: skip
LEAST_DIFFERENCE = 0.08  # of Oklab; what two neighbours in a legend need at least


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("oklch(100% 0 0)", "#ffffff"),
        ("oklch(0% 0 0)", "#000000"),
        ("oklch(62.8% 0.2577 29.23)", "#ff0000"),
        ("oklch(86.64% 0.2948 142.5)", "#00ff00"),
        ("oklch(45.2% 0.3132 264.05)", "#0000ff"),
    ],
)
def test_a_colour_of_the_stylesheet_is_what_the_browser_shows(written: str, shown: str):
    given, wanted = (_parts(colour) for colour in (hexadecimal(written), shown))
    assert all(abs(a - b) <= 2 for a, b in zip(given, wanted, strict=True)), hexadecimal(written)


def test_what_is_no_such_colour_is_refused():
    with pytest.raises(ValueError, match="red"):
        hexadecimal("red")


def test_each_scheme_has_every_colour_that_charts_name():
    named = json.dumps(look.settings({}))
    for scheme in look.SCHEMES:
        filled = json.dumps(look.filled_in(look.settings({}), look.tokens(scheme)))
        assert look.PREFIX in named
        assert look.PREFIX not in filled
    assert look.tokens("light")["paper"] == "#ffffff"
    assert look.tokens("dark")["paper"] != "#ffffff"
    assert look.tokens("light")["line"] != look.tokens("light")["line-strong"]


def test_a_name_that_is_no_colour_is_noticed():
    with pytest.raises(KeyError):
        look.filled_in({"color": "token:mauve"}, look.tokens("light"))


def test_a_chart_speaks_in_the_fonts_of_the_pages():
    assert look.settings({})["font"] == look.font()
    assert "sans-serif" in look.font()


@pytest.mark.parametrize("missing", FEWER_COLOURS)
@pytest.mark.parametrize("scheme", look.SCHEMES)
def test_the_first_four_colours_are_told_apart_by_people_who_see_few(scheme: look.Scheme, missing: str):
    tokens = look.tokens(scheme)
    seen = {name: _oklab(tokens[name], FEWER_COLOURS[missing]) for name in look.SERIES}
    near = {
        (one, other): round(_distance(seen[one], seen[other]), 3)
        for one, other in itertools.combinations(look.SERIES[:4], 2)
        if _distance(seen[one], seen[other]) < LEAST_DIFFERENCE
    }
    assert near == {}


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _distance(one: list[float], other: list[float]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


def _oklab(colour: str, seen_as: tuple[tuple[float, ...], ...]) -> list[float]:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    seen = [min(1, max(0, value)) for value in _times(seen_as, linear)]
    to_lms = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return _times(to_lab, [max(0, value) ** (1 / 3) for value in _times(to_lms, seen)])


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
