"""Pages for what went wrong: in plain words, with a way on, and the last of them without a database."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("planted")


urlpatterns = [path("breaks/", breaks), path("kit/", include("keepwell.kit.urls"))]


@pytest.mark.parametrize("number", [400, 403, 404, 413, 429, 500, 503])
def test_an_error_says_what_happened_and_leads_on(number: int) -> None:
    page = render_to_string(f"{number}.html")
    assert f">{number}<" in page
    assert page.count("<p>") == 2
    assert 'href="/"' in page
    assert "<script" not in page


@pytest.mark.urls(__name__)
def test_the_page_for_our_own_fault_needs_no_database(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/breaks/")
    assert response.status_code == 500
    assert "our fault" in response.content.decode()
    assert "planted" not in response.content.decode()
