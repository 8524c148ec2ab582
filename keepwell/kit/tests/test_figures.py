"""Figures as people and scripts read them."""

import pytest

from keepwell.kit.figures import COUNT, HOURS, RATE, SHARE, Figure, figure_html, text_of


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1234567, COUNT, "1,234,567"),
        (0, COUNT, "0"),
        (0.8732, SHARE, "87.3%"),
        (1.0, SHARE, "100%"),
        (0.99999, SHARE, "99.9%"),
        (0.00001, SHARE, "0.1%"),
        (0.0, SHARE, "0%"),
        (1.44, RATE, "1.4"),
        (0.6818, RATE, "0.7"),
        (383.99999999999994, HOURS, "384.0 hours"),
        (None, SHARE, "–"),
        (-5, COUNT, "−5"),
    ],
)
def test_as_a_person_reads_it(value, kind, text):
    assert text_of(value, kind) == text


def test_a_script_finds_it_by_its_name_and_reads_its_value():
    shown = figure_html(Figure(name="resolution.high.kept", value=0.875, kind=SHARE))
    assert shown == '<data class="figure" id="figure-resolution-high-kept" value="0.875">87.5%</data>'


def test_it_leads_to_the_cases_behind_it():
    shown = figure_html(Figure(name="met", value=3, href="/desk/cases/?a=1&b=2"))
    assert shown.startswith('<a class="figure-link" href="/desk/cases/?a=1&amp;b=2"><data')
