"""Each list has an index in its own order: page one costs the same however many cases there are.

Few rows give PostgreSQL no reason to use an index, so the test takes every other way from it: what then
needs a sort or a walk over the table has no index that serves.
"""

from __future__ import annotations

import pytest
from django.db import connection

from keepwell.cases.filtering import matching, order_of
from keepwell.cases.filters import read
from keepwell.cases.models import Case

WITHOUT = ("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_incremental_sort")


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({}, "case_open"),
        ({"order": "quiet"}, "case_open"),
        ({"order": "oldest"}, "case_open_number"),
        ({"assignee": "me"}, "case_open_assignee"),
        ({"assignee": "none"}, "case_open_nobodys"),
        ({"owner": "me"}, "case_open_owner"),
        ({"team": "7"}, "case_open_team"),
        ({"account": "7"}, "case_open_account"),
        ({"state": "waiting_on_customer"}, "case_open_state"),
        ({"state": "resolved"}, "case_resolved"),
        ({"show": "any"}, "case_all"),
        ({"show": "any", "account": "7"}, "case_account"),
        ({"show": "any", "contact": "7"}, "case_contact"),
        ({"show": "any", "spam": "yes"}, "case_spam"),
    ],
)
def test_a_page_of_each_list_is_read_from_an_index_in_order(case, maria, query, index):
    shown = read(query).filter
    rows = matching(Case.objects.visible_to(maria), shown, maria).order_by(*order_of(shown))[:50]
    with connection.cursor() as cursor:
        for way in WITHOUT:
            cursor.execute(f"SET LOCAL {way} = off")
    plan = rows.explain()
    assert "Sort" not in plan
    assert f"using {index} on" in plan


def test_what_waits_to_be_placed_has_its_index(case, maria):
    with connection.cursor() as cursor:
        for way in WITHOUT:
            cursor.execute(f"SET LOCAL {way} = off")
    plan = Case.objects.to_place().order_by("changed_at", "id")[:50].explain()
    assert "Sort" not in plan
    assert "case_to_place" in plan
