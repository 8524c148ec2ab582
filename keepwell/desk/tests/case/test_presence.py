"""Who else is at a case."""

from __future__ import annotations

import pytest

from keepwell.conversations.models import Message, ReadMark
from keepwell.desk.tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_others_see_who_writes_and_who_left(desk, case, theo):
    url = f"/desk/cases/{case.number}/presence/"
    theirs = signed_in(theo)
    assert theirs.post(url, {"doing": "writing"}).status_code == 204
    assert "Theo Lindqvist is writing" in desk.get(url).content.decode()
    assert "Theo" not in theirs.get(url).content.decode()
    theirs.post(url, {"doing": "gone"})
    assert "Theo" not in desk.get(url).content.decode()


def test_after_a_while_nobody_is_here(desk, case, theo, clock_at):
    url = f"/desk/cases/{case.number}/presence/"
    signed_in(theo).post(url, {"doing": "reading"})
    clock_at("2026-06-09T14:11:00Z")
    assert "Theo" not in desk.get(url).content.decode()


def test_the_part_asks_again_when_the_first_of_them_counts_no_more_and_never_for_nobody(
    desk, case, theo, clock_at
):
    url = f"/desk/cases/{case.number}/presence/"
    assert 'hx-trigger="live"' in desk.get(url).content.decode()
    signed_in(theo).post(url, {"doing": "reading"})
    clock_at("2026-06-09T14:10:20Z")
    assert 'hx-trigger="live, load delay:26s"' in desk.get(url).content.decode()


def test_what_was_shown_counts_as_read(desk, case, maria):
    newest = Message.objects.latest("pk").pk
    desk.post(f"/desk/cases/{case.number}/presence/", {"doing": "reading", "message": newest, "note": "0"})
    assert ReadMark.objects.get(user=maria).last_message_id == newest


def test_a_message_of_elsewhere_is_not_marked(desk, case):
    desk.post(f"/desk/cases/{case.number}/presence/", {"doing": "reading", "message": "999999"})
    assert not ReadMark.objects.exists()


def test_looking_at_a_case_changes_nothing(desk, case):
    desk.get(f"/desk/cases/{case.number}/")
    assert not ReadMark.objects.exists()
