"""What is another one's is not reached through what is one's own."""

from __future__ import annotations

import re

import pytest

from keepwell.conversations.models import MessageAttachment
from keepwell.desk.views.case import files as desk_files
from keepwell.portal.views import files as portal_files
from tests.access.addresses import addresses
from tests.access.crossings import FOREIGN, Crossing, crossed, crossings

pytestmark = pytest.mark.django_db
CROSSINGS = list(crossings())
THING = re.compile(r"<(?:int|uuid):\w+>")


def test_every_address_of_two_things_has_a_crossing():
    two = {one.name for one in addresses() if len(THING.findall(one.route)) > 1}
    assert two == set(FOREIGN)


@pytest.mark.parametrize("crossing", CROSSINGS, ids=[one.key for one in CROSSINGS])
def test_what_is_anothers_is_not_found_under_ones_own(crossing: Crossing, scene):
    assert crossed(scene, crossing) == []


def found(scene, key: str) -> list[str]:
    return [breach for one in CROSSINGS if one.key.startswith(key) for breach in crossed(scene, one)]


def every_file(**given) -> object:
    wanted = {name: value for name, value in given.items() if not name.endswith("__in")}
    return MessageAttachment._default_manager.filter(**wanted)


@pytest.mark.parametrize(
    ("module", "key", "reader"),
    [
        (desk_files, "GET desk:case_message_file", "maria"),
        (portal_files, "GET portal:case_file: another", "dana"),
    ],
)
def test_a_file_that_is_not_looked_for_in_its_case_is_noticed(scene, monkeypatch, module, key, reader):
    class Files:
        objects = type("Rows", (), {"filter": staticmethod(every_file)})

    monkeypatch.setattr(module, "MessageAttachment", Files)
    assert any(f"{reader} got 200" in one for one in found(scene, key))
