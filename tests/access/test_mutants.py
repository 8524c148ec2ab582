"""The walk notices what it is there to notice: each of these breaks one view, and is found."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from keepwell.cases.models import Case
from keepwell.desk.views.case import files as desk_files
from keepwell.desk.views.work import cases as desk_list
from keepwell.portal.views import case as portal_case
from keepwell.portal.views import files as portal_files
from tests.access.addresses import BY_KEY
from tests.access.walk import breaches

pytestmark = pytest.mark.django_db


def everything(reader, number) -> Case:
    return Case._default_manager.get(number=number)


def found(scene, key: str) -> list[str]:
    return breaches(scene, [BY_KEY[key]])


def test_a_desk_view_that_does_not_ask_who_may_see_is_noticed(scene, monkeypatch):
    rows = SimpleNamespace(visible_to=lambda actor: Case._default_manager.all())
    monkeypatch.setattr(desk_list, "Case", SimpleNamespace(objects=rows))
    assert any("may see none of the cases" in one for one in found(scene, "GET desk:case_preview"))


def test_a_portal_view_that_does_not_ask_who_may_see_is_noticed(scene, monkeypatch):
    monkeypatch.setattr(portal_case, "get_case", everything)
    assert any("nora got 200" in one for one in found(scene, "GET portal:case_thread"))


def test_a_file_of_the_portal_that_does_not_ask_who_may_see_is_noticed(scene, monkeypatch):
    monkeypatch.setattr(portal_files, "get_case", everything)
    assert any("nora got 200" in one for one in found(scene, "GET portal:case_file"))


def test_a_file_of_the_desk_that_does_not_ask_who_may_see_is_noticed(scene, monkeypatch):
    monkeypatch.setattr(desk_files, "get_case", everything)
    monkeypatch.setattr(desk_files, "conversation_ids", lambda case, actor: [case.conversation_id])
    assert any("may see none of the cases" in one for one in found(scene, "GET desk:case_note_file"))
