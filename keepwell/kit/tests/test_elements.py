"""Small elements: they escape what they are given, and say in words what they show in colour."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.forms import CharField, ChoiceField, Form
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from keepwell.kit import elements, toasting
from keepwell.kit.clock_face import Clock, face, share_left
from keepwell.kit.forms import Explained, Renderer
from keepwell.kit.remembering import one_language, remembered
from keepwell.kit.static_files import InMemory, join

NOW = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHICAGO = ZoneInfo("America/Chicago")


def running(used: timedelta, left: timedelta, *, is_warned: bool = False) -> Clock:
    return Clock(state="running", started_at=NOW - used, due_at=NOW + left, is_warned=is_warned)


@pytest.mark.parametrize(
    ("clock", "tone", "words"),
    [
        (running(HOUR, 5 * HOUR), "ok", "due in 5 h"),
        (running(5 * HOUR, HOUR), "soon", "due in 1 h"),
        (running(HOUR, 5 * HOUR, is_warned=True), "soon", "due in 5 h"),
        (running(HOUR, timedelta(0)), "soon", "due now"),
        (running(HOUR, -HOUR), "late", "late by 1 h"),
        (Clock(state="missed", started_at=NOW - HOUR, due_at=NOW - HOUR / 2), "late", "late by 30 min"),
        (
            Clock(state="missed", started_at=NOW - 2 * HOUR, due_at=NOW - HOUR, stopped_at=NOW),
            "missed",
            "missed by 1 h",
        ),
        (
            Clock(state="met", started_at=NOW - HOUR, due_at=NOW, stopped_at=NOW - HOUR / 2),
            "met",
            "met in 30 min",
        ),
        (Clock(state="paused", started_at=NOW - HOUR, left_for=3 * HOUR), "paused", "paused, 3 h left"),
        (Clock(state="void", started_at=NOW - HOUR), "void", "does not count"),
    ],
)
def test_a_clock_says_how_it_stands(clock: Clock, tone: str, words: str) -> None:
    seen = face(clock, NOW)
    assert (seen.tone, seen.words) == (tone, words)


def test_a_bar_drains_from_start_to_due_and_stays_empty() -> None:
    start, due = NOW, NOW + 4 * HOUR
    assert [share_left(start, due, NOW + hours * HOUR) for hours in range(6)] == [1, 0.75, 0.5, 0.25, 0, 0]


def test_a_clock_carries_what_a_script_needs_to_keep_it_true() -> None:
    shown = elements.clock(running(HOUR, HOUR), NOW, CHICAGO, "Follow-up")
    assert 'data-due="2026-06-09T18:00:00Z"' in shown
    assert "--left:0.500" in shown
    assert "Follow-up <span data-left>due in 1 h</span>" in shown


def test_what_people_typed_is_escaped_everywhere() -> None:
    evil = '"><script>x</script>'
    shown = [
        elements.chip(evil),
        elements.avatar(evil, alone=True),
        elements.severity(evil),
        elements.clock(running(HOUR, HOUR), NOW, CHICAGO, evil),
        elements.button(evil, key=evil, given={"href": evil, "data_x": evil}),
        elements.time(NOW, evil, zones=(CHICAGO, None)),
    ]
    assert not [each for each in shown if "<script>" in each]


def test_a_time_shows_both_zones_on_hover_when_they_differ() -> None:
    shown = elements.time(NOW, "17:00", zones=(ZoneInfo("Europe/London"), CHICAGO))
    assert 'title="Tue 9 June 2026, 18:00 BST (support: Tue 9 June 2026, 12:00 CDT)"' in shown


@pytest.mark.parametrize(
    ("name", "letters"), [("Maria Ruiz", "MR"), ("Li", "L"), ("Ana B. de la Cruz", "AC"), ("", "?")]
)
def test_initials(name: str, letters: str) -> None:
    assert elements.initials(name) == letters


def test_a_button_that_leads_somewhere_is_a_link() -> None:
    assert elements.button("Go", given={"href": "/x"}).startswith('<a class="button" href="/x"')
    assert 'type="button"' in elements.button("Do", given={})
    assert 'aria-keyshortcuts="Shift+C"' in elements.button("New", key="C", given={})


class Asked(Form):
    default_renderer = Renderer
    subject = CharField(help_text="In one line.")
    severity = ChoiceField(
        choices=[("high", "Dire")],
        widget=Explained(explanations={"high": "Nobody can work."}, marks=True),
    )


def test_an_error_is_tied_to_its_field_for_those_who_listen() -> None:
    shown = str(Asked({}))
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in shown
    assert 'id="id_subject_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_a_choice_is_explained_beside_its_button() -> None:
    shown = str(Asked())
    assert "Nobody can work." in shown
    assert "severity-high" in shown
    assert shown.count("Dire") == 1


def test_a_toast_is_said_by_htmx_and_can_be_taken_back() -> None:
    response = toasting.say(HttpResponse(), "Sent", undo_url="/undo/1", seconds=10)
    assert '"undo": "/undo/1"' in response.headers["HX-Trigger"]


def test_a_toast_on_the_next_page_keeps_its_way_back() -> None:
    assert toasting.undo_of(toasting.UNDO_MARK + '["/undo/1", 10]') == ("/undo/1", 10)
    assert toasting.undo_of("") == ("", 0)


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("red", "")])
def test_the_choice_of_light_or_dark_is_kept(db: None, client: Client, chosen: str, kept: str) -> None:
    response = client.post("/kit/scheme/", {"scheme": chosen, "next": "https://evil.example/"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert response.cookies["scheme"].value == kept


def test_only_known_schemes_reach_the_page() -> None:
    template = engines["django"].from_string("{% load kit %}<html{% scheme_attribute %}>")
    assert template.render({"scheme": 'x" onload="y'}) == "<html>"
    assert template.render({"scheme": "dark"}) == '<html data-scheme="dark">'


def test_a_list_of_elements_is_cheap() -> None:
    """Fifty rows of five elements, best of five, in CPU time."""
    template = engines["django"].from_string(
        "{% load kit %}{% for row in rows %}{% severity 'high' %}{% clock c 'Follow-up' %}{% chip 'Open' %}"
        "{% face 'Maria Ruiz' 1 alone=True %}{% ago at %}{% endfor %}"
    )
    given = {"rows": range(50), "c": running(HOUR, HOUR), "at": NOW}
    assert min(cpu_seconds(template, given) for _ in range(5)) < 0.04


def cpu_seconds(template: Any, given: dict[str, Any]) -> float:
    started = time.process_time()
    template.render(given)
    return time.process_time() - started


def test_the_look_is_joined_into_one_file_with_its_layers() -> None:
    files = InMemory(
        {
            "css/all.css": "@layer a, b;\n"
            '@import url("one.css") layer(a);\n@import url("parts/two.css") layer(b);',
            "css/one.css": "/* why */\n.one { color: red; }",
            "css/parts/two.css": ".two { color: blue; }",
        }
    )
    joined = join("css/all.css", {name: (files, name) for name in files.files})
    assert joined == "@layer a, b;\n@layer a {\n.one { color: red; }\n}\n@layer b {\n.two { color: blue; }\n}"


def test_what_is_remembered_is_remembered_by_language_and_by_kind_of_text() -> None:
    asked: list[object] = []

    @remembered(8)
    def said(words: str) -> str:
        asked.append(words)
        return f"{get_language()} {words}"

    with override("en"):
        assert [said("a"), said("a")] == ["en a", "en a"]
    with override("de"):
        assert said("a") == "de a"
        with one_language():
            assert said("a") == "de a"
    assert asked == ["a", "a"]
    with override("en"):
        said(mark_safe("a"))
    assert len(asked) == 3
