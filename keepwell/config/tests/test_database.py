"""How the product connects, to its own server and to one that is named."""

from pathlib import Path

import pytest
from django.db import connection

from keepwell.config.database import databases


def _options(url: str) -> str:
    return str(databases(url, Path("/var/lib/keepwell-of-a-test"))["default"]["OPTIONS"]["options"])


def test_how_we_want_it_planned_is_said_and_what_was_asked_for_besides_stays():
    assert _options("postgres://keepwell@db.example/keepwell") == "-c jit=off -c random_page_cost=1.1"
    asked = _options("postgres://keepwell@db.example/keepwell?options=-c%20work_mem%3D64MB")
    assert asked == "-c work_mem=64MB -c jit=off -c random_page_cost=1.1"
    assert _options("") == "-c join_collapse_limit=4 -c jit=off -c random_page_cost=1.1"


@pytest.mark.django_db
def test_the_server_heard_it():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('random_page_cost')")
        assert cursor.fetchone() == ("off", "1.1")
