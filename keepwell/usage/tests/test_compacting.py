"""What has landed is taken away at once, however much it is."""

from __future__ import annotations

import pytest
from django.db import connection

from keepwell.usage.verbs.compacting import ROWS_AT_ONCE, TAKE


@pytest.mark.django_db
def test_it_is_looked_for_once_though_the_statistics_are_of_an_empty_table():
    """A nested loop looked for all of it again for each row: five minutes for a month of sixty customers."""
    statement = TAKE.format(rows=ROWS_AT_ONCE).split("COPY (", 1)[1].rsplit(") TO STDOUT", 1)[0]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE keepwell_usage_landed")
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Nested Loop" not in plan, plan
    assert "InitPlan" in plan, plan
