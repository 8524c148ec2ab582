"""How the product connects, to its own server and to one that is named."""

from pathlib import Path

import pytest
from django.db import connection

from keepwell.config.database import databases


def _options(url: str) -> str:
    return str(databases(url, Path("/var/lib/keepwell-of-a-test"))["default"]["OPTIONS"]["options"])


def test_nothing_is_compiled_for_us_and_what_was_asked_for_besides_stays():
    assert _options("postgres://keepwell@db.example/keepwell") == "-c jit=off"
    asked = _options("postgres://keepwell@db.example/keepwell?options=-c%20work_mem%3D64MB")
    assert asked == "-c work_mem=64MB -c jit=off"
    assert _options("") == "-c join_collapse_limit=4 -c jit=off"


@pytest.mark.django_db
def test_the_server_heard_it():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
