from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from keepwell.people.actors import System
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.renaming import rename_person


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "shown"), [("", "fr"), ("de", "de"), ("xx", "fr")])
def test_pages_speak_the_readers_language_and_else_the_browsers(
    client: Client, settings: Any, chosen: str, shown: str
):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
    person = add_person(name="Maria", email="maria@vendor.example", roles=[], by=System("test"))
    rename_person(person, name="Maria", locale=chosen, by=person)
    client.force_login(person)
    page = client.get("/accounts/logout/", headers={"accept-language": "fr"}).content.decode()
    assert f'<html lang="{shown}"' in page
