from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_was_said_and_what_is_promised(desk, case):
    response = desk.get(f"/desk/cases/{case.number}/")
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("The printer is silent since Monday.", "High: nobody can print", "Initial contact within 6 hours"):
        assert words in page
