"""The quick {% translate %} and {% url %} say what Django's say."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Engine, engines
from django.urls import NoReverseMatch, reverse

from keepwell.kit.addresses import address

PLAIN = Engine(builtins=["django.templatetags.i18n"])
GIVEN = {"number": 1234, "kind": "reply", "nothing": None, "word": "Desk", "name": "desk:case"}


def ours(source: str, **given: Any) -> str:
    return engines["django"].from_string(source).render({**GIVEN, **given})


@pytest.mark.parametrize(
    "source",
    [
        "{% translate 'Tick all on this page' %}",
        "{% translate 'Salt & 100% pepper' %}",
        "{% translate 'Close' as words %}[{{ words }}]",
        "{% translate word %}",
        "{% translate 'May' context 'month' %}",
        "{% translate 'Close' noop %}",
        "{% translate 'close'|upper %}",
        "{% url 'desk:cases' %}",
        "{% url 'desk:case' number %}",
        "{% url 'desk:case_draft' number kind %}",
        "{% url name number=number %}",
        "{% url 'desk:case' number as found %}<{{ found }}>",
        "{% url 'desk:case' nothing as found %}<{{ found }}>",
        "{% url 'desk:case' kind as found %}<{{ found }}>",
        "{% url 'no:such' as found %}<{{ found }}>",
    ],
)
def test_they_say_what_djangos_say(source: str) -> None:
    expected = PLAIN.from_string(source).render(Context(GIVEN))
    assert ours(source) == expected
    assert ours(source) == expected  # remembered, too


def test_an_address_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        ours("{% url 'desk:case' kind %}")


def test_each_number_stands_in_its_place() -> None:
    assert address("desk:case_note_file", 7, 8, 9) == reverse("desk:case_note_file", args=[7, 8, 9])
    assert address("desk:case_note_file", 9, 8, 7) == reverse("desk:case_note_file", args=[9, 8, 7])


def test_no_address_is_made_of_what_does_not_fit() -> None:
    for given in ([-1], [None], ["a/b"], [1, 2]):
        with pytest.raises(NoReverseMatch):
            address("desk:case", *given)  # type: ignore[arg-type]
