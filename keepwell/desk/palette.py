"""What the palette answers: the places of the desk whose words match, then what each part finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import gettext as _

from keepwell.desk.registry import Answer, PaletteSource, SettingsPage, entries_for, rail_of
from keepwell.people.models import User

AT_MOST = 40


def answers(reader: User, words: str) -> list[dict[str, str]]:
    """At most 40 answers as the palette's script reads them; without words, the places to go to."""
    found = [answer for answer in _places(reader) if _matches(answer.label, words)]
    if words:
        found += [
            answer for source in entries_for(reader, PaletteSource) for answer in source.find(reader, words)
        ]
    return [asdict(answer) for answer in found[:AT_MOST]]


def _places(reader: User) -> Iterable[Answer]:
    for place in rail_of(reader):
        yield Answer(group=_("Go to"), label=str(place.words), href=reverse(place.url_name))
    for page in entries_for(reader, SettingsPage):
        yield Answer(
            group=_("Settings"), label=str(page.words), href=reverse(page.url_name), hint=str(page.group)
        )


def _matches(label: str, words: str) -> bool:
    return all(word in label.lower() for word in words.lower().split())
