"""What is said when a page could not be made."""

from __future__ import annotations

import psycopg
import psycopg_pool
import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from keepwell.config.urls import handler500

# What stands before the view reads the zone of support.
pytestmark = pytest.mark.django_db

AWAY: dict[str, tuple[type[Exception], Exception]] = {
    "no-connection": (OperationalError, psycopg_pool.PoolTimeout("none after 20 s")),
    "lost": (OperationalError, psycopg.OperationalError("the connection is lost")),
    "closed": (InterfaceError, psycopg.InterfaceError("the connection is closed")),
    "shutting-down": (OperationalError, psycopg.errors.AdminShutdown("told to stop")),
    "starting": (OperationalError, psycopg.errors.CannotConnectNow("starting up")),
}
OURS: dict[str, tuple[type[Exception], Exception]] = {
    "deadlock": (OperationalError, psycopg.errors.DeadlockDetected("each waits for the other")),
    "planted": (RuntimeError, RuntimeError("planted")),
}


def breaks(request: HttpRequest, how: str) -> HttpResponse:
    wrapped, cause = {**AWAY, **OURS}[how]
    raise wrapped(str(cause)) from cause


urlpatterns = [path("breaks/<slug:how>/", breaks)]
__all__ = ["handler500", "urlpatterns"]


@pytest.fixture
def visitor(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", AWAY)
def test_a_database_that_is_away_is_said_and_the_page_may_be_asked_for_again(
    visitor: Client, how: str
) -> None:
    response = visitor.get(f"/breaks/{how}/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    words = response.content.decode()
    assert "database" in words
    assert "What you wrote" in words


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", OURS)
def test_anything_else_is_our_fault(visitor: Client, how: str) -> None:
    response = visitor.get(f"/breaks/{how}/")
    assert response.status_code == 500
    assert "our fault" in response.content.decode()
